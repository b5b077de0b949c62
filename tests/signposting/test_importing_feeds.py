"""Feeds of others are taken with care and a report."""

import json
import shutil
from datetime import date

import pytest

from signposting.__main__ import main
from signposting.directory import SERVICES
from signposting.feed import services_page
from signposting.fetching import FeedRefused, from_address, from_file
from signposting.importing import Outcome, take
from signposting.merging import merge, write
from signposting.places import load_places
from signposting.records import ReleaseGate
from signposting.retired import RetiredNumbers

ID = "11111111-1111-4111-8111-111111111111"


def a_service(**changes):
    service = {
        "id": ID,
        "name": "Harbour drop-in",
        "status": "active",
        "url": "https://harbour.example",
        "organization": {"id": ID, "name": "Harbour", "description": "A charity"},
        "service_areas": [{"id": ID, "name": "Plymouth"}],
        "schedules": [
            {
                "id": ID,
                "freq": "WEEKLY",
                "byday": "MO,TU",
                "opens_at": "10:00",
                "closes_at": "16:00",
                "attending_type": "in_person",
            }
        ],
    }
    return {k: v for k, v in (service | changes).items() if v is not None}


def taken(*services):
    return take(
        services,
        source="https://feed.example",
        seen_on=date(2026, 11, 22),
        places=load_places(),
        retired=RetiredNumbers(("07700900999",)),
    )


def test_what_is_taken_is_held_and_no_one_is_there_until_a_person_says_so():
    imported = taken(a_service(x_release_gate="show only after one live check"))
    record = imported.records[0]

    assert record["x_release_gate"] == ReleaseGate.HOLD.value
    assert not record["schedules"][0]["x_human_available"]
    assert "description" not in record
    assert imported.report[0].outcome is Outcome.TAKEN


def test_a_feed_cannot_pin_itself_or_say_that_it_was_checked():
    record = taken(
        a_service(x_pinned=True, x_last_checked_live="2026-11-01", x_slug="childline")
    ).records[0]

    assert record["x_slug"] == f"imported-{ID}"
    assert "x_pinned" not in record
    assert "x_last_checked_live" not in record


def test_a_z_in_a_uk_time_is_read_as_the_clock_on_the_wall():
    rows = a_service()["schedules"]
    imported = taken(a_service(schedules=[rows[0] | {"opens_at": "17:00Z"}]))

    assert imported.records[0]["schedules"][0]["opens_at"] == "17:00"
    assert "says Z" in str(imported.report[0])


def test_numbers_are_found_wherever_a_feed_puts_them_once_each():
    number = {"number": "07700 900111", "type": "voice"}
    imported = taken(
        a_service(
            contacts=[{"phones": [number]}],
            service_at_locations=[
                {"phones": [number, {"number": "07700 900222", "type": "text"}]}
            ],
        )
    )

    assert imported.records[0]["phones"] == [
        {"number": "07700 900111", "type": "voice"},
        {"number": "07700 900222", "type": "text"},
    ]


def test_markup_is_taken_out_of_a_name_and_reported():
    imported = taken(a_service(name="<b>Harbour</b> drop-in"))

    assert imported.records[0]["name"] == "Harbour drop-in"
    assert imported.report[0].outcome is Outcome.CHANGED


@pytest.mark.parametrize("opens", ["25:00", "noon", "", None, 900])
def test_impossible_times_are_left_out_and_reported(opens):
    row = a_service()["schedules"][0] | {"opens_at": opens}

    imported = taken(a_service(schedules=[row]))

    assert imported.records[0]["schedules"] == []
    assert "no times that can be kept" in str(imported.report[0])


@pytest.mark.parametrize(
    ("service", "why"),
    [
        ("not a service", "is not an object"),
        (a_service(id="12045"), "version 1.0"),
        (a_service(regular_schedules=[]), "version 1.0"),
        (a_service(name=None), "has no name"),
        (a_service(name="<br>"), "has no name"),
        (a_service(minimum_age=-1), "minimum_age must be a whole number"),
        (a_service(status="open"), "status must be one of"),
        (
            a_service(contacts=[{"phones": [{"number": "07700 900999"}]}]),
            "is retired",
        ),
        (a_service(contacts=[{"phones": [{"number": "ring us"}]}]), "must be digits"),
    ],
)
def test_one_unfit_service_is_refused_with_a_reason_and_the_rest_are_taken(
    service, why
):
    good = a_service(id="22222222-2222-4222-8222-222222222222")

    imported = taken(service, good)

    assert [each.outcome for each in imported.report] == [
        Outcome.REFUSED,
        Outcome.TAKEN,
    ]
    assert why in str(imported.report[0])


def test_the_second_of_two_services_with_one_id_is_refused():
    imported = taken(a_service(), a_service(name="Another"))

    assert [record["name"] for record in imported.records] == ["Harbour drop-in"]
    assert "came before" in str(imported.report[1])


class Api:
    """A feed that answers page by page, and counts what it was asked."""

    def __init__(self, *services, pages_never_end=False, repeats=False):
        self.services = services
        self.pages_never_end = pages_never_end
        self.repeats = repeats
        self.asked = []

    def fetch(self, address):
        self.asked.append(address)
        if "?" not in address:
            return next(s for s in self.services if address.endswith(s["id"]))
        number = int(address.split("page=")[1].split("&")[0])
        if self.repeats:
            number = 1
        contents = [{"id": s["id"]} for s in self.services[number - 1 : number]]
        return {"contents": contents, "last_page": False}


def test_an_api_is_asked_for_each_page_and_each_whole_service():
    api = Api(a_service(), a_service(id="22222222-2222-4222-8222-222222222222"))

    found = list(from_address("https://feed.example/services", api.fetch))

    assert [each["id"][0] for each in found] == ["1", "2"]
    assert found[0]["schedules"]
    assert api.asked[0] == "https://feed.example/services?page=1&per_page=100"


def test_an_api_whose_pages_go_round_in_a_circle_ends():
    api = Api(a_service(), repeats=True)

    assert len(list(from_address("https://feed.example", api.fetch))) == 1
    assert len(api.asked) == 3


def test_only_https_addresses_are_asked():
    with pytest.raises(FeedRefused, match="not an https address"):
        list(from_address("http://feed.example"))


@pytest.mark.parametrize(
    "wrapped", [lambda s: [s], lambda s: {"contents": [s]}, lambda s: s]
)
def test_a_file_may_be_a_list_a_page_or_one_service(tmp_path, wrapped):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(wrapped(a_service())))

    assert [each["name"] for each in from_file(path)] == ["Harbour drop-in"]


def test_a_feed_of_one_service_to_a_line_that_is_cut_off_keeps_its_whole_lines(
    tmp_path,
):
    path = tmp_path / "feed.ndjson"
    line = json.dumps(a_service())
    path.write_text(f"{line}\n{line[:40]}")

    assert len(list(from_file(path))) == 1


@pytest.mark.parametrize("text", ["", "[{", "<html>", "[" * 100_000, "3"])
def test_a_file_that_is_no_feed_is_refused(tmp_path, text):
    path = tmp_path / "feed.json"
    path.write_text(text)

    with pytest.raises(FeedRefused):
        list(from_file(path))


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "feed.json"
    path.write_text("[" + " " * 2_000 + "]")
    monkeypatch.setattr("signposting.fetching.MOST_BYTES", 1_000)

    with pytest.raises(FeedRefused, match="is larger than"):
        list(from_file(path))


def test_trying_a_feed_writes_nothing_and_taking_it_writes_what_loads(
    tmp_path, capsys, directory
):
    feed, kept = tmp_path / "feed.json", tmp_path / "services" / "feed.json"
    kept.parent.mkdir()
    page = services_page(directory, per_page=100)
    feed.write_text(json.dumps(page))

    assert main(["import", str(feed), "--to", str(kept)]) == 0
    assert list(kept.parent.iterdir()) == []
    assert "nothing was kept" in capsys.readouterr().out
    assert main(["import", str(feed), "--apply", "--to", str(kept)]) == 0
    assert "42 taken of 42" in capsys.readouterr().out
    assert len(json.loads(kept.read_text())) == 42


def test_a_refused_feed_leaves_the_last_good_file_in_place(tmp_path, capsys):
    feed, kept = tmp_path / "feed.json", tmp_path / "kept.json"
    write(taken(a_service()), kept)
    before = kept.read_text()
    feed.write_text("[{")

    assert main(["import", str(feed), "--apply", "--to", str(kept)]) == 1
    assert kept.read_text() == before
    assert "cut off" in capsys.readouterr().err


def test_a_feed_of_our_own_records_is_not_taken_a_second_time(
    tmp_path, capsys, directory
):
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps(services_page(directory, per_page=100)))

    assert main(["import", str(feed)]) == 0
    assert "42 refused of 42" in capsys.readouterr().out


def test_a_second_import_tells_what_differs_from_the_first():
    first = taken(a_service())
    moved = taken(a_service(url="https://new.harbour.example"))
    again = merge(moved, first.records)

    assert again.report[0].outcome is Outcome.CHANGED
    assert "differs from last time in url" in str(again.report[0])
    assert merge(first, first.records).report[0].outcome is Outcome.TAKEN


def test_what_a_person_wrote_is_kept_and_the_difference_reported():
    first = taken(a_service()).records[0]
    theirs = first | {"x_sms_summary": "Harbour: drop in, Plymouth."}
    again = merge(taken(a_service(url="https://new.example")), [theirs])

    assert again.records == (theirs,)
    assert again.report[0].outcome is Outcome.KEPT
    assert "the feed differs in url" in str(again.report[0])


def test_a_service_that_left_the_feed_is_reported_and_a_persons_work_stays():
    first = taken(a_service(), a_service(id="22222222-2222-4222-8222-222222222222"))
    opened = first.records[1] | {"x_last_checked_live": "2026-11-20"}
    again = merge(taken(), [first.records[0], opened])

    assert again.records == (opened,)
    assert [each.outcome for each in again.report] == [Outcome.GONE, Outcome.GONE]


def test_an_import_that_would_stop_a_start_is_not_kept(tmp_path, capsys, directory):
    services = tmp_path / "services"
    shutil.copytree(SERVICES, services)
    feed, kept = tmp_path / "feed.json", services / "from-harbour.json"
    feed.write_text(json.dumps([a_service()]))
    assert main(["import", str(feed), "--apply", "--to", str(kept)]) == 0
    broken = json.loads(kept.read_text())
    broken[0] |= {"x_slug": "childline", "x_sms_summary": "Theirs."}
    kept.write_text(json.dumps(broken))
    before = kept.read_text()

    assert main(["import", str(feed), "--apply", "--to", str(kept)]) == 1
    assert "childline" in capsys.readouterr().err
    assert kept.read_text() == before
    assert not list(services.glob("*.writing"))
