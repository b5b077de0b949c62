"""Two changes that met were put together by somebody, in every file."""

import re
import subprocess

from tests.house_rules.tree import ROOT

MARK = re.compile(rb"^(<{7} |>{7} )", re.M)


def test_no_file_holds_the_marks_of_an_unfinished_merge() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert len(paths) > 100

    marked = [
        path.name for path in paths if path.exists() and MARK.search(path.read_bytes())
    ]

    assert marked == []
