"""Measures understanding side by side and writes `docs/evaluation.md`: `make evaluate`.

Every pipeline is trained on the same examples and hears the same held-back sentences,
in Rasa's own process. Cross-validation deals the examples into three hands, each
heard by a model trained on the other two.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from runtime.model import RASA_PYTHON
from tests.evaluation import page
from tests.evaluation.figures import Figures
from tests.evaluation.measuring import figures, hear, quiet
from tests.evaluation.sentences import ROOT, Sentence, held_back, trained_on

HERE = Path(__file__).parent
PIPELINES = {
    "ours": ROOT / "config.yml",
    "counts": HERE / "pipelines" / "counts.yml",
    "diet": HERE / "pipelines" / "diet.yml",
}
HANDS = 3
HANDS_HEARD = {"diet": 1}
"""Where training takes many minutes, one hand is heard and not all three."""
KEPT = ROOT / "var" / "evaluation"
SENTENCE_PYTHON = "EVALUATION_PYTHON"
"""Names a Python that has scikit-learn and a package that ships a sentence model."""


@dataclass(frozen=True)
class Measured:
    """One pipeline's figures; seconds, milliseconds and MB."""

    held: Figures
    crossed: Figures | None
    training_s: float
    median_ms: float
    p95_ms: float
    memory_mb: float
    model_mb: float


def main(names: list[str]) -> None:
    """Measure the named pipelines, or all, and write the page from all that is kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for name in names or [*PIPELINES, "sentences"]:
        measured = sentence_features() if name == "sentences" else pipeline(name)
        if measured is not None:
            page.keep(KEPT / f"{name}.json", measured)
    if not (KEPT / "ours.json").exists():
        sys.exit("Nothing is written before our own pipeline is measured.")
    page.write(ROOT / "docs" / "evaluation.md", KEPT)


def pipeline(name: str) -> Measured:
    """Train and hear one Rasa pipeline."""
    with tempfile.TemporaryDirectory() as folder:
        examples, said = trained_on(), held_back()
        model, training_s = train(PIPELINES[name], examples, Path(folder) / "whole")
        answer = hear(model, [each.text for each in said])
        return Measured(
            held=figures(said, answer),
            crossed=crossed(name, examples, Path(folder)),
            training_s=training_s,
            median_ms=answer["median_ms"],
            p95_ms=answer["p95_ms"],
            memory_mb=answer["memory_mb"],
            model_mb=model.stat().st_size / 1_000_000,
        )


def crossed(name: str, examples: list[Sentence], folder: Path) -> Figures:
    """Hear every example with a model that was not trained on it."""
    together = Figures()
    for hand in range(HANDS_HEARD.get(name, HANDS)):
        out = [each for at, each in enumerate(examples) if at % HANDS == hand]
        rest = [each for at, each in enumerate(examples) if at % HANDS != hand]
        model, _ = train(PIPELINES[name], rest, folder / f"hand{hand}")
        answer = hear(model, [each.text for each in out])
        together.outcomes += figures(out, answer).outcomes
    return together


def train(config: Path, examples: list[Sentence], folder: Path) -> tuple[Path, float]:
    """Train understanding alone, without the dialogue; give the model and seconds."""
    folder.mkdir(parents=True)
    (folder / "nlu.yml").write_text(_nlu(examples), encoding="utf-8")
    plain = yaml.safe_load(config.read_text(encoding="utf-8"))
    plain = {**plain, "policies": [], "importers": []}
    (folder / "config.yml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    command = [str(RASA_PYTHON), "-m", "rasa", "train", "nlu"]
    command += ["--nlu", "nlu.yml", "--config", "config.yml", "--out", "."]
    command += ["--fixed-model-name", "model", "--quiet"]
    started = time.monotonic()
    ran = subprocess.run(
        command, cwd=folder, env=quiet(), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-3000:])
    return folder / "model.tar.gz", time.monotonic() - started


def sentence_features() -> Measured | None:
    """Measure a sentence model beside our features, where somebody installed one."""
    python = os.environ.get(SENTENCE_PYTHON)
    if not python:
        return None
    both = {
        "examples": [[each.text, each.meant] for each in trained_on()],
        "held_back": [[each.text, each.meant] for each in held_back()],
        "hands": HANDS,
    }
    ran = subprocess.run(
        [python, "-m", "tests.evaluation.sentence_model"],
        input=json.dumps(both),
        cwd=ROOT,
        env=quiet(),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-3000:])
    answer = json.loads(ran.stdout.splitlines()[-1])
    return Measured(
        held=figures(held_back(), {"heard": answer.pop("held")}),
        crossed=figures(trained_on(), {"heard": answer.pop("crossed")}),
        **answer,
    )


def _nlu(examples: list[Sentence]) -> str:
    by_meaning: dict[str, list[str]] = {}
    for each in examples:
        by_meaning.setdefault(each.meant, []).append(each.text)
    entries = [
        {"intent": meant, "examples": "".join(f"- {line}\n" for line in lines)}
        for meant, lines in by_meaning.items()
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True)


if __name__ == "__main__":
    main(sys.argv[1:])
