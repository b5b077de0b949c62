"""Places become areas without the network; an unsure place is asked about."""

import pytest

from signposting.asking import read_asked
from signposting.places import PlaceAnswer, load_places


@pytest.fixture
def places():
    return load_places()


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("Plymouth", "plymouth"),
        ("plymouth", "plymouth"),
        ("  Stoke-on-Trent ", "stoke-on-trent"),
        ("St. Ives", "cornwall"),
        ("Hull", "hull"),
        ("brum", "birmingham"),
        ("PL4", "plymouth"),
        ("pl4", "plymouth"),
        ("S1", "sheffield"),
        ("TR1", "cornwall"),
        ("Scotland", "scotland"),
        ("G12", "scotland"),
        ("Cardiff", "wales"),
        ("Belfast", "northern-ireland"),
        ("Swindon", "england"),
        ("SW1", "england"),
        ("M14", "england"),
    ],
)
def test_a_name_or_the_first_half_of_a_postcode_gives_its_area(places, said, area):
    assert places.find(said).areas == {area}


def test_of_a_full_postcode_only_the_first_half_is_looked_at(places):
    assert places.find("PL4 8AA").areas == {"plymouth"}
    assert places.find("pl48aa").areas == {"plymouth"}


@pytest.mark.parametrize(
    ("said", "areas"),
    [
        ("PL15", {"cornwall", "devon"}),
        ("EX23", {"cornwall", "devon"}),
        ("bangor", {"wales", "northern-ireland"}),
        ("LS29", {"bradford", "craven", "north-yorkshire"}),
    ],
)
def test_a_code_that_lies_in_two_areas_is_asked_about(places, said, areas):
    found = places.find(said)

    assert not found.areas
    assert set(found.candidates) == areas


@pytest.mark.parametrize("said", ["Plymuoth", "birmingam", "wolverhamton"])
def test_a_misspelt_town_is_asked_about_and_never_guessed(places, said):
    found = places.find(said)

    assert not found.areas
    assert found.candidates


@pytest.mark.parametrize(
    "said", ["", "Narnia", "ZZ99", "PL99", "1", "?!", "\u00e9" * 40]
)
def test_an_unknown_place_gives_nothing_at_all(places, said):
    found = places.find(said)

    assert not found.areas
    assert not found.candidates


def test_a_misspelt_town_far_from_our_areas_is_not_taken_for_its_country(places):
    """Nobody is asked "did you mean England?"."""
    assert places.find("swinden") == PlaceAnswer()
    assert places.find("Scotlnd").candidates == ("scotland",)


def test_an_area_lies_in_its_region_its_country_and_the_kingdom(places):
    assert places.around(frozenset({"east-devon"})) == {
        "east-devon",
        "devon",
        "south-west-peninsula",
        "england",
        "england-and-wales",
        "united-kingdom",
    }


def test_every_area_lies_in_areas_that_exist(places):
    for area in places.areas.values():
        assert set(area.within) <= set(places.areas)


def test_every_area_of_a_record_that_may_be_shown_can_be_found_by_name(
    directory, places
):
    for service in directory.shown:
        for area in service.areas:
            found = places.find(places.areas[area].name)
            assert area in (found.areas or set(found.candidates))


@pytest.mark.parametrize(
    ("said", "areas"),
    [
        ("plymouth or exeter", {"plymouth", "devon"}),
        ("anyone in plymouth or exeter open", {"plymouth", "devon"}),
        ("somewhere in hull and leeds", {"hull", "leeds"}),
        ("text or chat in plymouth", {"plymouth"}),
        ("in plymouth and i cant talk", {"plymouth"}),
        ("sheffield instead", {"sheffield"}),
        ("what about leeds then", {"leeds"}),
    ],
)
def test_two_places_in_one_message_are_both_looked_in(directory, said, areas):
    assert read_asked(directory, said).wishes.areas == areas


def test_of_two_places_an_unsure_one_is_asked_about(directory):
    place = read_asked(directory, "plymouth or exetter").place

    assert not place.areas
    assert set(place.candidates) >= {"plymouth", "devon"}
