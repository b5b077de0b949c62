"""Writes what was measured into `docs/evaluation.md`, from the kept figures."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.evaluation.figures import Figures, Outcome

if TYPE_CHECKING:
    from tests.evaluation.run import Measured

ARGUED = Path(__file__).parent / "page.md"
CALLED = {
    "ours": "**ours**: words and letters weighed, text-speak written out",
    "counts": "counts: Rasa's own counts and classifier",
    "diet": "DIET: Rasa's template transformer",
    "sentences": "sentence model (MiniLM) beside our features",
}
MATTER_MOST = (
    "talk_to_a_person",
    "who_is_open",
    "make_safety_plan",
    "plan_show",
    "delete_my_data",
)
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)


def keep(file: Path, measured: Measured) -> None:
    """Keep one pipeline's figures, so that the page can be written without the rest."""
    kept = {**asdict(measured), "measured_at": datetime.now(UTC).date().isoformat()}
    file.write_text(json.dumps(kept), encoding="utf-8")


def write(page: Path, kept: Path) -> None:
    """Put the tables into the page, between the words that argue the choice."""
    found = {
        name: json.loads((kept / f"{name}.json").read_text(encoding="utf-8"))
        for name in CALLED
        if (kept / f"{name}.json").exists()
    }
    ours = found["ours"]
    tables = {
        "measured_at": ours["measured_at"],
        "side_by_side": _side_by_side(found),
        "requests": _requests(found),
        "thresholds": _thresholds(_figures(ours["held"])),
        "meanings": _meanings(_figures(ours["held"]), _figures(ours["crossed"])),
        "confusions": _confusions(_figures(ours["crossed"])),
    }
    text = ARGUED.read_text(encoding="utf-8")
    for name, table in tables.items():
        text = text.replace(f"{{{{{name}}}}}", table)
    page.write_text(text, encoding="utf-8")


def _figures(kept: dict[str, Any]) -> Figures:
    return Figures([Outcome(**each) for each in kept["outcomes"]])


def _side_by_side(found: dict[str, Any]) -> str:
    rows = ["held-back F1", "right", "asked about", "acted on wrongly"]
    head = ["pipeline", *rows, "cross-validated F1", "training", "one message"]
    lines = [_row([*head, "memory", "model"]), _row(["---"] * (len(head) + 2))]
    for name, one in found.items():
        held = _figures(one["held"])
        crossed = f"{_figures(one['crossed']).macro_f1:.3f}" if one["crossed"] else "-"
        lines.append(
            _row(
                [
                    CALLED[name],
                    f"{held.macro_f1:.3f}",
                    f"{held.accuracy:.1%}",
                    f"{held.asked:.1%}",
                    f"{held.wrong:.1%}",
                    crossed,
                    f"{one['training_s']:.0f} s",
                    f"{one['median_ms']:.1f} ms (p95 {one['p95_ms']:.1f})",
                    f"{one['memory_mb']:.0f} MB",
                    f"{one['model_mb']:.1f} MB",
                ]
            )
        )
    return "\n".join(lines)


def _requests(found: dict[str, Any]) -> str:
    lines = [_row(["meaning", *found]), _row(["---"] * (len(found) + 1))]
    recalls = [_figures(one["held"]).recall_by_meaning() for one in found.values()]
    for meaning in MATTER_MOST:
        lines.append(
            _row([f"`{meaning}`", *(f"{recall[meaning]:.2f}" for recall in recalls)])
        )
    return "\n".join(lines)


def _thresholds(held: Figures) -> str:
    lines = [_row(["sure enough from", "asked about", "acted on wrongly"])]
    lines.append(_row(["---"] * 3))
    for sure in THRESHOLDS:
        asked, wrong = held.at(sure)
        lines.append(_row([f"{sure}", f"{asked:.1%}", f"{wrong:.1%}"]))
    return "\n".join(lines)


def _meanings(held: Figures, crossed: Figures) -> str:
    lines = [
        _row(["meaning", "held-back recall", "held-back F1", "cross-validated F1"])
    ]
    lines.append(_row(["---"] * 4))
    f1, across = held.f1_by_meaning(), crossed.f1_by_meaning()
    for meaning, recall in held.recall_by_meaning().items():
        shown = (f"{recall:.2f}", f"{f1[meaning]:.2f}", f"{across[meaning]:.2f}")
        lines.append(_row([f"`{meaning}`", *shown]))
    return "\n".join(lines)


def _confusions(crossed: Figures) -> str:
    lines = [_row(["meant", "taken for", "times"]), _row(["---"] * 3)]
    for meant, guessed, times in crossed.confusions():
        lines.append(_row([f"`{meant}`", f"`{guessed}`", str(times)]))
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
