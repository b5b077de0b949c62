"""What several messages say together is found without reading all of them together."""

import random
import re
from collections.abc import Sequence
from itertools import pairwise

from escalation import Recent, Route
from escalation.joining import joined
from escalation.normalise import words
from escalation.phrasebook import load
from escalation.screening import (
    _has_said,
    _is_one_sentence,
    _may_go_on,
    _reasons,
    _says_safe,
    explain,
    screen,
)

SEED = 20_261_126
TRIED = 400
AGES = (2.0, 9.0, 30.0, 500.0, 700.0)


def read_whole(text: str, recent: Sequence[Recent]) -> set[str]:
    """Read every row of messages laid together from end to end, the slow way."""
    newest = words(text)
    alone = {one.phrase.id for one in explain(newest).stood}
    rows = joined(newest, recent, shuffled=not alone, has_said=_has_said)
    together = {
        one.phrase.id
        for row in rows
        for one in explain(row.row, row.since, row.until).stood
        if _is_one_sentence(one)
    }
    if _says_safe(text, newest):
        return alone
    more = together - {id for one in recent[-4:] for id in _reasons(one)}
    if more and (counts := _may_go_on(text, recent)) is not recent:
        return read_whole(text, counts)
    return alone | more


def broken_up(text: str, chance: random.Random) -> list[str]:
    """Break a text in two to four, at a word or in the middle of one."""
    cuts = sorted(chance.sample(range(1, len(text)), min(3, len(text) - 1)))
    places = [0, *cuts[: chance.randrange(1, 4)], len(text)]
    return [text[a:b] for a, b in pairwise(places)]


def test_messages_read_where_they_meet_say_what_they_say_read_whole() -> None:
    chance = random.Random(SEED)
    examples = [one for phrase in load().phrases for one in phrase.must_match]
    found = 0
    for _ in range(TRIED):
        parts = broken_up(chance.choice(examples), chance)
        if chance.random() < 0.5:
            chance.shuffle(parts)
        *before, newest = [*chance.choices(examples, k=chance.randrange(2)), *parts]
        recent = [Recent(one, chance.choice(AGES)) for one in before]
        reasons = set(screen(newest, recent).reasons)
        assert reasons == read_whole(newest, recent), (newest, recent)
        found += bool(reasons - set(screen(newest).reasons))
    # Else nothing was tried: many of these say something only together.
    assert found > TRIED / 20


def test_an_insult_after_a_complaint_is_no_sentence_of_somebody_elses_control() -> None:
    recent = [Recent("they keep moving me", 30.0)]
    assert screen("ur useless", recent).route is Route.NONE
    recent = [Recent("my dad keeps telling me", 30.0)]
    assert screen("ur useless", recent).route is Route.HARM_FROM_OTHERS


def test_im_ok_is_of_themselves_and_no_half_of_a_worry_about_somebody() -> None:
    asked = ("are you going to ring my mum", "no")
    earlier = [Recent(one, 4.0) for one in asked]
    for said in ("im ok", "I'm fine", "am awrite"):
        assert screen(said, earlier).route is Route.NONE, said
    earlier = [Recent("my mum has taken pills", 30.0, ()), Recent("is she", 4.0, ())]
    assert screen("ok?", earlier).route is not Route.NONE


SAID_TO_THE_ASSISTANT = """\
yes|no|nah|yh|ok|skip|pause|stop|back|next|done|idk|nothing|nothing else
thats it|carry on|go on|PLAN|WHO|PERSON|MENU|HELP|show me ideas|what helps me
show me my plan|more|1|2|not now|maybe|later|thanks|bye|hi|delete|undo|near me
for my age|leave this out|share|make a plan|talk to a person|who is open now
can i stop|are you real|im safe now|what|why|how many more|ask me like normal
give me my data|give me the choices|show me again|excuse me|my dog|my nan
music|walk|sleep|join phone|delete everything|is it free|take me back"""


def test_no_two_things_said_to_the_assistant_are_halves_of_a_crisis() -> None:
    said = re.split(r"[|\n]", SAID_TO_THE_ASSISTANT)
    found = [
        (before, text)
        for before in said
        for text in said
        if screen(text, [Recent(before, 15.0)]).route is not Route.NONE
    ]
    assert found == []


def test_a_teacher_who_is_killing_me_is_no_emergency_after_another_message() -> None:
    for before in ("hi", "im bored", "miss smith is killing me"):
        earlier = [Recent(before, 3.0)]
        assert screen("miss smith is killing me", earlier).route is Route.NONE
        there = screen("mr jones is killing me in the kitchen", earlier)
        assert there.route is Route.EMERGENCY_NOW


def test_tablets_that_somebody_keeps_are_no_worry_after_another_message() -> None:
    before = [Recent("my mates with me", 60.0), Recent("yh next", 20.0)]
    for said in (
        "mum keeps my tablets",
        "my tablets stay with nan",
        "ask nan to keep my paracetamol",
    ):
        assert screen(said, before).route is Route.NONE, said
    assert screen("mum keeps hiding pills", before).route is Route.CONCERN_FOR_OTHER
