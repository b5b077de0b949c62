"""What a young person reads about services: short enough for a text, and honest."""

import re
from datetime import timedelta

import pytest

from bot.turns.signposting import what_to_expect, which_area, who_is_open
from bot.words import Words
from foundations.gsm7 import encoding, segments
from foundations.saying import Channel, Say
from signposting import ServiceId, Way, Wishes, aged, load
from signposting.places import PlaceAnswer

NIGHT = "2026-11-22T03:00"  # Sunday
AT_MOST_SEGMENTS = 3
WISHES = {
    "nothing said": Wishes(),
    "under 18": Wishes(ages=aged(15)),
    "a student": Wishes(ages=aged(20), audiences=frozenset({"students"})),
    "text one plz": Wishes(ways=frozenset({Way.SMS})),
    "a call": Wishes(ways=frozenset({Way.PHONE}), ages=aged(24)),
    "an app": Wishes(ways=frozenset({Way.APP})),
    "somewhere to go in leeds": Wishes(
        ways=frozenset({Way.IN_PERSON}), areas=frozenset({"leeds"}), ages=aged(14)
    ),
    "can't talk out loud": Wishes(cannot_be_overheard=True),
    "lgbt friendly in plymouth": Wishes(
        audiences=frozenset({"lgbtq"}), areas=frozenset({"plymouth"})
    ),
    "north staffs": Wishes(areas=frozenset({"north-staffordshire", "birmingham"})),
    "cornwall": Wishes(areas=frozenset({"cornwall"}), ages=aged(17)),
    "no credit, no data": Wishes(no_credit=True, no_data=True),
    "grief": Wishes(topics=frozenset({"bereavement"}), ages=aged(16)),
    "group": Wishes(formats=frozenset({"group"}), areas=frozenset({"sheffield"})),
}


@pytest.fixture(scope="module")
def words():
    return Words.load()


def as_sent(words, says):
    """Write the texts as the gateway sends them: choices are numbered lines."""
    texts = []
    for say in says:
        reply = words.render(say, Channel.SMS)
        numbered = [f"{n} {each.label}" for n, each in enumerate(reply.choices, 1)]
        texts.append("\n".join([reply.text, *numbered]))
    return texts


@pytest.mark.parametrize("wish", WISHES)
def test_the_first_answer_is_three_segments_at_most_at_any_hour_of_a_holiday_week(
    directory, london, words, wish
):
    start = london("2026-12-24T00:30")
    for hours in range(0, 24 * 7, 5):
        at = start + timedelta(hours=hours)
        said = who_is_open(directory, WISHES[wish], at, Channel.SMS)
        texts = as_sent(words, said)

        assert sum(map(segments, texts)) <= AT_MOST_SEGMENTS, (at, texts)
        assert all(encoding(text) == "GSM-7" for text in texts)
        for each in said[0].choices:
            assert segments(f"1 {each.label}") == 1


def test_every_summary_with_its_number_and_closing_time_is_one_segment(directory):
    longest = directory.phrases.say("times", "closes", time="11.59pm")
    for service in directory.shown:
        assert segments(f"3 {service.summary} {longest}") == 1


def test_on_the_web_each_choice_has_a_button_to_hear_what_to_expect(
    directory, london, words
):
    said = who_is_open(directory, Wishes(), london(NIGHT), Channel.WEB)

    assert [say.key for say in said] == [
        "signposting.open_now",
        "signposting.choice",
        "signposting.choice",
        "signposting.choice",
        "signposting.more",
    ]
    for say in said[1:4]:
        assert [each.label for each in say.choices] == ["What to expect"]
        assert words.render(say, Channel.WEB).text
        name = say.choices[0].value.removeprefix("what to expect from ")
        assert directory.named(name).name == say.values["name"]


def test_the_web_says_why_and_where(directory, london, words):
    said = who_is_open(directory, Wishes(ages=aged(15)), london(NIGHT), Channel.WEB)
    first = words.render(said[1], Channel.WEB).text

    assert "Childline: 0800 1111" in first
    assert "Why this one: open now, by phone, for under 19s, free." in first


def test_when_nothing_of_the_kind_is_open_it_says_so_and_when_one_opens(
    directory, london, words
):
    wishes = Wishes(audiences=frozenset({"lgbtq"}))
    said = who_is_open(directory, wishes, london(NIGHT), Channel.SMS)

    assert said[0].key == "signposting.nothing_open"
    assert "Next: Switchboard, 10am. Open now:" in as_sent(words, said)[0]


def test_a_longer_first_line_leaves_room_for_two_of_the_longest_choices(
    directory, london, words
):
    wishes = Wishes(audiences=frozenset({"lgbtq"}))
    said = who_is_open(directory, wishes, london(NIGHT), Channel.SMS)
    longest = sorted((each.summary for each in directory.shown), key=len)[-2:]
    values = dict.fromkeys(("kind", "next", "when"), "x" * 28)
    first = words.render(
        Say(said[0].key, {**values, "mark": "Sample data, not checked.\n"}), Channel.SMS
    )

    assert len(said[0].choices) == 2
    lines = "\n".join(f"{n} {each} Shuts at 11.59pm." for n, each in enumerate(longest))
    assert segments(f"{first.text}\n{lines}") <= AT_MOST_SEGMENTS


def test_an_opening_on_another_day_names_the_day(directory, london, words):
    wishes = Wishes(topics=frozenset({"eating"}))
    said = who_is_open(directory, wishes, london("2026-11-27T22:00"), Channel.WEB)

    text = words.render(said[0], Channel.WEB).text
    assert "The next to open is Beat, at 3pm on Monday." in text


def test_a_place_with_unknown_hours_is_named_and_never_called_open(
    directory, london, words
):
    said = who_is_open(
        directory, WISHES["somewhere to go in leeds"], london(NIGHT), Channel.SMS
    )

    assert said[0].key == "signposting.nothing_surely_open"
    assert "You could check Time for Young People." in as_sent(words, said)[0]


def test_when_none_of_the_kind_is_known_it_says_so(directory, london):
    wishes = Wishes(ways=frozenset({Way.IN_PERSON}), areas=frozenset({"plymouth"}))

    said = who_is_open(directory, wishes, london(NIGHT), Channel.WEB)

    assert said[0].key == "signposting.none_known"


def test_drafts_carry_the_mark_and_the_pinned_set_alone_does_not(
    directory, london, words
):
    wishes = Wishes(areas=frozenset({"cornwall"}))
    sample = who_is_open(directory, wishes, london(NIGHT), Channel.SMS)
    real = who_is_open(load(), wishes, london(NIGHT), Channel.SMS)

    assert as_sent(words, sample)[0].startswith("Sample data, not checked.\n")
    assert "Sample data" not in as_sent(words, real)[0]


def test_a_line_about_to_shut_says_when(directory, london, words):
    wishes = Wishes(audiences=frozenset({"lgbtq"}), ages=aged(17))

    said = who_is_open(directory, wishes, london("2026-11-25T21:30"), Channel.SMS)

    assert "Shuts at 10pm." in as_sent(words, said)[0]


def test_a_line_that_is_only_probably_open_says_so(directory, london, words):
    wishes = Wishes(
        areas=frozenset({"birmingham"}),
        without=frozenset({"samaritans", "childline", "nhs-111-mental-health"}),
        ways=frozenset({Way.PHONE}),
    )

    said = who_is_open(directory, wishes, london(NIGHT), Channel.SMS)

    assert re.search(r"Birmingham Mind .* Probably open\.", as_sent(words, said)[0])


def test_when_all_have_been_seen_it_says_so(directory, london):
    seen = frozenset(each.id for each in directory.shown)

    said = who_is_open(directory, Wishes(without=seen), london(NIGHT), Channel.WEB)

    assert [say.key for say in said] == ["signposting.no_more"]


def test_what_to_expect_says_who_cost_private_wait_next_and_limits(directory, words):
    said = what_to_expect(directory, ServiceId("shout-85258"))
    text = words.render(said[0], Channel.WEB).text

    for line in ("Who answers:", "What it costs:", "Is it private:", "Good to know:"):
        assert line in text
    assert "Sample data" not in text


@pytest.mark.parametrize("channel", list(Channel))
def test_what_is_not_known_is_said_to_be_not_known(directory, words, channel):
    said = what_to_expect(directory, ServiceId("galop"))
    text = words.render(said[0], channel).text

    assert "Not known" in text
    assert text.startswith("Sample data, not checked.")
    assert encoding(text) == "GSM-7"


def test_what_no_source_says_is_not_said_as_a_fact(directory, words):
    limits = what_to_expect(directory, ServiceId("childline"))[0].values["limits"]
    who = what_to_expect(directory, ServiceId("childline"))[0].values["who"]

    assert limits.endswith("(We think so, but this is not checked.)")
    assert "not checked" not in who


def test_a_closed_service_is_a_sentence_with_something_to_try_instead(directory, words):
    said = what_to_expect(directory, ServiceId("market-place-leeds-closed"))

    assert said[0].key == "signposting.closed_try_instead"
    assert "Time for Young People" in words.render(said[0], Channel.SMS).text


def test_a_held_service_gives_away_no_number(directory, words):
    said = what_to_expect(directory, ServiceId("muslim-youth-helpline"))
    text = words.render(said[0], Channel.SMS).text

    assert said[0].key == "signposting.not_checked_yet"
    assert not re.search(r"\d", text)


def test_an_unsure_place_is_asked_about_by_name(directory):
    asked = which_area(directory, directory.places.find("PL15"))
    not_known = which_area(directory, PlaceAnswer())

    labels = [each.label for each in asked[0].choices]
    assert labels == ["Cornwall", "Devon", "Rather not say"]
    assert not_known[0].key == "signposting.area_not_known"


def test_the_words_hold_no_digits(words):
    for key in words.by_key:
        if key.startswith("signposting."):
            for variation in words.by_key[key]:
                assert not re.search(r"\d", variation.text), key
