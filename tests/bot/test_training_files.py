"""Rasa's own checks of the bot's files, and ours."""

import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from foundations.content import read_yaml
from runtime.model import RASA_PYTHON, make_ready

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "bot" / "data"
FEWEST_EXAMPLES = 40
# Spoken by actions and by the gateway, which Rasa cannot see.
EXPECTED = re.compile(r"The utterance '\S+' is not used in any story or rule")


def examples() -> list[tuple[str, str]]:
    return [
        (each["intent"], line.removeprefix("- "))
        for file in sorted(DATA.rglob("*.yml"))
        for each in read_yaml(file).get("nlu", [])
        for line in each["examples"].splitlines()
    ]


@dataclass
class RasasCommandLine:
    """Rasa's command line; Rasa comes in once for all that is asked of it here."""

    process: subprocess.Popen[str]

    def runs(self, *arguments: str, folder: Path = ROOT) -> tuple[int, str]:
        """Give how a command ended, and all that it said."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {"arguments": arguments, "folder": str(folder)}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer["returncode"], answer["said"]


@pytest.fixture(scope="module")
def rasa() -> Iterator[RasasCommandLine]:
    settings = {
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    process = subprocess.Popen(
        [str(RASA_PYTHON), "-m", "tests.bot.rasas_command_line"],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield RasasCommandLine(process)
        process.kill()


def test_every_meaning_has_enough_examples() -> None:
    counted = Counter(intent for intent, _ in examples())
    few = {name: number for name, number in counted.items() if number < FEWEST_EXAMPLES}

    assert few == {}


def test_no_example_means_two_things() -> None:
    meant: dict[str, set[str]] = {}
    for intent, text in examples():
        plain = " ".join(text.lower().replace("'", "").split())
        meant.setdefault(plain, set()).add(intent)

    assert {text: ways for text, ways in meant.items() if len(ways) > 1} == {}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_rasa_finds_nothing_wrong_with_its_files(rasa: RasasCommandLine) -> None:
    code, said = rasa.runs(
        "data", "validate", "--domain", "domain.yml", "--data", "bot/data",
        "--config", "config.yml",
    )  # fmt: skip
    warned = [
        line
        for line in said.splitlines()
        if "UserWarning" in line and not EXPECTED.search(line)
    ]

    assert (code, warned) == (0, [])


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_response_defined_twice_stops_training(
    rasa: RasasCommandLine, tmp_path: Path
) -> None:
    (tmp_path / "bot").mkdir()
    for name in ("config.yml", "domain.yml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "bot" / "domain").mkdir()
    for name in ("one.yml", "two.yml"):
        (tmp_path / "bot" / "domain" / name).write_text(
            'version: "3.1"\nresponses:\n  utter_demo.twice:\n    - text: "Hi"\n'
        )
    (tmp_path / "data").mkdir()
    code, said = rasa.runs(
        "data", "validate", "--domain", "domain.yml", "--data", "data",
        "--config", "config.yml", folder=tmp_path,
    )  # fmt: skip

    assert code != 0
    assert "utter_demo.twice" in said


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_written_stories_go_as_they_are_written(
    rasa: RasasCommandLine, tmp_path: Path
) -> None:
    code, said = rasa.runs(
        "test", "core", "--stories", "bot/tests", "--model", str(make_ready()),
        "--out", str(tmp_path), "--fail-on-prediction-errors", "--no-plot",
    )  # fmt: skip

    assert code == 0, said[-3000:]
