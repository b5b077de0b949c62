"""The command line of the staff side, as somebody types it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from handover.organisation import ORGANISATIONS
from runtime import staff_commands

SAM = ("--name", "Sam Example", "--email", "sam@example.org")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDRAIL_HOME", str(tmp_path))
    return tmp_path


def test_the_first_account_is_a_link_and_the_trail_knows_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    staff_commands.staff(["add", "--organisation", "demo", *SAM])
    link = capsys.readouterr().out
    staff_commands.audit(["head"])
    head = capsys.readouterr().out.strip()
    staff_commands.audit(["verify", "--head", head])

    assert "/staff/join/" in link
    assert head.startswith("1:")
    assert "sound" in capsys.readouterr().out


def test_the_first_account_of_an_organisation_of_ones_own_is_made_too(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = home / "organisations"
    own.mkdir()
    shutil.copy(ORGANISATIONS / "demo.yml", own / "lighthouse.yml")
    monkeypatch.setenv("HANDRAIL_ORGANISATIONS", str(own))
    monkeypatch.setenv("HANDRAIL_HOME_ORGANISATION", "lighthouse")

    staff_commands.staff(["add", "--organisation", "lighthouse", *SAM])

    assert "/staff/join/" in capsys.readouterr().out
    with pytest.raises(SystemExit, match=r"called demo\. These are: lighthouse"):
        staff_commands.staff(["add", "--organisation", "demo", *SAM])


def test_nobody_is_invited_to_an_organisation_that_is_not_there() -> None:
    with pytest.raises(SystemExit, match="No organisation is called nowhere"):
        staff_commands.staff(["add", "--organisation", "nowhere", *SAM])


def test_a_changed_row_is_named_and_rows_cut_off_the_end_show_by_the_head(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        staff_commands.staff(["add", "--organisation", "demo", *SAM])
    capsys.readouterr()
    staff_commands.audit(["head"])
    head = capsys.readouterr().out.strip()
    with sqlite3.connect(home / "handrail.sqlite3") as file:
        file.execute("DROP TRIGGER audit_rows_stay_delete")
        file.execute("DELETE FROM audit_rows WHERE number = 2")
    file.close()
    staff_commands.audit(["verify"])
    with pytest.raises(SystemExit, match="broken at row 2"):
        staff_commands.audit(["verify", "--head", head])
    with sqlite3.connect(home / "handrail.sqlite3") as file:
        file.execute("DROP TRIGGER audit_rows_stay_update")
        file.execute("UPDATE audit_rows SET action = 'nothing' WHERE number = 1")
    file.close()

    with pytest.raises(SystemExit, match="broken at row 1"):
        staff_commands.audit(["verify"])
