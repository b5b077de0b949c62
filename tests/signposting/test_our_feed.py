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


def test_every_service_of_the_feed_has_what_hsds_requires(directory):
    for service in directory.shown:
        row = json.loads(json.dumps(service_row(directory, service)))
        assert row["name"]
        assert row["status"] == "active"
        assert row["organization"]["description"]
        parts = [row, row["organization"], *row["phones"], *row["schedules"]]
        parts += [*row["service_areas"], *row["attributes"]]
        assert all(UUID(part["id"]) for part in parts)
        assert len({part["id"] for part in row["schedules"]}) == len(row["schedules"])
        for attribute in row["attributes"]:
            assert attribute["taxonomy_term"]["description"]
        for schedule in row["schedules"]:
            assert schedule["freq"] in ("WEEKLY", "MONTHLY")
            assert not schedule["opens_at"].endswith("Z")


HSDS = {
    "service": {
        *("id", "organization_id", "name", "description", "status", "url", "email"),
        *("fees_description", "application_process", "assured_date", "organization"),
        *("phones", "schedules", "service_areas", "attributes"),
        *("minimum_age", "maximum_age"),
    },
    "organization": {"id", "name", "description"},
    "phones": {"id", "service_id", "number", "type"},
    "schedules": {
        *("id", "service_id", "valid_from", "valid_to", "dtstart", "until", "count"),
        *("wkst", "freq", "interval", "byday", "bymonthday", "description"),
        *("opens_at", "closes_at", "attending_type"),
    },
    "service_areas": {"id", "service_id", "name", "extent", "extent_type"},
    "attributes": {
        *("id", "link_id", "link_entity", "link_type", "value"),
        *("taxonomy_term_id", "taxonomy_term"),
    },
}
"""The fields of the tables of HSDS 3.0 that we fill."""


def test_every_field_of_the_feed_is_one_of_hsds_or_begins_with_x(directory):
    for service in directory.shown:
        row = service_row(directory, service)
        tables = {"service": [row], "organization": [row["organization"]]}
        tables |= {name: row[name] for name in HSDS if name not in tables}
        for name, parts in tables.items():
            for part in parts:
                odd = {field for field in part if not field.startswith("x_")}
                assert odd <= HSDS[name], (service.id, name)


def test_numbers_of_the_feed_are_numbers_and_days_are_days(directory):
    for service in directory.shown:
        row = service_row(directory, service)
        for field in ("minimum_age", "maximum_age"):
            assert isinstance(row.get(field, 0), int)
        for schedule in row["schedules"]:
            assert isinstance(schedule["interval"], int)
            assert schedule["wkst"] in ("MO", "SU") if "wkst" in schedule else True
            for field in ("dtstart", "valid_from", "valid_to", "until"):
                assert date.fromisoformat(schedule.get(field, "2026-01-01"))


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
