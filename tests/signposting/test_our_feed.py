"""Our own feed of services is HSDS 3.0."""

import json
from datetime import date
from uuid import UUID

import pytest

from signposting import load
from signposting.feed import front_page, service_detail, service_row, services_page
from signposting.importing import take
from signposting.places import load_places
from signposting.retired import RetiredNumbers
from tests.signposting.hsds import faults, page_validator


def taken(*services):
    return take(
        services,
        source="https://feed.example",
        seen_on=date(2026, 11, 22),
        places=load_places(),
        retired=RetiredNumbers(("07700900999",)),
    )


def test_the_feed_lists_every_shown_service_once_over_its_pages(directory):
    pages = [services_page(directory, page=n, per_page=20) for n in (1, 2, 3, 4)]
    ids = [each["id"] for page in pages for each in page["contents"]]

    assert len(ids) == len(set(ids)) == pages[0]["total_items"] == 42
    assert [page["size"] for page in pages] == [20, 20, 2, 0]
    assert [page["last_page"] for page in pages] == [False, False, True, True]
    assert pages[3]["empty"]
    assert pages[0]["total_pages"] == 3


@pytest.mark.parametrize("wrong", [{"page": 0}, {"per_page": 0}, {"per_page": 101}])
def test_a_page_that_cannot_be_is_refused(directory, wrong):
    with pytest.raises(ValueError, match="page from 1"):
        services_page(directory, **wrong)


def test_for_real_the_feed_holds_only_what_may_be_shown():
    assert services_page(load())["total_items"] == 6


def test_every_page_and_every_service_of_the_feed_is_valid_hsds_3_0(directory):
    page = json.loads(json.dumps(services_page(directory, per_page=100)))

    assert page["size"] == 42
    for service in page["contents"]:
        assert faults(service) == [], service["x_slug"]
    assert list(page_validator().iter_errors(page)) == []


def test_the_uk_profile_asks_for_a_web_address_and_one_service_has_none(directory):
    rows = [service_row(directory, service) for service in directory.shown]

    assert {row["x_slug"] for row in rows if "url" not in row} == {
        "cornwall-people-in-mind"
    }


def test_for_real_too_the_feed_is_valid_hsds_3_0():
    page = json.loads(json.dumps(services_page(load())))

    assert list(page_validator().iter_errors(page)) == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"id": "12045"}, "id: "),
        ({"name": None}, "name: "),
        ({"status": "open"}, "status: "),
        ({"url": "samaritans.org"}, "url: "),
        ({"minimum_age": "11"}, "minimum_age: "),
        ({"assured_date": "last week"}, "assured_date: "),
        ({"colour": "blue"}, "'colour' does not match"),
        ({"phones": [{"id": str(UUID(int=1))}]}, "phones.0: 'number' is a required"),
        (
            {"schedules": [{"id": str(UUID(int=1)), "opens_at": "17:00Z"}]},
            "schedules.0.opens_at: ",
        ),
        (
            {"schedules": [{"id": str(UUID(int=1)), "freq": "DAILY"}]},
            "schedules.0.freq: ",
        ),
    ],
)
def test_what_would_break_the_standard_is_seen(directory, broken, said):
    row = service_row(directory, directory.services["samaritans"])

    found = faults(json.loads(json.dumps(row | broken)))

    assert len(found) == 1
    assert said in found[0]


def test_what_is_taken_out_of_a_service_is_missed(directory):
    for field in ("id", "name", "status"):
        row = service_row(directory, directory.services["samaritans"])
        del row[field]
        assert faults(row) == [f": '{field}' is a required property"]


def test_no_id_stands_for_two_things_within_the_feed(directory):
    rows = [service_row(directory, service) for service in directory.shown]
    for part in ("phones", "schedules", "service_areas", "attributes"):
        ids = [each["id"] for row in rows for each in row[part]]
        assert len(ids) == len(set(ids)), part
        links = {each.get("service_id") or each["link_id"] for each in rows[0][part]}
        assert links == {rows[0]["id"]}


def test_a_draft_says_in_the_feed_that_it_is_one(directory):
    calm = service_row(directory, directory.services["calm"])
    samaritans = service_row(directory, directory.services["samaritans"])

    assert calm["x_sample"]
    assert "x_sample" not in samaritans


def test_one_service_is_found_by_its_id_and_a_held_one_is_not(directory):
    calm, held = directory.services["calm"], directory.services["night-owls"]

    assert service_detail(directory, calm.hsds_id)["name"] == "CALM"
    assert service_detail(directory, held.hsds_id) is None


def test_the_front_page_says_which_version_it_is():
    assert front_page("https://feed.example/openapi.json")["version"] == "HSDS-UK-3.0"


def test_our_own_feed_comes_back_with_the_same_hours_and_numbers(directory):
    page = services_page(directory, per_page=100)
    imported = taken(*page["contents"])

    assert len(imported.records) == 42
    by_id = {record["id"]: record for record in imported.records}
    for service in directory.shown:
        record = by_id[service.hsds_id]
        hours = [(row["byday"], row["opens_at"]) for row in record["schedules"]]
        ours = service_row(directory, service)["schedules"]
        assert hours == [(row["byday"], row["opens_at"]) for row in ours]
        numbers = [phone["number"] for phone in record["phones"]]
        assert numbers == [phone.number for phone in service.phones]
