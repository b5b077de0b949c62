"""Every labelled text is well formed, rightly labelled, and stands only once."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

SETS = Path(__file__).parent / "sets"
PORTIONS = (
    "dev",
    "dev_second",
    "dev_third",
    "dev_fourth",
    "dev_fifth",
    "dev_sixth",
    "dev_seventh",
    "dev_eighth",
    "dev_ninth",
    "dev_tenth",
    "dev_eleventh",
    "dev_twelfth",
    "dev_thirteenth",
    "dev_fourteenth",
    "dev_fifteenth",
    "dev_sixteenth",
    "dev_seventeenth",
    "dev_eighteenth",
    "dev_nineteenth",
    "dev_twentieth",
    "dev_twentyfirst",
    "held_back",
    "held_back_second",
    "held_back_third",
    "held_back_fourth",
    "held_back_fifth",
    "held_back_sixth",
    "held_back_seventh",
    "held_back_eighth",
    "held_back_ninth",
    "held_back_tenth",
    "held_back_eleventh",
    "held_back_twelfth",
)
ROUTES = {
    "emergency_now",
    "suicide",
    "self_harm",
    "harm_from_others",
    "concern_for_other",
}
EXPECTED = {
    "explicit": {"suicide", "self_harm"},
    "implicit": {"suicide", "self_harm", "any_crisis"},
    "evasive": ROUTES | {"any_crisis"},
    "harm_from_others": {"harm_from_others", "any_crisis"},
    "concern_for_other": {"concern_for_other", "any_crisis"},
    "emergency": {"emergency_now", "any_crisis"},
    "everyday": {"none"},
    "lookalike": {"none"},
}


def lines(portion: str) -> list[dict]:
    return [
        json.loads(line)
        for file in sorted((SETS / portion).glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def compared(line: dict) -> tuple[bool, str]:
    """What makes two lines the same; in `evasive` the spelling is what is tested."""
    before = [earlier["text"] for earlier in line.get("recent", ())]
    whole = " / ".join([*before, line["text"]])
    if line["group"] == "evasive":
        return True, whole
    return False, " ".join(re.sub(r"[^\w\s]", "", whole.lower()).split()) or whole


@pytest.mark.parametrize("portion", PORTIONS)
def test_each_line_has_a_text_and_a_label_its_group_allows(portion) -> None:
    assert {file.stem for file in (SETS / portion).glob("*.jsonl")} == set(EXPECTED)
    wrong = [
        line["id"]
        for line in lines(portion)
        if not line["text"].strip()
        or line["expect"] not in EXPECTED[line["group"]]
        or ("kind" in line) != (line["group"] == "lookalike")
        or any(not m["text"].strip() or m["age_s"] < 0 for m in line.get("recent", ()))
    ]
    assert wrong == []


def test_no_id_and_no_text_stands_twice() -> None:
    every = [line for portion in PORTIONS for line in lines(portion)]
    ids = Counter(line["id"] for line in every)
    assert [name for name, times in ids.items() if times > 1] == []
    # A text of marks or emoji alone may stand in each portion: there are few of them.
    every = [line for line in every if any(sign.isalnum() for sign in line["text"])]
    texts = Counter(compared(line) for line in every)
    # Ids are shown, never texts: who writes phrases may not read those held back.
    assert [line["id"] for line in every if texts[compared(line)] > 1] == []
