"""Train the dialogue model when the bot's files have changed, and only then."""

import hashlib
import os
import subprocess
import sys
import time
from contextlib import suppress
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
    "bot/as_typed.py",
    "bot/text_speak.yml",
)
MODELS = ROOT / "var" / "models"
MODEL = MODELS / "handrail.tar.gz"


class TrainingStopped(HadToStop):
    """Rasa could not train; its own last lines follow in the message."""


def sources_hash(root: Path = ROOT) -> str:
    """Hash every file the model is made from, names included, and Rasa's lock."""
    digest = hashlib.sha256((root / "requirements" / "rasa.txt").read_bytes())
    for source in SOURCES:
        path = root / source
        for file in sorted(path.rglob("*.yml")) if path.is_dir() else [path]:
            digest.update(str(file.relative_to(root)).encode())
            digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()


def is_current() -> bool:
    """Say whether the trained model was made from the files as they stand."""
    stamp = MODELS / "made-from"
    return MODEL.exists() and stamp.exists() and stamp.read_text() == sources_hash()


def make_ready() -> Path:
    """Give the model, training it first when it is missing or stale.

    Raises TrainingStopped when Rasa refuses the bot's files.
    """
    if is_current():
        return MODEL
    made_from = sources_hash()
    MODELS.mkdir(parents=True, exist_ok=True)
    _train()
    (MODELS / "made-from").write_text(made_from)
    return MODEL


def _train() -> None:
    command = [str(RASA_PYTHON), "-m", "runtime.rasa_command", "train", "--quiet"]
    command += ["--domain", "domain.yml", "--data", "bot/data"]
    command += ["--config", "config.yml"]
    command += ["--out", str(MODELS), "--fixed-model-name", "handrail"]
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
