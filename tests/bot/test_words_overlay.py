"""An organisation's own words go over ours only where they may, and are as fit."""

from pathlib import Path

import pytest

from bot.overlay import OverlayRefused
from bot.words import Words
from foundations.saying import Channel, Say
from runtime.settings import NotReadyForProduction, Settings
from runtime.wiring.words import spoken

SIGNED = "reviewed_by: [A name, Another name]\nreview_date: 2027-01-31\n"
GOODBYE = "  utter_welcome.goodbye:\n    - text: "


def overlay(folder: Path, responses: str, signed: str = SIGNED) -> Path:
    file = folder / "ours.yml"
    file.write_text(f"{signed}responses:\n{responses}")
    return file


def test_permitted_words_take_the_place_of_ours(tmp_path: Path) -> None:
    file = overlay(tmp_path, f'{GOODBYE}"Bye from all of us. Come back any time."\n')
    words = spoken(Settings(words_overlay=file))

    said = words.render(Say("welcome.goodbye"), Channel.SMS).text
    assert said == "Bye from all of us. Come back any time."


def test_everything_else_stays_ours(tmp_path: Path) -> None:
    file = overlay(tmp_path, f'{GOODBYE}"Bye from all of us."\n')
    words, ours = Words.load(overlay=file), Words.load()

    changed = {key for key in ours.by_key if words.by_key[key] != ours.by_key[key]}
    assert changed == {"welcome.goodbye"}


@pytest.mark.parametrize(
    ("responses", "why"),
    [
        ('  utter_handover.share_word:\n    - text: "Hi"\n', "may not be replaced"),
        ('  utter_about.will_you_tell:\n    - text: "Hi"\n', "may not be replaced"),
        ('  utter_plan.permission:\n    - text: "Hi"\n', "may not be replaced"),
        ('  utter_welcome.sms:\n    - text: "Hi"\n', "may not be replaced"),
        ('  utter_made.up:\n    - text: "Hi"\n', "no such text"),
        (f'{GOODBYE}"Bye {{name}}."\n', "gaps"),
        ('  utter_menu.main:\n    - text: "Pick one."\n', "choices"),
    ],
)
def test_what_must_stay_as_reviewed_is_refused(
    tmp_path: Path, responses: str, why: str
) -> None:
    with pytest.raises(OverlayRefused, match=why):
        Words.load(overlay=overlay(tmp_path, responses))


def test_words_that_nobody_signed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OverlayRefused, match="who reviewed it"):
        Words.load(overlay=overlay(tmp_path, f'{GOODBYE}"Bye."\n', signed=""))


@pytest.mark.parametrize("said", ["Chin up!", "You'll be fine.", "word " * 80])
def test_words_that_break_a_rule_stop_the_start(tmp_path: Path, said: str) -> None:
    file = overlay(tmp_path, f'{GOODBYE}"{said}"\n')

    with pytest.raises(NotReadyForProduction, match=r"welcome\.goodbye"):
        spoken(Settings(words_overlay=file))


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(NotReadyForProduction, match="overlay"):
        spoken(Settings(words_overlay=tmp_path / "none.yml"))
