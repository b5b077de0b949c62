"""What several messages say together is found without reading all of them together."""

import random
from itertools import pairwise

from escalation import Recent, Route
from escalation.joining import joined
from escalation.normalise import words
from escalation.phrasebook import load
from escalation.screening import (
    _has_said,
    _is_one_sentence,
    _reasons,
    _says_safe,
    explain,
    screen,
)

SEED = 20_261_126
TRIED = 400
AGES = (2.0, 9.0, 30.0, 500.0, 700.0)


def read_whole(text: str, recent: list[Recent]) -> set[str]:
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
    return alone | (together - {id for one in recent[-4:] for id in _reasons(one)})


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
