"""What a young person reads about services: short enough for a text, and honest."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.gaps import GAP
from bot.turns.expecting import FACTS
from bot.turns.finding_help import FindingHelp
from bot.turns.signposting import (
    BEFORE,
    FIRST_LINES,
    ROOM_BESIDE_GREETING,
    told,
    which_area,
    who_is_open,
)
from bot.words import Words
from foundations.gsm7 import encoding, segments
from foundations.saying import Channel, Say
from signposting import Way, Wishes, aged, choose, load
from signposting.following import read_follow
from signposting.home import NO_HOME
from signposting.places import PlaceAnswer
from signposting.search import Search

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


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("key", [None, *BEFORE])
def test_beside_the_greeting_too_it_is_three_segments_at_any_hour(
    directory, london, words, wish, key
):
    """And somebody is named in every one of them."""
    before = (Say(key),) if key else ()
    start = london("2026-12-24T00:30")
    for hours in range(0, 24 * 7, 11):
        answer = choose(directory, WISHES[wish], start + timedelta(hours=hours))
        said = told(directory, answer, Channel.SMS, before=before, is_first=True)
        texts = as_sent(words, (Say("welcome.sms"), *said))

        assert segments("\n\n".join(texts)) <= AT_MOST_SEGMENTS, texts
        assert said[-1].choices


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

    labels = [each.label for each in said[0].choices]
    assert labels[2:] == ["Remind me when it opens"]
    lines = "\n".join(f"{n} {each} Shuts at 11.59pm." for n, each in enumerate(longest))
    lines += f"\n3 {labels[2]}"
    assert segments(f"{first.text}\n{lines}") <= AT_MOST_SEGMENTS


def test_the_room_beside_the_greeting_is_counted_from_the_words_themselves(words):
    for key, letters in FIRST_LINES.items():
        wordings = words.variations(key, Channel.SMS)
        assert max(len(GAP.sub("", each.text)) for each in wordings) == letters, key
    for key, letters in BEFORE.items():
        wordings = words.variations(key, Channel.SMS)
        assert max(len(f"{each.text}\n\n") for each in wordings) == letters, key
    (greeting,) = words.variations("welcome.sms", Channel.SMS)
    room = AT_MOST_SEGMENTS * 153 - len(f"{greeting.text}\n\n")
    assert room >= ROOM_BESIDE_GREETING


def test_who_wants_no_calls_is_given_no_number_to_call(directory, london, words):
    for hour in range(24):
        at = london(f"2026-11-25T{hour:02}:30")
        for wishes in (
            Wishes(cannot_be_overheard=True),
            Wishes(not_ways=frozenset({Way.PHONE}), ages=aged(15)),
        ):
            (text,) = as_sent(words, who_is_open(directory, wishes, at, Channel.SMS))
            assert not re.search(r"\bcall\b", text), text
            assert "85258" in text
    assert "Childline (under 19s): chat at childline.org.uk" in text


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


@pytest.fixture
def expect(directory, london, words):
    """Ask what to expect of one service; give what is said, and how to go on."""

    def ask(name, channel=Channel.WEB, at=NIGHT, *, is_first=False):
        finding = FindingHelp(
            directory, NO_HOME, Search(), london(at), channel, is_first=is_first
        )
        found = finding.ask(f"what to expect from {name}")

        def more():
            nonlocal finding, found
            finding = replace(finding, search=found.search, is_first=False)
            found = finding.follow(read_follow(directory, "more"))
            return found.says[0]

        return found.says[0], more

    return ask


def test_what_to_expect_says_who_cost_private_wait_next_and_limits(expect, words):
    text = words.render(expect("shout")[0], Channel.WEB).text

    for line in ("Who answers:", "What it costs:", "Is it private:", "Good to know:"):
        assert line in text
    assert "Sample data" not in text


@pytest.mark.parametrize("at", ["2026-11-22T03:00", "2026-11-25T16:30"])
@pytest.mark.parametrize("is_first", [False, True])
def test_by_text_it_is_two_segments_and_more_says_the_rest(
    directory, words, expect, at, is_first
):
    """Of every service that may be shown: each fact once, the needed ones first."""
    for service in directory.shown:
        say, more = expect(service.name, Channel.SMS, at, is_first=is_first)
        texts = as_sent(words, [say])
        heard = words.render(say, Channel.SMS).text.splitlines()
        assert segments(texts[0]) <= 2, texts[0]
        assert service.summary in texts[0]
        if not is_first:
            assert "\nPrivate? " in texts[0], texts[0]
        while say.choices[0].label == "More":
            assert say.choices[0].value == f"more about {service.name}"
            say = more()
            assert say.key == "signposting.expect_more"
            heard += words.render(say, Channel.SMS).text.splitlines()
            texts += as_sent(words, [say])
        starts = [directory.phrases.say("facts_sms", name, fact="") for name in FACTS]
        for start in starts:
            assert len([line for line in heard if line.startswith(start)]) == 1, start
        assert all(segments(text) <= 2 for text in texts), texts
        assert len(texts) <= 3 + is_first
        assert all(encoding(text) == "GSM-7" for text in texts)


def test_after_everything_was_said_of_one_more_means_others(expect):
    say, more = expect("shout", Channel.SMS)
    while say.key != "signposting.others":
        say = more()


def test_one_that_is_shut_says_when_it_opens_and_one_that_is_open_says_nothing(
    expect, words
):
    shut = words.render(expect("calm")[0], Channel.WEB).text
    there = words.render(expect("samaritans")[0], Channel.WEB).text
    unsure = words.render(expect("alumina", Channel.SMS)[0], Channel.SMS).text

    assert "Shut now. Opens at 5pm." in shut
    assert "now" not in there.partition("Who answers")[0]
    assert "I don't know its hours." in unsure


@pytest.mark.parametrize("channel", list(Channel))
def test_what_is_not_known_is_said_to_be_not_known(expect, words, channel):
    text = words.render(expect("galop", channel)[0], channel).text

    assert "Not known" in text
    assert text.startswith("Sample data, not checked.")
    assert encoding(text) == "GSM-7"


def test_what_no_source_says_is_not_said_as_a_fact(expect):
    lines = expect("childline")[0].values["lines"].split("\n\n")
    by_start = {line.partition(":")[0]: line for line in lines}

    assert by_start["Good to know"].endswith("(We think so, but this is not checked.)")
    assert "not checked" not in by_start["Who answers"]


def test_a_closed_service_is_a_sentence_with_something_to_try_instead(expect, words):
    said = expect("the market place leeds")[0]

    assert said.key == "signposting.closed_try_instead"
    assert "Time for Young People" in words.render(said, Channel.SMS).text


def test_a_held_service_gives_away_no_number(expect, words):
    said = expect("muslim youth helpline")[0]
    text = words.render(said, Channel.SMS).text

    assert said.key == "signposting.not_checked_yet"
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
