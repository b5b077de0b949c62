"""The asking: nothing is picked beforehand, and what is picked is what is shared."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.turns import handover as turns
from bot.words import Words
from channels.sms.sending import MOST_CHARACTERS
from foundations.gsm7 import fold
from foundations.saying import Channel
from gateway.texting.one_text import text_body
from handover import (
    Ask,
    Asking,
    Heard,
    InformationSet,
    ItemKind,
    Possible,
    hear,
    wishes_change,
)

WORDS = Words.load()
OWN_WORDS = (ItemKind.HELP_WITH, ItemKind.NEEDS, ItemKind.TRIED)


def test_it_begins_with_nothing_picked() -> None:
    asking = Asking(Ask.REACH)

    assert asking.items == ()
    assert asking.also is False


def test_every_question_comes_once_and_the_preview_last() -> None:
    possible = Possible(plan_parts=("distractions",), has_next=True)
    asking, asked = Asking(Ask.REACH), [Ask.REACH]
    while asking.at is not Ask.PREVIEW:
        asking = asking.onward(possible)
        asked.append(asking.at)

    assert asked == [
        Ask.REACH,
        Ask.HELP_WITH,
        Ask.FROM_PLAN,
        Ask.NEEDS,
        Ask.TRIED,
        Ask.ALSO,
        Ask.PREVIEW,
    ]


def test_what_there_is_not_is_not_asked_about() -> None:
    asking, asked = Asking(Ask.REACH), []
    while asking.at is not Ask.PREVIEW:
        asking = asking.onward(Possible())
        asked.append(asking.at)

    assert Ask.FROM_PLAN not in asked
    assert Ask.ALSO not in asked


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Yes.", Heard.YES),
        ("leave this out", Heard.LEAVE_OUT),
        ("leave out", Heard.LEAVE_OUT),
        ("nah leave it out pls", Heard.LEAVE_OUT),
        ("what will they see", Heard.SEE),
        ("i do not understand the question", Heard.UNCLEAR),
        ("what do u mean", Heard.UNCLEAR),
        ("whats ur question again", Heard.UNCLEAR),
        ("no, that was a question", Heard.UNCLEAR),
        ("lol", Heard.UNCLEAR),
        ("hello?", Heard.HELLO),
        ("how long will it take", Heard.WHO_AND_WHEN),
        ("will they have to tell my mum", Heard.WHO_IS_TOLD),
        ("r they gonna call the police", Heard.WHO_IS_TOLD),
        ("will they call me", Heard.ASIDE),
        ("will they text my phone", Heard.ASIDE),
        ("what they did to my brother", Heard.WORDS),
        ("idk", Heard.UNSURE),
        ("nothing", Heard.NO),
        ("nothing works so far", Heard.WORDS),
        ("Show me so far", Heard.SHOW),
        ("never mind", Heard.NEVER_MIND),
        ("no wait dont", Heard.NEVER_MIND),
        ("stop", Heard.NEVER_MIND),
        ("dont send it pls", Heard.NEVER_MIND),
        ("cancel", Heard.NEVER_MIND),
        ("idk what to put tbh", Heard.UNSURE),
        ("ok fine yes", Heard.YES),
        ("yeah i guess", Heard.HALF),
        ("dont want a person anymore", Heard.NEVER_MIND),
        ("so is someone coming or not", Heard.WHO_AND_WHEN),
        ("can i go back", Heard.BACK),
        ("wait who sees this", Heard.ASIDE),
        ("does anyone else see it", Heard.ASIDE),
        ("stop my dad shouting at us", Heard.WORDS),
        ("dont want my mum to know", Heard.WORDS),
        ("wait times at camhs", Heard.WORDS),
        ("will you tell my mum?", Heard.ASIDE),
        ("who sees this", Heard.ASIDE),
        ("my mum and dad are splitting up", Heard.WORDS),
        ("how my mum treats me", Heard.WORDS),
        ("yes but only about school", Heard.WORDS),
        ("what to do about my exams", Heard.WORDS),
        ("", Heard.WORDS),
    ],
)
def test_an_answer_is_heard_for_what_it_is(said: str, heard: Heard) -> None:
    assert hear(said) is heard


@pytest.mark.parametrize(
    ("said", "is_wish"),
    [
        ("no take that out", True),
        ("change 3", True),
        ("remove the last one", True),
        ("can u take out the bit about my mum pls", True),
        ("i dont want my nan in it", True),
        ("leave it out", True),
        ("change 4.1 to music", False),
        ("edit my plan", False),
        ("no", False),
        ("will they see this", False),
        ("dont send it", False),
    ],
)
def test_a_wish_to_change_what_was_shown_is_heard(said: str, is_wish: bool) -> None:
    assert wishes_change(said) is is_wish


@given(
    st.dictionaries(st.sampled_from(OWN_WORDS), st.text(max_size=300)),
    st.sampled_from(Channel),
)
def test_the_payload_is_the_preview_byte_for_byte_whatever_is_written(
    written: dict[ItemKind, str], channel: Channel
) -> None:
    asking = Asking(Ask.REACH).with_item(turns.reach_item(WORDS, channel))
    for kind, said in written.items():
        asking = asking.with_item(turns.own_words_item(WORDS, channel, kind, said))
    kept = InformationSet.from_json(asking.information.to_json())
    organisation = _organisation()
    (say,) = turns.preview(WORDS, channel, kept, turns.Recipients(organisation))
    shown = WORDS.render(say, channel).text

    assert kept.payload().decode() in shown
    # What a text shows is folded once more on its way out, and stays the same.
    assert fold(kept.preview()) == kept.preview()
    assert kept.preview().count("\n") == len(written)
    assert Asking.from_json(asking.to_json()) == asking


def _organisation():
    from handover import Organisations

    return Organisations.load().by_id["demo"]


def test_an_item_said_again_takes_the_place_of_the_one_before() -> None:
    asking = Asking(Ask.HELP_WITH)
    for said in ("my dad", "moving house"):
        item = turns.own_words_item(WORDS, Channel.WEB, ItemKind.HELP_WITH, said)
        asking = asking.with_item(item)

    assert "my dad" not in asking.information.preview()
    assert len(asking.items) == 1


def test_the_longest_preview_there_can_be_fits_in_one_text() -> None:
    item = turns.own_words_item(WORDS, Channel.SMS, ItemKind.NEEDS, "")
    spare = turns.MOST_SHARED - len(item.line)
    full = InformationSet((replace(item, line=item.line + "x" * spare),))
    organisation = _organisation()
    to = turns.Recipients(organisation, organisation, "9am on 25 September")
    (say,) = turns.preview(WORDS, Channel.SMS, full, to)

    assert len(text_body([WORDS.render(say, Channel.SMS)])) <= MOST_CHARACTERS
