"""Writes what was measured into `docs/evaluation.md`, from the parts that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.evaluation.figures import Figures
from tests.evaluation.parts import HANDS, WHOLE, Part

ARGUED = Path(__file__).parent / "page.md"
CALLED = {
    "ours": "**ours**: words and letters, and the sentence where they are not sure",
    "words": "words: ours without the sentence",
    "counts": "counts: Rasa's own counts and classifier",
    "diet": "DIET: Rasa's template transformer",
}
MATTER_MOST = (
    "talk_to_a_person",
    "who_is_open",
    "make_safety_plan",
    "plan_show",
    "delete_my_data",
)
NEVER_WRONGLY = ("delete_my_data", "plan_edit", "plan_undo")
"""Each of these changes or wipes what somebody wrote, or leads there."""
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)

Measured = Mapping[str, Mapping[str, Part]]
"""By pipeline, then by part; what has not been measured is not there."""


def write(page: Path, measured: Measured) -> None:
    """Put the tables into the page, between the words that argue the choice."""
    found = {name: measured[name] for name in CALLED if WHOLE in measured[name]}
    held, across = found["ours"][WHOLE].figures, crossed(found["ours"])
    tables = {
        "measured_on": found["ours"][WHOLE].measured_on,
        "side_by_side": _side_by_side(found),
        "requests": _requests(found),
        "wrongly": _wrongly(found),
        "thresholds": _thresholds(held, across),
        "meanings": _meanings(found),
        "confusions": _confusions(across),
    }
    text = ARGUED.read_text(encoding="utf-8")
    for name, table in tables.items():
        text = text.replace(f"{{{{{name}}}}}", table)
    page.write_text(text, encoding="utf-8")


def crossed(parts: Mapping[str, Part]) -> Figures:
    """Put together what was heard by models that were not trained on it."""
    hands = (part for name, part in parts.items() if name != WHOLE)
    return Figures([each for part in hands for each in part.outcomes])


def _side_by_side(found: Measured) -> str:
    head = ["pipeline", "held-back F1", "right", "asked about", "acted on wrongly"]
    head += ["cross-validated F1", "right", "asked about", "acted on wrongly"]
    head += ["training", "one message", "memory", "model"]
    rows = []
    for name, parts in found.items():
        one = parts[WHOLE]
        rows.append(
            [
                CALLED[name],
                *_shares(one.figures),
                *_across(parts),
                _training(one),
                f"{one.median_ms:.1f} ms (p95 {one.p95_ms:.1f})",
                f"{one.memory_mb:.0f} MB",
                f"{one.model_mb:.1f} MB",
            ]
        )
    return _table(head, rows)


def _training(one: Part) -> str:
    on_the_clock = f"{one.training_s:.0f} s"
    if not one.training_cpu_s:
        return on_the_clock
    return f"{one.training_cpu_s:.0f} s of a processor, {on_the_clock} on the clock"


def _shares(counted: Figures) -> list[str]:
    return [
        f"{counted.macro_f1:.3f}",
        f"{counted.accuracy:.1%}",
        f"{counted.asked:.1%}",
        f"{counted.wrong:.1%}",
    ]


def _across(parts: Mapping[str, Part]) -> list[str]:
    hands = len(parts) - 1
    if not hands:
        return ["not measured", "-", "-", "-"]
    f1, *others = _shares(crossed(parts))
    return [f1 if hands == HANDS else f"{f1} ({hands} of {HANDS} hands)", *others]


def _requests(found: Measured) -> str:
    head = ["meaning"]
    head += [f"{name}, {how}" for name in found for how in ("held back", "crossed")]
    recalls = [each for parts in found.values() for each in _recalls(parts)]
    rows = [
        [f"`{name}`", *(_two(recall, name) for recall in recalls)]
        for name in MATTER_MOST
    ]
    return _table(head, rows)


def _recalls(parts: Mapping[str, Part]) -> tuple[dict[str, float], dict[str, float]]:
    held = parts[WHOLE].figures.recall_by_meaning()
    return held, crossed(parts).recall_by_meaning()


def _wrongly(found: Measured) -> str:
    rows = [
        [
            f"`{meaning}`",
            *(
                str(len(counted.wrongly(meaning)))
                for parts in found.values()
                for counted in (parts[WHOLE].figures, crossed(parts))
            ),
        ]
        for meaning in NEVER_WRONGLY
    ]
    head = ["taken for, wrongly"]
    head += [f"{name}, {how}" for name in found for how in ("held back", "crossed")]
    return _table(head, rows)


def _thresholds(held: Figures, across: Figures) -> str:
    head = ["sure enough from", "held back: asked about", "acted on wrongly"]
    head += ["cross-validated: asked about", "acted on wrongly"]
    rows = [
        [
            f"{sure}",
            *(f"{share:.1%}" for each in (held, across) for share in each.at(sure)),
        ]
        for sure in THRESHOLDS
    ]
    return _table(head, rows)


def _meanings(found: Measured) -> str:
    ours = found["ours"][WHOLE].figures
    f1 = ours.f1_by_meaning()
    held = ours.recall_by_meaning()
    others = {
        name: crossed(parts).recall_by_meaning()
        for name, parts in found.items()
        if len(parts) > 1
    }
    head = ["meaning", "held-back recall", "held-back F1"]
    head += [f"cross-validated recall: {name}" for name in others]
    rows = [
        [
            f"`{meaning}`",
            f"{held[meaning]:.2f}",
            f"{f1[meaning]:.2f}",
            *(_two(recall, meaning) for recall in others.values()),
        ]
        for meaning in held
    ]
    return _table(head, rows)


def _confusions(across: Figures) -> str:
    rows = [
        [f"`{meant}`", f"`{guessed}`", str(times)]
        for meant, guessed, times in across.confusions()
    ]
    return _table(["meant", "taken for", "times"], rows)


def _two(recall: Mapping[str, float], meaning: str) -> str:
    return f"{recall[meaning]:.2f}" if meaning in recall else "-"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    return "\n".join(_row(cells) for cells in (head, ["---"] * len(head), *rows))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
