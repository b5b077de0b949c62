"""Who is offered, in which order, and what is said when nothing of a kind is open."""

from dataclasses import replace
from datetime import date

import pytest

from signposting import AgeRange, OpenState, Way, Wishes, aged, choose, load
from signposting.answers import Because
from signposting.directory import make_directory
from signposting.fitting import is_free
from signposting.matching import AT_MOST
from signposting.places import load_places
from signposting.reasons import because

NIGHT = "2026-11-22T03:00"  # Sunday
AFTERNOON = "2026-11-25T16:30"  # Wednesday


@pytest.fixture
def ask(directory, london):
    def answer(at=AFTERNOON, **wishes):
        return choose(directory, Wishes(**wishes), london(at))

    return answer


def names(answer):
    return [each.service.id for each in answer.choices]


def ways(answer):
    return [each.way for each in answer.choices]


def test_with_nothing_said_there_is_a_text_a_call_and_a_chat(ask):
    answer = ask("2026-11-22T10:00")

    assert answer.kind_is_open
    assert {Way.SMS, Way.PHONE, Way.WEBCHAT} == set(ways(answer))
    assert len(answer.choices) == AT_MOST


def test_at_night_childline_is_a_call_because_nobody_is_sure_of_its_chat(ask):
    three_at_night = ask(NIGHT, ages=aged(15))
    reached = {each.service.id: each for each in three_at_night.choices}
    assert reached["childline"].way is Way.PHONE
    assert reached["childline"].hours.state is OpenState.OPEN

    quiet = ask(NIGHT, ages=aged(15), cannot_be_overheard=True)
    reached = {each.service.id: each for each in quiet.choices}
    assert quiet.choices[0].way is Way.SMS
    assert reached["childline"].hours.state is OpenState.PROBABLY_OPEN


def test_at_three_at_night_a_15_year_old_has_childline_and_shout(ask):
    assert set(names(ask(NIGHT, ages=aged(15)))) >= {"childline", "shout-85258"}


@pytest.mark.parametrize(
    ("age", "offered"), [(18, True), (19, False), (10, True), (25, False)]
)
def test_childline_ends_on_the_19th_birthday(ask, age, offered):
    assert ("childline" in names(ask(NIGHT, ages=aged(age)))) is offered


def test_a_band_that_only_partly_fits_still_says_the_limit(ask, directory, london):
    answer = ask(NIGHT, ages=AgeRange(18, 25))
    childline = [each for each in answer.choices if each.service.id == "childline"]

    assert all(
        "for under 19s" in because(directory.phrases, each, london(NIGHT))
        for each in childline
    )


def test_a_text_near_you_comes_first(ask, directory, london):
    answer = ask(NIGHT, areas=frozenset({"sandwell"}), ways=frozenset({Way.SMS}))

    assert names(answer)[0] == "black-country-crisis"
    assert because(directory.phrases, answer.choices[0], london(NIGHT)) == (
        "open now, by text, in Sandwell"
    )


def test_several_areas_may_be_given(ask):
    answer = ask(areas=frozenset({"sandwell", "cornwall"}))

    assert {"black-country-crisis", "cornwall-111"} & set(names(answer))


def test_services_of_another_area_are_never_offered(ask):
    for way in (Way.PHONE, Way.SMS, Way.WEBCHAT):
        answer = ask(areas=frozenset({"plymouth"}), ways=frozenset({way}))
        for each in answer.choices:
            assert not each.service.areas & {"cornwall", "devon", "sandwell", "leeds"}


def test_a_brand_bought_area_by_area_is_only_offered_where_it_is_known_to_be(ask):
    chat = {"ways": frozenset({Way.WEBCHAT}), "ages": aged(15)}
    in_plymouth = ask(areas=frozenset({"plymouth"}), **chat)
    in_barnsley = ask(areas=frozenset({"barnsley"}), **chat)

    assert "kooth" not in names(in_plymouth)
    assert "kooth" in names(in_barnsley)


def test_the_same_people_are_never_offered_twice(ask):
    for areas in (frozenset(), frozenset({"sheffield"}), frozenset({"cornwall"})):
        for way in (Way.SMS, Way.PHONE):
            same = [
                each.service.same_as or each.service.id
                for each in ask(
                    areas=areas, ways=frozenset({way}), ages=aged(20)
                ).choices
            ]
            assert len(same) == len(set(same))
            assert "youngminds-textline" not in same


def test_the_local_door_to_111_is_offered_in_place_of_the_national_one(ask):
    answer = ask(areas=frozenset({"sheffield"}), ways=frozenset({Way.PHONE}))

    assert names(answer)[0] == "sheffield-111"
    assert "nhs-111-mental-health" not in names(answer)


def test_who_cannot_be_overheard_is_never_told_to_speak(ask):
    for at in (NIGHT, AFTERNOON):
        answer = ask(at, cannot_be_overheard=True, ages=aged(16))

        assert answer.choices
        assert not {Way.PHONE, Way.IN_PERSON} & set(ways(answer))


def test_without_credit_or_data_only_free_calls_and_texts_are_offered(ask):
    answer = ask(no_credit=True, no_data=True, ages=aged(16))

    assert answer.choices
    for each in answer.choices:
        kinds = {"sms": "text", "phone": "voice"}
        phones = [
            p for p in each.service.phones if p.kind.value == kinds[each.way.value]
        ]
        assert phones[0].free


def test_without_credit_what_surely_costs_none_comes_first(ask):
    answer = ask(no_credit=True, ages=aged(20))

    free = [is_free(each.service, each.way) is True for each in answer.choices]
    assert free == sorted(free, reverse=True)
    assert names(ask(ages=aged(20)))[0] == "tellmi"


def test_not_calls_means_no_calls(ask):
    assert Way.PHONE not in ways(ask(not_ways=frozenset({Way.PHONE})))


def test_someone_like_me_comes_first_and_one_of_the_pinned_set_stays(ask):
    answer = ask(audiences=frozenset({"lgbtq"}), ages=aged(17))

    assert names(answer)[:2] == ["switchboard", "mermaids"]
    assert answer.choices[2].service.pinned
    assert Because.ALWAYS_THERE in [r.because for r in answer.choices[2].reasons]


def test_what_is_for_other_people_is_not_offered_to_everyone(ask, directory):
    shown = {name for at in (NIGHT, AFTERNOON) for name in names(ask(at))}

    assert not shown & {"switchboard", "refuge-ndah", "fcn", "emergency-sms", "frank"}


def test_lines_for_parents_are_only_for_those_who_ask(a_service, a_row, london):
    line = a_service(
        a_row(),
        attributes=[
            {"link_type": "audience", "value": "parents-carers"},
            {"link_type": "topic", "value": "listening"},
        ],
    )
    directory = with_only(line)
    plymouth = frozenset({"plymouth"})
    at = london("2026-11-25T10:00")

    young = choose(directory, Wishes(areas=plymouth), at)
    parent = choose(
        directory,
        Wishes(areas=plymouth, audiences=frozenset({"parents-carers"})),
        at,
    )

    assert "the-lighthouse" not in names(young)
    assert "the-lighthouse" in names(parent)


def with_only(line):
    kept = [*load().pinned, line]
    return make_directory(kept, places=load_places(), sample=True)


def test_999_is_never_one_of_three_choices_and_never_goes_away(ask):
    for at in (NIGHT, AFTERNOON):
        answer = ask(at, no_credit=True, cannot_be_overheard=True)

        assert "emergency-999" not in names(answer)
        assert answer.emergency.id == "emergency-999"


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("age", [11, 18, 19, 34, 35, 60])
def test_the_pinned_set_is_never_filtered_away_entirely(ask, directory, way, age):
    answer = ask(
        NIGHT,
        ways=frozenset({way}),
        ages=aged(age),
        no_credit=True,
        without=frozenset({"shout-85258", "childline"}),
    )

    always = {each.id for each in directory.pinned}
    assert any(
        (each.service.same_as or each.service.id) in always for each in answer.choices
    )


def test_when_no_place_to_go_is_open_it_says_so_and_what_is_open_instead(ask):
    answer = ask(
        NIGHT,
        ways=frozenset({Way.IN_PERSON}),
        areas=frozenset({"leeds"}),
        ages=aged(15),
    )

    assert not answer.kind_is_open
    assert [each.service.id for each in answer.not_sure] == ["time-for-yp-leeds"]
    assert all(each.hours.may_be_reached for each in answer.choices)


def test_when_nothing_of_the_kind_is_open_the_next_to_open_is_named(ask, london):
    answer = ask(NIGHT, audiences=frozenset({"lgbtq"}))

    assert not answer.kind_is_open
    assert answer.opens_next is not None
    assert answer.opens_next.service.id == "switchboard"
    assert answer.opens_next.hours.opens_at == london("2026-11-22T10:00")


def test_only_services_that_may_be_reached_are_chosen(ask):
    for hour in range(24):
        answer = ask(f"2026-12-28T{hour:02}:15", ages=aged(16))

        assert all(each.hours.may_be_reached for each in answer.choices)


def test_the_surely_open_come_before_the_probably_open(ask):
    for area in ("birmingham", "cornwall", "barnsley"):
        states = [each.hours.state for each in ask(areas=frozenset({area})).choices]

        assert states == sorted(
            states, key=[OpenState.OPEN, OpenState.PROBABLY_OPEN].index
        )


def test_more_leaves_out_what_was_already_seen(ask):
    first = ask(ages=aged(16))
    more = ask(ages=aged(16), without=frozenset(names(first)))

    assert more.choices
    assert not set(names(more)) & set(names(first))


def test_the_answer_holds_no_number_that_ranks_anyone(ask):
    for each in ask().choices:
        assert not any("score" in name or "weight" in name for name in dir(each))


def test_a_record_twice_past_its_check_is_hidden_and_a_pinned_one_is_not(
    a_service, a_row, london
):
    line = a_service(
        a_row(), x_last_checked_live="2026-11-01", x_next_check_due="2026-11-11"
    )
    directory = with_only(line)
    wishes = Wishes(
        areas=frozenset({"plymouth"}),
        ways=frozenset({Way.PHONE}),
        without=frozenset({"samaritans", "childline", "nhs-111-mental-health"}),
    )

    assert "the-lighthouse" in names(
        choose(directory, wishes, london("2026-11-21T10:00"))
    )
    assert "the-lighthouse" not in names(
        choose(directory, wishes, london("2026-11-22T10:00"))
    )


def test_the_pinned_set_is_shown_however_old_its_check_is(directory, london):
    kept = [
        replace(
            each,
            provenance=replace(
                each.provenance,
                last_checked_live=date(2020, 1, 1),
                next_check_due=date(2020, 2, 1),
            ),
        )
        for each in directory.pinned
    ]
    old = make_directory(kept, places=load_places(), sample=False)

    answer = choose(old, Wishes(ways=frozenset({Way.PHONE})), london(NIGHT))

    assert set(names(answer)) == {"nhs-111-mental-health", "samaritans", "childline"}
    assert answer.kind_is_open


def test_closing_time_is_said_when_under_an_hour_is_left(ask, directory, london):
    wishes = {"audiences": frozenset({"lgbtq"}), "ages": aged(17)}
    long_before, soon = (
        ask("2026-11-25T21:00", **wishes),
        ask("2026-11-25T21:01", **wishes),
    )

    words = [
        because(directory.phrases, answer.choices[0], answer.at)
        for answer in (long_before, soon)
    ]
    assert "shuts at" not in words[0]
    assert words[1].endswith("shuts at 10pm")


def test_an_order_by_place_in_the_file_settles_equals(a_service, a_row, london):
    one = a_service(a_row())
    other = replace(one, id="the-harbour", hsds_id="other", place=1)
    wishes = Wishes(areas=frozenset({"plymouth"}), ways=frozenset({Way.PHONE}))

    for pair in ((one, other), (other, one)):
        directory = make_directory(
            [*pair, *load().pinned], places=load_places(), sample=True
        )
        answer = choose(directory, wishes, london("2026-11-25T10:00"))
        assert names(answer)[:2] == ["the-lighthouse", "the-harbour"]


def test_what_two_people_say_did_not_work_comes_after_what_was_not_reported(
    ask, directory, london
):
    wishes = {"audiences": frozenset({"lgbtq"})}
    assert names(ask(**wishes))[:2] == ["switchboard", "mermaids"]

    after = ask(**wishes, reported=frozenset({"switchboard"}))
    assert "switchboard" not in names(after)[:1]
    every = ask(**wishes, reported=frozenset({"switchboard", "mermaids"}))
    said = [
        because(directory.phrases, each, london(AFTERNOON)) for each in every.choices
    ]
    assert any("but some people said it didn't work" in each for each in said)


def test_what_was_reported_comes_even_after_what_is_only_probably_open(ask, directory):
    wishes = {
        "ways": frozenset({Way.PHONE}),
        "areas": frozenset({"birmingham"}),
        "without": frozenset({each.id for each in directory.pinned}),
    }
    evening = "2026-11-25T18:00"
    assert names(ask(evening, **wishes))[0] == "calm"

    after = names(ask(evening, **wishes, reported=frozenset({"calm"})))
    assert after[:2] == ["bsol-helpline", "forward-thinking-birmingham"]


def test_the_pinned_set_stays_where_it_is_whoever_reports_it(ask):
    before = names(ask())

    assert names(ask(reported=frozenset(before))) == before
