"""What our own records say: sourced, in plain words, short enough, no old numbers."""

import json
import re
from pathlib import Path

import pytest
import textstat

from foundations.content import read_yaml
from foundations.gsm7 import encoding, segments
from signposting import load
from signposting.checking import retired_in_content
from signposting.directory import SERVICES
from signposting.faults import PINNED
from signposting.records import PhoneKind
from signposting.retired import RetiredNumbers, load_retired_numbers

ROOT = Path(__file__).parents[2]
NUMBERS = ROOT / "escalation" / "numbers.yml"
UNWANTED = re.compile(
    r"committed|commit suicide|attention.seeking|trigger|risk|vulnerable|patient"
    r"|service user|overdos|pills|rope|blade|!",
    re.IGNORECASE,
)


def digits(text):
    return re.sub(r"\D", "", str(text))


def sentences(service):
    said = service.expect
    words = (said.who, said.cost, said.private, said.wait, said.next_steps, said.limits)
    return [each for each in (service.description, *words) if each]


def test_there_are_86_records_of_which_42_may_be_shown_and_6_are_pinned(directory):
    assert len(directory.services) == 86
    assert len(directory.shown) == 42
    assert sorted(each.id for each in directory.pinned) == sorted(PINNED)


def test_for_real_only_the_pinned_set_is_shown_until_someone_checks_the_rest():
    assert sorted(each.id for each in load().shown) == sorted(PINNED)


def test_no_text_is_called_free_where_only_calls_are_said_to_be(directory):
    for service in directory.services.values():
        texts = [each for each in service.phones if each.kind is PhoneKind.TEXT]
        calls_only = re.search(
            r"free to call|111 is free", service.expect.cost or "", re.I
        )
        if calls_only:
            assert not any(each.free for each in texts), service.id


def test_no_content_file_holds_a_retired_number():
    found = list(retired_in_content(ROOT, load_retired_numbers()))

    assert [str(each) for each in found] == []


@pytest.mark.parametrize(
    "written",
    [
        "07700 900123",
        "07700900123",
        "+44 7700 900123",
        "+447700900123",
        "07700-900-123",
    ],
)
def test_a_retired_number_is_found_however_it_is_written(tmp_path, written):
    (tmp_path / "page.html").write_text(f"<p>Call {written} today</p>")

    found = list(retired_in_content(tmp_path, RetiredNumbers(("07700900123",))))

    assert [each.about for each in found] == ["page.html"]


def test_a_longer_number_with_a_retired_one_in_it_is_another_number(tmp_path):
    (tmp_path / "page.md").write_text("Call 86463123 or 1286463 or id b86463c")

    assert not list(retired_in_content(tmp_path, RetiredNumbers(("86463",))))


def test_the_pinned_numbers_equal_those_of_the_crisis_replies(directory):
    crisis = read_yaml(NUMBERS)
    ours = {
        (each.id, phone.kind.value): (phone.number, phone.keyword)
        for each in directory.pinned
        for phone in each.phones
    }

    assert ours == {
        ("emergency-999", "voice"): (crisis["emergency"], None),
        ("nhs-111-mental-health", "voice"): (crisis["nhs_mental_health"], None),
        ("samaritans", "voice"): (crisis["samaritans"], None),
        ("shout-85258", "text"): (crisis["shout"], crisis["shout_word"]),
        ("childline", "voice"): (crisis["childline"], None),
        ("papyrus-hopeline247", "voice"): (crisis["hopeline"], None),
        ("papyrus-hopeline247", "text"): (crisis["hopeline_text"], None),
    }


def test_every_shown_record_has_words_that_are_sourced_and_marked_as_not_reviewed(
    directory,
):
    rows = [
        row for path in SERVICES.glob("*.json") for row in json.loads(path.read_text())
    ]
    shown = {service.id for service in directory.shown}

    for row in rows:
        if row["x_slug"] in shown:
            assert row["x_words_review"] == "not reviewed"
            assert set(row["x_what_to_expect_status"]) == set(row["x_what_to_expect"])
            assert row["x_sources"]


def test_every_summary_fits_one_text_and_every_sentence_is_gsm7(directory):
    for service in directory.shown:
        assert segments(service.summary) == 1
        for sentence in sentences(service):
            assert encoding(sentence) == "GSM-7", sentence


def test_every_number_in_a_summary_is_a_number_of_that_record_or_its_pinned_twin(
    directory,
):
    for service in directory.shown:
        same = directory.services[service.same_as or service.id]
        numbers = {digits(each.number) for each in (*service.phones, *same.phones)}
        for found in re.findall(
            r"\b(?:0[\d ]{9,12}\d|1\d\d ?\d\d\d|\d{5})\b", service.summary
        ):
            assert digits(found) in numbers, (service.id, found)


def test_no_sentence_uses_an_unwanted_word(directory):
    for service in directory.shown:
        for sentence in (*sentences(service), service.summary):
            assert not UNWANTED.search(sentence), (service.id, sentence)


def test_what_to_expect_reads_at_an_age_of_about_eleven(directory):
    for service in directory.shown:
        text = " ".join(sentences(service))
        grade = textstat.automated_readability_index(text)
        assert grade <= 6, (service.id, grade)


def test_records_that_are_held_carry_facts_and_no_sentences(directory):
    for service in directory.services.values():
        if service not in directory.shown:
            assert service.description is None
            assert service.summary is None


def test_a_closed_service_says_what_to_try_instead(directory):
    for service in directory.services.values():
        if service.status.value == "defunct":
            assert directory.services[service.instead] in directory.shown


def test_the_list_of_retired_numbers_says_what_each_one_was():
    rows = read_yaml(ROOT / "signposting" / "retired_numbers.yml")

    assert len(rows) >= 16
    assert all(row["was"] and digits(row["number"]) for row in rows)
