"""What is kept of a search, for how long, and nothing that was typed."""

from datetime import UTC, datetime, timedelta

import pytest

from signposting import ServiceId, Way, Wishes, aged
from signposting.bands import AgeBand, band_of
from signposting.records import ANY_AGE, AgeRange, AreaId
from signposting.search import SHORT_MEMORY, AskedOf, Search

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
WISHES = Wishes(
    ages=aged(15),
    areas=frozenset({AreaId("leeds")}),
    ways=frozenset({Way.SMS}),
    not_ways=frozenset({Way.PHONE}),
    audiences=frozenset({"lgbtq"}),
    topics=frozenset({"eating"}),
    cannot_be_overheard=True,
)
SEARCH = Search(
    wishes=WISHES,
    shown=(ServiceId("shout-85258"),),
    refused=(ServiceId("calm"),),
    last=(ServiceId("shout-85258"),),
    about=ServiceId("kooth"),
    told=("private", "cost"),
    opens_next=ServiceId("switchboard"),
    asked=AskedOf.AGE,
    reported=((ServiceId("beat"), 7),),
)


def kept(search: Search) -> Search:
    return Search.from_json(search.to_json(NOW))


def test_everything_comes_back_with_the_age_as_a_band() -> None:
    back = kept(SEARCH)

    assert back.wishes.ages == AgeBand.FROM_13.ages
    assert back.wishes.areas == WISHES.areas
    assert back.wishes.not_ways == WISHES.not_ways
    assert back.wishes.audiences == WISHES.audiences
    assert back.wishes.cannot_be_overheard
    assert (back.shown, back.refused, back.last) == (
        SEARCH.shown,
        SEARCH.refused,
        SEARCH.last,
    )
    assert (back.about, back.asked) == (SEARCH.about, SEARCH.asked)
    assert (back.told, back.opens_next) == (SEARCH.told, SEARCH.opens_next)
    assert back.reported == SEARCH.reported


@pytest.mark.parametrize("text", [None, "", "{}", '{"plain": true}'])
def test_where_nothing_of_ours_is_kept_a_search_is_fresh(text: str | None) -> None:
    assert Search.from_json(text) == Search()


def test_after_a_quiet_time_only_that_they_reported_something_is_left() -> None:
    later = kept(SEARCH).as_of(NOW + SHORT_MEMORY)

    assert later == Search(reported=SEARCH.reported)


def test_just_before_that_all_of_it_is_there() -> None:
    before = kept(SEARCH)

    assert before.as_of(NOW + SHORT_MEMORY - timedelta(seconds=1)) == before


def test_what_they_asked_to_be_remembered_stays_and_what_was_shown_does_not() -> None:
    asked = Search(wishes=WISHES, remembered=True, last=SEARCH.last)
    later = kept(asked).as_of(NOW + timedelta(days=90))

    assert later.wishes.areas == WISHES.areas
    assert later.last == ()
    assert not later.is_on


def test_another_wish_begins_another_search_and_the_same_wish_does_not() -> None:
    assert SEARCH.wishing(WISHES).shown == SEARCH.shown
    assert SEARCH.wishing(Wishes()).shown == ()


def test_every_age_from_five_to_ninety_nine_is_in_exactly_one_band() -> None:
    for age in range(5, 100):
        assert len([b for b in AgeBand if b.ages.covers(aged(age))]) == 1, age
    assert band_of(AgeRange(5, 17)) is None


def test_no_service_changes_its_mind_in_the_middle_of_a_band_we_show(
    directory,
) -> None:
    edges = {
        edge
        for service in directory.shown
        if service.ages != ANY_AGE
        for edge in (service.ages.lowest, service.ages.highest + 1)
    }
    inside = {
        (band.value, edge)
        for band in AgeBand
        for edge in edges
        if band.ages.lowest < edge <= band.ages.highest
    }

    assert inside <= {("under-13", 10), ("under-13", 11), ("over-25", 35)}
