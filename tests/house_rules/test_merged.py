"""Two changes that met were put together by somebody, in every file."""

import re

from tests.house_rules.tree import BINARY, ROOT, files

MARK = re.compile(rb"^(<{7} |>{7} )", re.M)


def test_no_file_holds_the_marks_of_an_unfinished_merge() -> None:
    written = [path for path in files() if path.suffix not in BINARY]
    assert len(written) > 100

    assert [p for p in written if MARK.search((ROOT / p).read_bytes())] == []
