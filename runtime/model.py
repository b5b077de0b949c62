"""The dialogue's models: one for each state of the bot's files, known by its id.

Trained when there is none for the files as they stand, and only then. The last few
stay, so that going back, with the code or by `HANDRAIL_MODEL`, takes no training.
"""

import hashlib
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from foundations.refusals import HadToStop

ROOT = Path(__file__).resolve().parent.parent
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
SOURCES = (
    "config.yml",
    "domain.yml",
    "bot/data",
    "bot/domain",
    "bot/importer.py",
    "bot/understanding.py",
    "bot/sentence_model.py",
    "bot/word_pieces.txt",
    "bot/as_typed.py",
    "bot/text_speak.yml",
)
MODELS = ROOT / "var" / "models"
KEPT = 3
"""Models that stay beside the one in use, the newest ones."""


class TrainingStopped(HadToStop):
    """Rasa could not train; its own last lines follow in the message."""


class ModelUnusable(HadToStop):
    """The model that was asked for is not here as it was made."""


def sources_hash(root: Path = ROOT) -> str:
    """Hash every file the model is made from, names included, and Rasa's lock."""
    digest = hashlib.sha256((root / "requirements" / "rasa.txt").read_bytes())
    for source in SOURCES:
        path = root / source
        for file in sorted(path.rglob("*.yml")) if path.is_dir() else [path]:
            digest.update(str(file.relative_to(root)).encode())
            digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()


@dataclass(frozen=True)
class Model:
    """A trained model: its id is the start of the hash of what it was made from."""

    id: str

    @property
    def file(self) -> Path:
        """Where Rasa finds it."""
        return MODELS / f"{self.id}.tar.gz"

    @property
    def is_whole(self) -> bool:
        """Say whether its file is there, as it was when it was made."""
        seal = self._seal
        return self.file.exists() and seal.exists() and seal.read_text() == self._hash()

    def seal(self) -> None:
        """Write down what its file is, now that it was made."""
        self._seal.write_text(self._hash())

    def remove(self) -> None:
        """Let go of it."""
        self.file.unlink(missing_ok=True)
        self._seal.unlink(missing_ok=True)

    @property
    def _seal(self) -> Path:
        return MODELS / f"{self.id}.sha256"

    def _hash(self) -> str:
        with self.file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()


def current() -> Model:
    """Name the model of the bot's files as they stand, trained or not."""
    return Model(sources_hash()[:12])


def all_models() -> list[Model]:
    """List the models that are here, the newest first."""
    files = sorted(MODELS.glob("*.sha256"), key=lambda file: -file.stat().st_mtime)
    return [Model(file.stem) for file in files]


def make_ready(pinned: str = "") -> Path:
    """Give the model's file, training it first when there is none for these files.

    `pinned` is the id of another that is here: it is used, and nothing is trained.
    Raises TrainingStopped when Rasa refuses the bot's files, and ModelUnusable when the
    pinned one is not here as it was made.
    """
    if pinned:
        if not Model(pinned).is_whole:
            here = ", ".join(one.id for one in all_models() if one.is_whole)
            raise ModelUnusable(
                f"HANDRAIL_MODEL names {pinned}, which is not here as it was made. "
                f"These are: {here or 'none'}."
            )
        return Model(pinned).file
    model = current()
    if not model.is_whole:
        MODELS.mkdir(parents=True, exist_ok=True)
        _train(model)
        model.seal()
        _let_go_of_old(model)
    return model.file


def _let_go_of_old(in_use: Model) -> None:
    others = [one for one in all_models() if one != in_use]
    for old in others[KEPT:]:
        old.remove()


def _train(model: Model) -> None:
    command = [str(RASA_PYTHON), "-m", "runtime.rasa_command", "train", "--quiet"]
    command += ["--domain", "domain.yml", "--data", "bot/data"]
    command += ["--config", "config.yml"]
    command += ["--out", str(MODELS), "--fixed-model-name", model.id]
    # A test validates the files; a start need not wait for it.
    command += ["--skip-validation"]
    log = MODELS / "training.log"
    with log.open("w") as lines:
        training = subprocess.Popen(
            command, cwd=ROOT, env=_quiet_environment(), stdout=lines, stderr=lines
        )
        _show_progress(training)
    if training.returncode != 0:
        last = "\n".join(log.read_text().splitlines()[-15:])
        raise TrainingStopped(
            f"Rasa could not train (var/models/training.log):\n{last}"
        )


def _quiet_environment() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def _show_progress(training: "subprocess.Popen[bytes]") -> None:
    """Count the seconds in place on a terminal, and now and then in a log."""
    started = time.monotonic()
    on_terminal = sys.stderr.isatty()
    print("Training the dialogue model ...", file=sys.stderr, flush=True)
    while training.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            training.wait(timeout=1 if on_terminal else 15)
        spent = int(time.monotonic() - started)
        end = "\r" if on_terminal else "\n"
        print(f"  {spent} s", end=end, file=sys.stderr, flush=True)
