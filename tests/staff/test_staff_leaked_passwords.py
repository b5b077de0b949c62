"""A password that has leaked somewhere is not taken, and nobody outside is asked."""

import hashlib
from pathlib import Path

import pytest

from gateway.desk.leaked_passwords import LeakedPasswords, ListUnusable
from tests.journeys.handrail import start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.people import StaffBrowser, invited

LEAKED = [f"ferry lantern {number} otter" for number in range(300)]


def written(path: Path, passwords: list[str]) -> Path:
    hashes = sorted(
        hashlib.sha1(each.encode(), usedforsecurity=False).hexdigest().upper()
        for each in passwords
    )
    lines = (f"{each}:{3 ** (n % 9)}\r\n" for n, each in enumerate(hashes))
    path.write_text("".join(lines), newline="")
    return path


@pytest.mark.parametrize("many", [1, 2, 3, 7, 300])
def test_every_password_of_the_list_is_found_and_no_other(
    tmp_path: Path, many: int
) -> None:
    known = LeakedPasswords(written(tmp_path / "list.txt", LEAKED[:many]))

    assert all(known.holds(each) for each in LEAKED[:many])
    assert not any(known.holds(f"{each}!") for each in LEAKED)


@pytest.mark.parametrize("content", ["", "a page\n", "0" * 39 + ":1\n"])
def test_a_file_that_is_no_list_stops_the_start(tmp_path: Path, content: str) -> None:
    file = tmp_path / "list.txt"
    file.write_text(content)

    with pytest.raises(ListUnusable):
        LeakedPasswords(file)


def test_whoever_joins_with_a_leaked_password_is_told_and_takes_another(
    tmp_path: Path,
) -> None:
    handrail = start(
        tmp_path,
        ReadableDialogue(),
        leaked_passwords=written(tmp_path / "list.txt", LEAKED),
    )
    robin, link = StaffBrowser(handrail), invited(handrail)
    refused = robin.joins(link, LEAKED[7])

    assert "is on a list of passwords that have leaked" in refused.text
    assert not robin.is_in()
    assert robin.joins(link).status_code == 200
    assert robin.is_in()
    stop(handrail)
