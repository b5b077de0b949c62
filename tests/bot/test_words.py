"""Words without Rasa: the same YAML, the same choice of variation, gaps never shown."""

from pathlib import Path

import pytest

from bot.gaps import GapNotFilled, fill
from bot.words import NoSuchWords, Words, WordsError
from foundations.saying import Channel, Choice, Say

YAML = """
version: "3.1"
responses:
  utter_demo.hello:
    - text: "Hello on the web"
      buttons:
        - title: "Yes"
          payload: "yes"
    - text: "Hello by text"
      channel: sms
    - text: "Hi by text"
      channel: sms
  utter_demo.about:
    - text: "About {topic}."
"""


def words_of(folder: Path, text: str = YAML) -> Words:
    (folder / "demo.yml").write_text(text)
    return Words.load(folder)


def test_a_channel_hears_its_own_words_and_the_other_the_words_for_all(
    tmp_path: Path,
) -> None:
    words = words_of(tmp_path)

    assert words.render(Say("demo.hello"), Channel.SMS).text == "Hello by text"
    assert words.render(Say("demo.hello"), Channel.WEB).text == "Hello on the web"


def test_variations_are_counted_round(tmp_path: Path) -> None:
    words = words_of(tmp_path)
    said = [
        words.render(Say("demo.hello"), Channel.SMS, variation=turn).text
        for turn in range(3)
    ]

    assert said == ["Hello by text", "Hi by text", "Hello by text"]


def test_written_choices_come_first_then_those_of_the_moment(tmp_path: Path) -> None:
    more = Choice("More", "more")
    reply = words_of(tmp_path).render(Say("demo.hello", {}, (more,)), Channel.WEB)

    assert reply.choices == (Choice("Yes", "yes"), more)


@pytest.mark.parametrize("said", ["{topic}", "{0[topic]}", "{{x}}", "50% {", "{"])
def test_what_a_person_wrote_is_never_read_as_a_template(
    tmp_path: Path, said: str
) -> None:
    reply = words_of(tmp_path).render(Say("demo.about", {"topic": said}), Channel.WEB)

    assert reply.text == f"About {said}."


def test_a_gap_without_a_value_is_an_error_that_names_only_the_gap(
    tmp_path: Path,
) -> None:
    words = words_of(tmp_path)

    with pytest.raises(GapNotFilled, match="topic"):
        words.render(Say("demo.about"), Channel.WEB)


def test_a_key_that_nobody_wrote_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoSuchWords, match=r"demo\.missing"):
        words_of(tmp_path).render(Say("demo.missing"), Channel.WEB)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("responses: {utter_a: [{channel: sms, text: Hi}]}", "every channel"),
        ("responses: {utter_a: [{text: ''}]}", "needs a text"),
        ("responses: {utter_a: [{text: Hi, channel: email}]}", "utter_a"),
        ("responses: {utter_a: [{text: Hi, condition: []}]}", "conditions"),
        (
            "responses: {utter_a: [{text: Hi, buttons: [{title: A, payload: /a}]}]}",
            "plain words",
        ),
        ("responses: {utter_a: [{text: Hi, buttons: [{title: A}]}]}", "payload"),
    ],
)
def test_words_that_cannot_be_spoken_are_refused_at_the_start(
    tmp_path: Path, written: str, names: str
) -> None:
    with pytest.raises(WordsError, match=names):
        words_of(tmp_path, written)


def test_the_same_response_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text("responses: {utter_demo.about: [{text: Hi}]}")

    with pytest.raises(WordsError, match=r"demo\.about"):
        words_of(tmp_path)


def test_every_response_can_be_spoken_on_both_channels(words: Words) -> None:
    for key in words.by_key:
        values = dict.fromkeys(words.gaps(key), "something")
        for channel in Channel:
            reply = words.render(Say(key, values), channel)

            assert "{" not in reply.text, key


def test_filling_leaves_braces_that_are_no_gap_alone() -> None:
    assert fill("a {B} {} {x y} {z}", {"z": "1"}) == "a {B} {} {x y} 1"


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{organisation} is open.", "The demo charity is open."),
        ("In line. {organisation} has it.", "In line. The demo charity has it."),
        ("I asked {organisation}.", "I asked the demo charity."),
        ("With: {organisation}", "With: the demo charity"),
        ("{organisation}, and {next}", "the demo charity, and the next one"),
        ("{what}", "the demo charity"),
    ],
)
def test_a_sentence_that_begins_with_a_charitys_name_begins_with_a_capital(
    text: str, filled: str
) -> None:
    names = {"organisation": "the demo charity", "next": "the next one"}
    assert fill(text, {**names, "what": "the demo charity"}) == filled


@pytest.mark.parametrize("name", ["kooth", "theatre kids", "The Mix"])
def test_a_name_of_its_own_stays_as_it_is(name: str) -> None:
    assert fill("{organisation} is open.", {"organisation": name}).startswith(name)


def test_a_wording_is_followed_by_the_next_and_the_last_by_the_first(
    tmp_path: Path,
) -> None:
    words = words_of(tmp_path)

    heard, before = [], None
    for _ in range(3):
        before = words.after("demo.hello", Channel.SMS, before).text
        heard.append(before)

    assert heard == ["Hello by text", "Hi by text", "Hello by text"]


def test_a_wording_is_known_again_whatever_filled_its_gaps(tmp_path: Path) -> None:
    (about,) = words_of(tmp_path).variations("demo.about", Channel.WEB)

    assert about.said("About a{b} (and\nmore).")
    assert not about.said("About (more) and then some")
