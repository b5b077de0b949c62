"""How many parts a text goes out in, with whatever somebody wrote in it."""

import pytest

from foundations.gsm7 import encoding, segments
from tests.journeys.handrail import Handrail, Sms
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture
def robin(dialogue: ReadableDialogue, sms: Sms) -> Sms:
    """Somebody who makes a plan by text; the dialogue is away."""
    dialogue.away = True
    for said in ("make a safety plan", "yes"):
        sms.young_person_says(said)
    return sms


def charged(handrail: Handrail, sms: Sms) -> list[int]:
    """The parts of every text to this phone, as the provider charges them."""
    return [text.segments for text in handrail.stand_in.phone(sms.number).texts]


@pytest.mark.parametrize(
    ("line", "alphabet"),
    [
        ("listen to music", "GSM-7"),
        ("\u201cit\u2019s ok\u201d \u2013 breathe\u2026", "GSM-7"),
        ("[walk] ~ {run} | \u20ac5 for a bus", "GSM-7"),
        ("caf\u00e9 with na\u00efve Ana", "UCS-2"),
        ("mynd i'r t\u0177 ar y bryn", "UCS-2"),
        ("t\u0175r Llys\u0177", "UCS-2"),
        ("hug my dog \U0001f436", "UCS-2"),
        ("\U0001f469\u200d\U0001f469\u200d\U0001f467 call them \u2764\ufe0f", "UCS-2"),
        ("mówić z babcią", "UCS-2"),
    ],
    ids=ascii,
)
def test_a_line_of_a_plan_comes_back_whole_in_the_letters_it_needs_and_no_other(
    handrail: Handrail, robin: Sms, line: str, alphabet: str
) -> None:
    robin.young_person_says(line)
    for said in ("yes", "pause", "PLAN"):
        robin.young_person_says(said)
    shown = robin.texts[-1]
    plain = line.replace("\u2019", "'").replace("\u2013", "-").replace("\u2026", "...")
    plain = plain.replace("\u201c", '"').replace("\u201d", '"')

    assert plain in shown
    assert encoding(shown) == alphabet
    assert segments(shown) <= 2
    assert charged(handrail, robin) == [segments(text) for text in robin.texts]


def test_a_plan_of_many_long_lines_is_shaped_and_not_cut(
    handrail: Handrail, robin: Sms
) -> None:
    lines = [f"a walk to the sea number {n} with the dog and a song" for n in range(9)]
    for line in lines:
        robin.young_person_says(line)
    for said in ("yes", "pause", "PLAN"):
        robin.young_person_says(said)
    shown = robin.texts[-1]

    assert segments(shown) <= 3
    words = [word for row in shown.splitlines() for word in row.split()]
    assert not [word for word in words if word.startswith("numbe") and word != "number"]


def test_every_answer_is_one_text(handrail: Handrail, robin: Sms) -> None:
    for said in ("music", "yes", "next", "WHO", "PERSON", "yes", "HELP", "STOP"):
        before = len(robin.texts)
        robin.young_person_says(said)

        assert len(robin.texts) == before + 1, said
