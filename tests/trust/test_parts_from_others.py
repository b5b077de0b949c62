"""What comes from others is listed with its licence; ours is looked over."""

import subprocess
import sys
from pathlib import Path

import pytest

from runtime.settings import ROOT
from tests.trust.parts import (
    READ_BY_HAND,
    SAYS_SO,
    UNKNOWN,
    licence_file,
    locked,
    parts_in,
    table,
    write_list,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

MAY_BE_PASSED_ON = (
    "Apache",
    "BSD",
    "CC0",
    "ISC",
    "LGPL",
    "Lesser General Public",
    "MIT",
    "MPL",
    "Mozilla",
    "OFL",
    "PSF",
    "Python-2.0",
    "Python Software Foundation",
    "Unlicense",
    "Zlib",
)


def test_every_part_of_the_running_service_is_listed_with_a_licence_that_allows_it(
    tmp_path: Path,
) -> None:
    parts = parts_in(write_list(tmp_path))
    strange = [
        part
        for part in parts
        if not any(word in one for one in part.licences for word in MAY_BE_PASSED_ON)
    ]

    assert locked() - {part.name for part in parts} == set()
    assert [part for part in strange if part.licences == (UNKNOWN,)] == []
    assert strange == []
    assert table(parts).count("\n| ") == len(parts) + 1


@pytest.mark.parametrize(("package", "licence"), READ_BY_HAND.items())
def test_a_licence_that_was_read_by_hand_is_the_one_installed(
    package: str, licence: str
) -> None:
    said = licence_file(package)

    assert [words for words in SAYS_SO[licence] if words not in said] == []


def test_bandit_finds_nothing_in_our_packages() -> None:
    ours = [path.parent.name for path in ROOT.glob("*/__init__.py")]
    bandit = Path(sys.executable).with_name("bandit")
    command = [bandit, "-q", "-c", ROOT / "pyproject.toml", "-r"]
    looked = subprocess.run(
        [*command, *(ROOT / name for name in ours if name != "tests")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert looked.returncode == 0, looked.stdout
