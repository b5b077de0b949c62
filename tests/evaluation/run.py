"""Measures understanding side by side and writes `docs/evaluation.md`: `make evaluate`.

Every pipeline is trained on the same examples and hears the same held-back sentences.
Cross-validation deals the examples into three hands, each heard by a model trained on
the other two. Each part is kept as it finishes, so a run that was stopped goes on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from tests.evaluation import page
from tests.evaluation.measuring import RasaProcess, figures, hear, quiet
from tests.evaluation.parts import PARTS, WHOLE, Part, dealt, keep, kept, made_from
from tests.evaluation.sentences import ROOT, Sentence

HERE = Path(__file__).parent
PIPELINES = {
    "ours": ROOT / "config.yml",
    "counts": HERE / "pipelines" / "counts.yml",
    "diet": HERE / "pipelines" / "diet.yml",
}
SENTENCES = "sentences"
MADE_BY = {**PIPELINES, SENTENCES: HERE / "sentence_model.py"}
SENTENCE_PYTHON = "EVALUATION_PYTHON"
"""Names a Python that has scikit-learn and a package that ships a sentence model."""


MOST_SECONDS, MOST_MB = 60, 900
"""Training on two quiet cores: so much of their time, whatever else they do beside it;
and the memory of a process that hears."""


def main(names: list[str]) -> None:
    """Measure what is missing of the named pipelines, or of all, and write the page.

    Ends with an error that names each bar which ours does not keep.
    """
    for name in names or [SENTENCES, *PIPELINES]:
        source = made_from(MADE_BY[name])
        missing = [part for part in PARTS if kept(name, part, source) is None]
        if missing and name == SENTENCES:
            sentence_features(missing, source)
        elif missing:
            pipeline(name, missing, source)
        write()
    ours = kept("ours", WHOLE, made_from(MADE_BY["ours"]))
    if ours is not None and (over := too_much(ours)):
        sys.exit("; ".join(over))


def too_much(part: Part) -> list[str]:
    """Name what takes longer or more than it may; nothing when all is kept."""
    over = []
    if part.training_cpu_s > MOST_SECONDS:
        over.append(
            f"training took {part.training_cpu_s:.0f} s of a processor"
            f" ({part.training_s:.0f} s on the clock), bar {MOST_SECONDS}"
        )
    if part.memory_mb > MOST_MB:
        over.append(f"hearing took {part.memory_mb:.0f} MB, bar {MOST_MB}")
    return over


def write() -> None:
    """Write the page from every part that was measured from the files as they are."""
    found = {
        name: {
            part: measured
            for part in PARTS
            if (measured := kept(name, part, made_from(made_by))) is not None
        }
        for name, made_by in MADE_BY.items()
    }
    if WHOLE in found["ours"] and len(found["ours"]) == len(PARTS):
        page.write(ROOT / "docs" / "evaluation.md", found)


def pipeline(name: str, missing: list[str], source: str) -> None:
    """Train and hear one Rasa pipeline, a part at a time, in one process."""
    with tempfile.TemporaryDirectory() as folder, RasaProcess() as rasa:
        for part in missing:
            trained_on, said = dealt(part)
            place = Path(folder) / part
            model = put(PIPELINES[name], trained_on, place)
            took = rasa.train(place)
            lines = [each.text for each in said]
            answer = hear(model, lines) if part == WHOLE else rasa.hear(model, lines)
            heard = answer.pop("heard")
            measured = Part(
                figures(said, heard).outcomes,
                **took,
                model_mb=model.stat().st_size / 1_000_000,
                **answer,
            )
            keep(name, part, measured, source)
            _tell(name, part, measured)


def put(config: Path, examples: list[Sentence], folder: Path) -> Path:
    """Put down what training reads: understanding alone, without the dialogue."""
    folder.mkdir(parents=True)
    (folder / "nlu.yml").write_text(_nlu(examples), encoding="utf-8")
    plain = yaml.safe_load(config.read_text(encoding="utf-8"))
    plain = {**plain, "policies": [], "importers": []}
    (folder / "config.yml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    return folder / "model.tar.gz"


def sentence_features(missing: list[str], source: str) -> None:
    """Measure a sentence model beside our features, where somebody installed one."""
    python = os.environ.get(SENTENCE_PYTHON)
    if not python:
        sys.stderr.write(f"sentences: left out, {SENTENCE_PYTHON} names no Python\n")
        return
    asked = {part: [_pairs(each) for each in dealt(part)] for part in missing}
    running = subprocess.Popen(
        [python, "-m", "tests.evaluation.sentence_model"],
        cwd=ROOT,
        env=quiet(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(json.dumps(asked))
    running.stdin.close()
    for line in running.stdout:
        answer: dict[str, Any] = json.loads(line)
        part = answer.pop("part")
        said = dealt(part)[1]
        measured = Part(figures(said, answer.pop("heard")).outcomes, **answer)
        keep(SENTENCES, part, measured, source)
        _tell(SENTENCES, part, measured)
    if running.wait():
        raise RuntimeError("The sentence model stopped; its last lines say why.")


def _tell(name: str, part: str, measured: Part) -> None:
    counted = measured.figures
    at = time.strftime("%H:%M:%S")
    sys.stderr.write(
        f"{at} {name} {part}: F1 {counted.macro_f1:.3f}, {measured.training_s:.0f} s\n"
    )


def _pairs(sentences: list[Sentence]) -> list[list[str]]:
    return [[each.text, each.meant] for each in sentences]


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
