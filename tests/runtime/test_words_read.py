"""In real use nothing is shown that nobody read, unless a named person takes it on."""

import asyncio
import logging
import uuid
from datetime import date
from pathlib import Path

import httpx
import pytest

from foundations.content import read_yaml
from runtime import words_read
from runtime.settings import NotReadyForProduction, Settings
from runtime.wiring.house import application, build
from runtime.words_read import fingerprint, unread, words_are_read
from tests.runtime.accepted import accepted
from tests.runtime.production import production
from tests.runtime.test_settings import ROOT
from twilio_stand_in.serving import loopback_socket, serving

STAFF_ONLY = ("gateway/desk/practice_scripts/", "handover/organisations/")
NOT_SHOWN = (
    "escalation/phrases/",
    "escalation/aftercare.yml",
    "escalation/asked_of_us.yml",
    "escalation/asked_after.yml",
    "escalation/scenes.yml",
)
NOT_SHOWN += ("bot/languages/", "escalation/languages/")
NOT_SHOWN += ("safety_plans/kept_private.yml", "signposting/", "bot/reviews.yml")


def test_a_start_in_production_names_what_nobody_read_and_the_one_setting(
    tmp_path: Path,
) -> None:
    with pytest.raises(NotReadyForProduction) as refused:
        build(production(tmp_path, words_accepted=""))

    told = str(refused.value)
    assert "bot/domain/welcome.yml" in told
    assert "channels/web_chat/words.yml" in told
    assert "escalation/replies.yml: escalation.emergency_now" in told
    assert f"HANDRAIL_WORDS_ACCEPTED='name; role; last day; {now()}'" in told
    assert len(told.splitlines()) == 1


def now() -> str:
    return fingerprint(Settings())


def test_words_that_a_named_person_takes_on_are_shown(tmp_path: Path) -> None:
    build(production(tmp_path, words_accepted=accepted()))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("yes", "must be"),
        ("A Name; lead; 2099-12-31", "must be"),
        ("; lead; 2099-12-31; abc", "must be"),
        ("A Name; lead; soon; abc", "Invalid isoformat"),
        ("A Name; lead; 2099-12-31; 000000000000", "other words"),
    ],
)
def test_half_an_acceptance_is_none(tmp_path: Path, written: str, why: str) -> None:
    with pytest.raises(NotReadyForProduction, match=why):
        words_are_read(production(tmp_path, words_accepted=written))


def test_an_organisations_own_words_are_taken_on_with_ours(tmp_path: Path) -> None:
    overlay = tmp_path / "ours.yml"
    overlay.write_text("reviewed_by: [A, B]\nreview_date: 2027-01-31\nresponses: {}\n")
    settings = production(tmp_path, words_accepted=accepted(), words_overlay=overlay)

    with pytest.raises(NotReadyForProduction, match="other words"):
        words_are_read(settings)


def test_after_the_last_day_it_starts_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = production(tmp_path, words_accepted=accepted("2027-03-31"))
    with caplog.at_level(logging.ERROR):
        words_are_read(settings, date(2027, 3, 31))
        assert not caplog.records
        words_are_read(settings, date(2027, 4, 1))

    assert "last day has passed" in caplog.text
    assert "2027-03-31" in words_read.how_they_stand(settings, date(2027, 4, 1))
    assert not words_read.how_they_stand(settings, date(2027, 3, 31))


def test_signed_words_need_nobody_to_take_them_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words_read, "unread", tuple)

    words_are_read(production(tmp_path, words_accepted=""))


def test_a_local_run_shows_everything() -> None:
    words_are_read(Settings())


def test_a_name_takes_a_file_off_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(file: Path) -> object:
        found = read_yaml(file)
        if file.name == "crisis_card.yml":
            found |= {"reviewed_by": ["A", "B"], "review_date": "2027-01-31"}
        return found

    before = unread()
    monkeypatch.setattr(words_read, "_read", read)

    assert set(before) - set(unread()) == {"channels/web_chat/crisis_card.yml"}


def test_every_file_with_a_mark_of_nobody_is_looked_at() -> None:
    tracked = {
        str(file.relative_to(ROOT))
        for room in ("bot", "channels", "escalation", "gateway", "safety_plans")
        for file in (ROOT / room).rglob("*.yml")
        if "not reviewed" in file.read_text(encoding="utf-8")
    }
    others = {name for name in tracked if name.startswith((*STAFF_ONLY, *NOT_SHOWN))}
    in_rasa = {name for name in tracked if name.startswith("bot/domain/")}

    assert tracked - others - in_rasa == set(words_read.MARKED)


def test_crisis_words_come_in_production_with_words_taken_on_that_are_overdue(
    tmp_path: Path,
) -> None:
    settings = production(tmp_path, words_accepted=accepted("2020-01-01"))

    said = asyncio.run(asks(settings, "i want to die"))

    assert "999" in said
    assert "116 123" in said


async def asks(settings: Settings, text: str) -> str:
    app = application(build(settings), name=f"handrail_{uuid.uuid4().hex}")
    async with (
        serving(app, loopback_socket()) as address,
        httpx.AsyncClient(base_url=address, trust_env=False, timeout=30) as browser,
    ):
        answer = await browser.post(
            "/api/chat/messages",
            json={"id": "one", "text": text},
            headers={"Authorization": "Bearer nobody"},
        )
        return answer.text
