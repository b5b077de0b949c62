"""The command line for services that did not work for people."""

from datetime import date
from pathlib import Path

import pytest

from runtime.report_commands import service_reports
from runtime.staff_commands import with_house

DAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDRAIL_HOME", str(tmp_path))
    return tmp_path


def somebody_reports(service: str, why: str) -> None:
    with_house(
        lambda house: house.database.write(
            lambda unit: unit.service_reports.add(service, why, DAY)
        )
    )


def test_what_two_people_reported_is_listed_until_a_person_has_looked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def listed(*given: str) -> str:
        service_reports(list(given))
        return capsys.readouterr().out.strip()

    somebody_reports("calm", "shut")
    assert listed() == "nothing to look at"
    somebody_reports("calm", "too_long")
    assert listed() == ("calm: reported 2 times (shut, too_long), last on 2026-11-25")
    assert listed("--looked-at", "calm") == "2 reports cleared"
    assert listed() == "nothing to look at"
