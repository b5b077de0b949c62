"""A broken record stops the start, and names its file and field."""

import json

import pytest

from signposting import DirectoryBroken, load
from signposting.directory import SERVICES


@pytest.fixture
def folder(tmp_path):
    """Copy the pinned records, which must always be there."""
    (tmp_path / "pinned.json").write_text((SERVICES / "pinned.json").read_text())
    return tmp_path


@pytest.fixture
def refused(folder, record):
    """Load one record beside the pinned ones, and give what is said against it."""

    def load_one(**changes):
        broken = {k: v for k, v in record(**changes).items() if v is not None}
        (folder / "region.json").write_text(json.dumps([broken]))
        with pytest.raises(DirectoryBroken) as caught:
            load(folder, sample=True)
        return [str(fault) for fault in caught.value.faults]

    return load_one


def row(**changes):
    usual = {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}
    return {"schedules": [{"id": "row"} | usual | changes]}


def test_a_sound_record_loads(folder, record):
    (folder / "region.json").write_text(json.dumps([record(**row())]))

    assert "the-lighthouse" in load(folder, sample=True).services


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": None}, "region.json: the-lighthouse: name: is missing"),
        ({"name": "<b>The</b> Lighthouse"}, "name: must not hold markup"),
        ({"id": "12045"}, "id: must be a UUID"),
        ({"status": "open"}, "status: must be one of: active"),
        ({"minimum_age": "ten"}, "minimum_age: must be a whole number"),
        ({"minimum_age": 25, "maximum_age": 11}, "maximum_age: is under the lowest"),
        ({"service_areas": [{"name": "Atlantis"}]}, "Atlantis is not an area"),
        ({"phones": [{"number": "call us"}]}, "phones[0].number: must be digits"),
        ({"phones": "none"}, "phones: must be a list"),
        ({"x_sources": []}, "x_sources: a record that may be shown needs a source"),
        ({"x_sms_summary": None}, "x_sms_summary: a record that may be shown needs"),
        ({"x_sms_summary": "Caf\u00ea: 10\u201312"}, "x_sms_summary: must be GSM-7"),
        ({"x_sms_summary": "word " * 40}, "x_sms_summary: must be one segment"),
        (
            {"x_what_to_expect": {"wait": "word " * 40}},
            "x_what_to_expect.wait: must be 165 characters or fewer",
        ),
        ({"x_pinned": True}, "x_pinned: does not agree with the pinned set"),
        ({"x_same_as": "nobody"}, "x_same_as: nobody is not a record"),
        ({"x_last_checked_live": "2026-11-01"}, "x_next_check_due: is missing"),
        ({"x_last_checked_live": "last week"}, "must be a date like 2026-12-28"),
        ({"x_slug": "childline"}, "x_slug: is also in pinned.json"),
        (row(opens_at="25:00"), "schedules[0].opens_at: must be a clock time"),
        (row(closes_at="17:00Z"), "schedules[0].closes_at: must be a clock time"),
        (row(byday="MONDAY"), "schedules[0].byday: does not make a rule"),
        (row(freq="DAILYISH"), "schedules[0].byday: does not make a rule"),
        (row(x_channel="pigeon"), "schedules[0].x_channel: must be one of"),
        (row(x_bank_holidays="maybe"), "schedules[0].x_bank_holidays: must be one of"),
    ],
)
def test_a_fault_names_the_file_the_record_and_the_field(refused, changes, said):
    faults = refused(**changes)

    assert any(said in fault for fault in faults), faults
    assert all(fault.startswith("region.json: ") for fault in faults)


def test_every_fault_of_every_record_is_told_at_once(refused):
    said = " ".join(refused(name=None, status="open", id="12045"))

    for field in (" name: ", " status: ", " id: "):
        assert field in said


def test_a_retired_number_in_any_field_stops_the_start(refused):
    faults = refused(description="Or call 0300 330 0630, our older line.")

    assert any("is retired" in fault for fault in faults)


@pytest.mark.parametrize(
    "text", ["{", "[{]", "\ufeff[]", '{"services": []}', "[" * 9999]
)
def test_a_file_that_is_not_a_list_of_records_stops_the_start(folder, text):
    (folder / "region.json").write_text(text)

    with pytest.raises(DirectoryBroken, match=r"region\.json"):
        load(folder)


def test_a_list_of_anything_but_records_stops_the_start(folder):
    (folder / "region.json").write_text("[1, null]")

    with pytest.raises(
        DirectoryBroken, match=r"region.json: \[0\]: -: must be an object"
    ):
        load(folder)


def test_without_the_pinned_set_nothing_starts(tmp_path):
    with pytest.raises(DirectoryBroken, match="the pinned record is missing"):
        load(tmp_path)


def test_drafts_are_only_shown_as_samples_and_carry_the_mark(folder, record):
    (folder / "region.json").write_text(json.dumps([record()]))

    real, sample = load(folder), load(folder, sample=True)

    assert [each.id for each in real.shown if not each.pinned] == []
    assert sample.services["the-lighthouse"] in sample.shown
    assert sample.is_draft(sample.services["the-lighthouse"])
    assert not sample.is_draft(sample.services["samaritans"])


def test_a_record_that_was_checked_live_is_shown_for_real(folder, record):
    checked = record(x_last_checked_live="2026-11-01", x_next_check_due="2026-12-01")
    (folder / "region.json").write_text(json.dumps([checked]))

    directory = load(folder)

    assert directory.services["the-lighthouse"] in directory.shown
    assert not directory.is_draft(directory.services["the-lighthouse"])


@pytest.mark.parametrize(
    "held",
    [
        {"x_release_gate": "do not show until checked"},
        {"x_release_gate": "never show"},
        {"x_contact_sourced": False},
        {"status": "defunct", "x_release_gate": "never show"},
    ],
)
def test_held_unsourced_and_closed_records_are_never_shown(folder, record, held):
    (folder / "region.json").write_text(json.dumps([record(**held)]))

    directory = load(folder, sample=True)

    assert directory.services["the-lighthouse"] not in directory.shown
