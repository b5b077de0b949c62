"""Measures understanding side by side and writes `docs/evaluation.md`: `make evaluate`.

Every pipeline is trained on the same examples and hears the same held-back sentences.
Cross-validation deals the examples into three hands, each heard by a model trained on
the other two. Each part is kept as it finishes, so a run that was stopped goes on.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import yaml

from tests.evaluation import page
from tests.evaluation.measuring import RasaProcess, figures, hear
from tests.evaluation.parts import PARTS, WHOLE, Part, dealt, keep, kept, made_from
from tests.evaluation.sentences import ROOT, Sentence

HERE = Path(__file__).parent
PIPELINES = {
    "ours": ROOT / "config.yml",
    "words": HERE / "pipelines" / "words.yml",
    "counts": HERE / "pipelines" / "counts.yml",
    "diet": HERE / "pipelines" / "diet.yml",
}

MOST_SECONDS, MOST_MB = 60, 900
"""Training on two quiet cores, on the clock; the memory of a process that hears."""


def main(names: list[str]) -> None:
    """Measure what is missing of the named pipelines, or of all, and write the page.

    Ends with an error that names each bar which ours does not keep.
    """
    for name in names or PIPELINES:
        source = made_from(PIPELINES[name])
        missing = [part for part in PARTS if kept(name, part, source) is None]
        if missing:
            pipeline(name, missing, source)
        write()
    ours = kept("ours", WHOLE, made_from(PIPELINES["ours"]))
    if ours is not None and (over := too_much(ours)):
        sys.exit("; ".join(over))


def too_much(part: Part) -> list[str]:
    """Name what takes longer or more than it may; nothing when all is kept."""
    over = []
    if part.training_s > MOST_SECONDS:
        over.append(
            f"training took {part.training_s:.0f} s on the clock"
            f" ({part.training_cpu_s:.0f} s of a processor), bar {MOST_SECONDS}"
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
        for name, made_by in PIPELINES.items()
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


def _tell(name: str, part: str, measured: Part) -> None:
    counted = measured.figures
    at = time.strftime("%H:%M:%S")
    sys.stderr.write(
        f"{at} {name} {part}: F1 {counted.macro_f1:.3f}, {measured.training_s:.0f} s\n"
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
