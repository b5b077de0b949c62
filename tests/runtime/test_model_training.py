"""The dialogue model is trained when the bot's files changed, and only then."""

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "runtime" / "model.py"

TRAINS = """#!/bin/sh
echo trained >> {log}
while [ "$1" != --out ]; do shift; done
echo "a model" > "$2/$4.tar.gz"
"""
REFUSES = """#!/bin/sh
echo 'InvalidDomain: utter_hello is defined twice'
exit 1
"""


class Bot:
    """A bot's files with a Rasa that only pretends to train."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for place in ("runtime", "requirements", "bot/data/welcome", "bot/domain"):
            (folder / place).mkdir(parents=True)
        for file in ("config.yml", "domain.yml", "bot/importer.py"):
            self.writes(file, "first\n")
        self.writes("bot/data/welcome/greet.yml", "hello\n")
        self.writes("requirements/rasa.txt", "rasa==3.6.21\n")
        shutil.copy(SCRIPT, folder / "runtime")
        self.has_rasa(TRAINS.format(log=folder / "trainings"))
        self.model = loaded(folder / "runtime" / "model.py")

    def writes(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text)

    def has_rasa(self, script: str) -> None:
        python = self.folder / ".venv-rasa" / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text(script)
        python.chmod(0o755)

    @property
    def trainings(self) -> int:
        log = self.folder / "trainings"
        return len(log.read_text().splitlines()) if log.exists() else 0


def loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("model_elsewhere", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    return Bot(tmp_path)


def test_a_missing_model_is_trained(bot: Bot) -> None:
    assert bot.model.make_ready().read_text() == "a model\n"
    assert bot.trainings == 1


def test_unchanged_files_are_not_trained_again(bot: Bot) -> None:
    bot.model.make_ready()
    bot.model.make_ready()

    assert bot.trainings == 1


CHANGES: dict[str, Callable[[Bot], None]] = {
    "changed words": lambda bot: bot.writes("bot/data/welcome/greet.yml", "hi\n"),
    "a new file": lambda bot: bot.writes("bot/domain/menu.yml", "menu\n"),
    "a renamed file": lambda bot: (
        (bot.folder / "bot/data/welcome/greet.yml")
        .rename(bot.folder / "bot/data/welcome/hello.yml")
        .touch()
    ),
    "another Rasa": lambda bot: bot.writes("requirements/rasa.txt", "rasa==3.6.20\n"),
    "another importer": lambda bot: bot.writes("bot/importer.py", "second\n"),
    "a lost model": lambda bot: bot.model.current().file.unlink(),
    "a damaged model": lambda bot: bot.model.current().file.write_text("half a mod"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_changes_the_model_is_trained_again(
    bot: Bot, change: Callable[[Bot], None]
) -> None:
    bot.model.make_ready()
    change(bot)

    bot.model.make_ready()

    assert bot.trainings == 2


def test_a_refused_training_says_why_and_leaves_no_stamp(bot: Bot) -> None:
    bot.has_rasa(REFUSES)

    with pytest.raises(bot.model.TrainingStopped, match="defined twice"):
        bot.model.make_ready()

    assert not bot.model.current().is_whole
    assert bot.model.all_models() == []


def test_going_back_to_files_that_were_trained_takes_no_training(bot: Bot) -> None:
    first = bot.model.make_ready()
    bot.writes("bot/data/welcome/greet.yml", "hi\n")
    second = bot.model.make_ready()
    assert (first == second, bot.trainings) == (False, 2)

    bot.writes("bot/data/welcome/greet.yml", "hello\n")
    assert bot.model.make_ready() == first
    assert bot.trainings == 2


def test_a_pinned_model_is_used_whatever_the_files_say(bot: Bot) -> None:
    first = bot.model.make_ready()
    id = bot.model.current().id
    bot.writes("bot/data/welcome/greet.yml", "hi\n")

    assert bot.model.make_ready(id) == first
    assert bot.trainings == 1


def test_a_pinned_model_that_is_damaged_or_not_here_is_refused_by_name(
    bot: Bot,
) -> None:
    with pytest.raises(bot.model.ModelUnusable, match=r"0123abcd.* none"):
        bot.model.make_ready("0123abcd")

    damaged = bot.model.make_ready()
    id = bot.model.current().id
    damaged.write_text("half a mod")
    with pytest.raises(bot.model.ModelUnusable, match=id):
        bot.model.make_ready(id)
    assert bot.trainings == 1


def test_three_models_stay_beside_the_one_in_use(bot: Bot) -> None:
    ids = []
    for number in range(6):
        bot.writes("bot/data/welcome/greet.yml", f"hello {number}\n")
        file = bot.model.make_ready()
        ids.append(bot.model.current().id)
        # Made a minute apart.
        when = 1_700_000_000 + number * 60
        os.utime(file.with_name(f"{ids[-1]}.sha256"), (when, when))

    assert [one.id for one in bot.model.all_models()] == ids[:1:-1]
    assert all(one.is_whole for one in bot.model.all_models())
    assert len(list((bot.folder / "var" / "models").glob("*.tar.gz"))) == 4
