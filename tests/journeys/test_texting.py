"""The phone network's words and traps, through the real gateway and the stand-in."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from escalation.routes import NOTHING_FOUND, Screening
from foundations.gsm7 import segments
from storage.records import OutboundState
from tests.journeys.handrail import Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from twilio_stand_in.settings import Behaviour, LongTexts, OptOut

NUMBERS = count(447700900200)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    handrail = start(Path(tmp_path_factory.mktemp("texting")), ReadableDialogue())
    yield handrail
    stop(handrail)


@pytest.fixture
def sms(running: Handrail) -> Iterator[Sms]:
    """A new phone that has said hello."""
    running.stand_in.behave(Behaviour())
    phone = running.sms(f"+{next(NUMBERS)}")
    phone.young_person_says("hello")
    yield phone
    running.stand_in.behave(Behaviour())


STOPS = ("STOP", "STOPALL", "UNSUBSCRIBE", "REVOKE", "OPTOUT")
STARTS = ("START", "UNSTOP")
HELPS = ("HELP", "INFO")
ORDINARY = ("END", "QUIT", "CANCEL", "YES")
MEANT = {
    **dict.fromkeys(STOPS, "carrier.stopped"),
    **dict.fromkeys(STARTS, "carrier.started"),
    **dict.fromkeys(HELPS, "escalation.card"),
    **dict.fromkeys(ORDINARY, "fake.heard"),
}


@pytest.mark.parametrize("word", MEANT)
def test_a_carrier_word_alone_is_answered_by_us_with_one_text(
    sms: Sms, word: str
) -> None:
    for typed in (word, word.lower(), f"{word.title()}. \U0001f62d"):
        before = len(sms.texts)
        sms.young_person_says("START")
        sms.young_person_says(typed)

        sms.was_sent(MEANT[word])
        assert len(sms.texts) == before + 2
        assert segments(sms.texts[-1]) <= 2


@pytest.mark.parametrize("word", [*STOPS, *STARTS, *HELPS, *ORDINARY])
def test_a_carrier_word_in_a_sentence_is_conversation(sms: Sms, word: str) -> None:
    for typed in (f"can you {word.lower()} it please", f"{word} messaging everyone"):
        sms.young_person_says(typed)

        sms.was_not_sent("carrier.stopped")
        sms.was_not_sent("carrier.started")
        assert sms.new()


def test_a_carrier_word_in_a_crisis_is_a_crisis(sms: Sms) -> None:
    for typed in ("stop it i want to die", "I WANT TO END MY LIFE", "i just quit life"):
        sms.young_person_says(typed)

        assert any(said.key.startswith("escalation.") for said in sms.new()), typed


def test_stop_has_one_last_reply_and_crisis_words_still_come(sms: Sms) -> None:
    sms.young_person_says("STOP")
    assert "116 123" in sms.was_sent("carrier.stopped")
    sms.young_person_says("are you there")
    sms.was_sent("fake.heard")
    sms.young_person_says("i want to die")

    sms.was_sent("escalation.suicide")


def test_after_a_second_stop_nothing_is_texted_until_start(sms: Sms) -> None:
    sms.young_person_says("STOP")
    sms.young_person_says("STOP")
    assert "116 123" in sms.was_sent("carrier.stopped_for_good")
    texts = len(sms.texts)
    for said in ("stop", "hello", "i want to die"):
        sms.young_person_says(said)
    assert len(sms.texts) == texts
    sms.young_person_says("start")
    sms.was_sent("carrier.started")
    sms.young_person_says("i want to die")

    assert any(said.key.startswith("escalation.") for said in sms.new())
    assert len(sms.texts) == texts + 2


def test_in_the_day_after_crisis_words_stop_is_answered_alone_and_kept_to(
    sms: Sms,
) -> None:
    sms.young_person_says("i want to die")
    sms.young_person_says("STOP")
    assert [said.key for said in sms.new()] == ["carrier.stopped"]
    sms.young_person_says("STOP")
    assert [said.key for said in sms.new()] == ["carrier.stopped_for_good"]
    assert segments(sms.texts[-1]) <= 2
    texts = len(sms.texts)
    for said in ("hello?", "no", "are you there"):
        sms.young_person_says(said)

    assert len(sms.texts) == texts


@pytest.mark.parametrize(
    "word", ["HELP", "info", "Help!", "help \U0001f62d", "NOW", "999"]
)
def test_help_is_answered_after_any_number_of_stops(sms: Sms, word: str) -> None:
    for said in ("STOP", "STOP", "hello"):
        sms.young_person_says(said)
    texts = len(sms.texts)
    sms.young_person_says(word)

    assert "999" in sms.was_sent("escalation.card")
    assert len(sms.texts) == texts + 1
    sms.young_person_says("hello again")
    assert len(sms.texts) == texts + 1, "HELP takes no STOP back"


def test_a_block_by_the_network_is_seen_and_start_undoes_it(
    running: Handrail, sms: Sms
) -> None:
    def blocked() -> bool:
        def look(unit):  # type: ignore[no-untyped-def]
            person = unit.people.find_by_phone(sms.number)
            return unit.outbox.is_blocked_by_carrier(person)

        return bool(running.record(look))

    running.stand_in.behave(Behaviour(opt_out=OptOut.TWILIO))
    sms.young_person_says("END")
    sms.young_person_says("are you there")
    assert blocked()
    sms.young_person_says("START")
    sms.young_person_says("are you there now")

    assert not blocked()
    assert "fake.heard" in [said.key for said in sms.new()]


def test_a_text_that_holds_no_words_is_told_that_pictures_do_not_arrive(
    sms: Sms,
) -> None:
    sms.young_person_says("")

    assert "pictures" in sms.was_sent("carrier.media")


@pytest.mark.parametrize("number", ["+441632960001", "+442079460001"])
def test_a_landline_is_never_sent_anything(running: Handrail, number: str) -> None:
    landline = running.sms(number)
    for said in ("hello", "i want to die"):
        landline.young_person_says(said)

    assert landline.texts == []


def test_a_phone_from_abroad_is_answered_and_a_short_code_is_not(
    running: Handrail,
) -> None:
    abroad, machine = running.sms("+353850000001"), running.sms("85258")
    abroad.young_person_says("hello")
    running.thread.do(machine.phone.sends("Your code is 1234"))
    running.settled()

    assert len(abroad.texts) == 1
    assert machine.texts == []


@pytest.mark.parametrize("order", [LongTexts.PARTS, LongTexts.PARTS_REVERSED])
def test_a_long_text_in_parts_is_read_whole_in_either_order(
    running: Handrail, sms: Sms, order: LongTexts
) -> None:
    running.stand_in.behave(replace(Behaviour(), long_texts=order))
    filler = "so today was one of those days and i do not know how to say it but "
    text = (filler * 3)[:148] + " i want to die and that is all there is to say now"
    sms.young_person_says(text)

    assert any(said.key.startswith("escalation.") for said in sms.new())


def test_a_text_that_cannot_be_delivered_is_given_up_with_its_code(
    running: Handrail, sms: Sms
) -> None:
    running.stand_in.behave(Behaviour(undelivered={sms.number: "30005"}))
    sms.young_person_says("hello again")

    def last(unit):  # type: ignore[no-untyped-def]
        from storage.tables.core import outbox

        return unit.connection.execute(
            outbox.select().order_by(outbox.c.position.desc()).limit(1)
        ).one()

    row = running.record(last)
    assert (row.state, row.last_code) == (OutboundState.UNDELIVERABLE.value, "30005")


def test_a_sentence_in_two_texts_is_found_though_two_gateways_took_them(
    tmp_path: Path,
) -> None:
    one = start(tmp_path, ReadableDialogue())
    other = start(tmp_path, ReadableDialogue())
    one.sms().young_person_says("i really want to")
    robin = other.sms()
    robin.young_person_says("die")
    robin.was_sent("escalation.suicide")
    stop(one)
    stop(other)


def test_a_message_is_read_again_only_when_the_records_know_of_more(
    sms: Sms, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[str] = []

    def screened(text: str, *_beside: object) -> Screening:
        again.append(text)
        return NOTHING_FOUND

    monkeypatch.setattr("gateway.receiving.screened", screened)
    for text in ("my dog is called biscuit", "what can you do"):
        sms.young_person_says(text)

    assert again == []
