"""A young person who would rather have Welsh, on both doors."""

import pytest

from bot.languages import Languages
from bot.words import Words
from runtime.settings import Environment, Settings
from runtime.wiring import words as wiring
from tests.journeys.handrail import Handrail, Sms, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue

ENGLISH = Words.load()


@pytest.fixture(params=["sms", "web"])
def someone(request: pytest.FixtureRequest) -> Sms | WebChat:
    door: Sms | WebChat = request.getfixturevalue(request.param)
    return door


def test_one_word_changes_the_language_and_one_changes_it_back(
    someone: Sms | WebChat,
) -> None:
    someone.young_person_says("Cymraeg")
    assert "Cymraeg" in someone.was_sent("language.chosen")
    someone.young_person_says("dewislen")
    assert "Beth fyddai'n helpu" in someone.was_sent("menu.main")
    someone.young_person_says("english")
    someone.young_person_says("menu")

    assert "What would help" in someone.was_sent("menu.main")


@pytest.mark.parametrize("greeting", ["Bore da", "shwmae", "Wyt ti'n siarad Cymraeg?"])
def test_a_welsh_greeting_is_answered_in_welsh(
    someone: Sms | WebChat, greeting: str
) -> None:
    someone.young_person_says(greeting)

    assert "Iawn, Cymraeg." in someone.was_sent("language.chosen")


def test_crisis_words_come_in_welsh_with_the_same_numbers(
    someone: Sms | WebChat,
) -> None:
    someone.young_person_says("cymraeg")
    someone.young_person_says("i want to die")
    text = someone.was_sent("escalation.suicide")

    assert "Diolch am ddweud" in text
    assert all(number in text for number in ("999", "116 123", "85258"))
    someone.young_person_says("dwi ddim yn saff")
    assert "Ffonia 999 nawr" in someone.was_sent("escalation.not_safe")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("ydw dwi'n saff", "glad_safe"),
        ("dwi'n saff rŵan", "glad_safe"),
        ("mae mam efo fi", "glad_safe"),
        ("dwi'm yn saff", "not_safe"),
        ("na dwi ddim yn saff", "not_safe"),
        ("nadw", "not_safe"),
        ("dwi'n iawn", "heard_ok"),
    ],
)
def test_are_you_safe_is_answered_in_welsh_as_it_is_spoken(
    someone: Sms | WebChat, said: str, answered: str
) -> None:
    for before in ("cymraeg", "dwi isio marw", said):
        someone.young_person_says(before)

    someone.was_sent(f"escalation.{answered}")


def test_a_plan_is_made_in_welsh_as_it_is_spoken(
    someone: Sms | WebChat, dialogue: ReadableDialogue
) -> None:
    dialogue.away = True
    for said in ("cymraeg", "dwi isio gneud cynllun diogelwch", "ie", "cerddoriaeth"):
        someone.young_person_says(said)
    someone.was_sent("plan.check")
    someone.young_person_says("ymlaen")

    someone.was_sent("plan.ask_making_safer")


def test_the_word_that_changes_the_language_is_answered_in_it_whole(
    someone: Sms | WebChat,
) -> None:
    someone.young_person_says("cymraeg")
    someone.young_person_says("i want to die")
    someone.young_person_says("english")
    assert "Are you safe right now?" in someone.was_sent("escalation.ask_safe")
    someone.young_person_says("cymraeg")

    assert "Oes rhywun" in someone.was_sent("escalation.ask_someone")


def test_the_first_text_of_all_may_choose(sms: Sms) -> None:
    sms.young_person_says("Cymraeg")

    first = sms.texts[-1]
    assert "Helo, Handrail ydw i: bot, nid person." in first
    assert "Iawn, Cymraeg." in first


def test_the_plan_is_asked_for_by_a_welsh_word(sms: Sms) -> None:
    sms.young_person_says("cymraeg")
    sms.young_person_says("CYNLLUN")

    assert sms.texts[-1].startswith("Does gen ti ddim cynllun eto.")


def test_the_choice_is_kept_for_another_day_and_door(
    handrail: Handrail, web: WebChat
) -> None:
    web.young_person_says("cymraeg")

    def language(unit: object) -> object:
        found = unit.connection.exec_driver_sql("SELECT language FROM conversations")
        return found.scalars().all()

    assert "cy" in handrail.record(language)


def test_in_production_only_signed_languages_are_spoken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    production = Settings(env=Environment.PRODUCTION)
    assert not wiring.languages(production, ENGLISH).others

    # Its other words are still unsigned, so signed crisis words alone change nothing.
    monkeypatch.setattr(wiring, "is_signed", lambda _code: True)
    assert not wiring.languages(production, ENGLISH).others
    assert set(wiring.languages(Settings(), ENGLISH).others) == {"cy"}


def test_a_language_that_is_not_signed_is_met_with_the_truth(
    handrail: Handrail, web: WebChat
) -> None:
    step_languages = Languages.load(ENGLISH, [])
    for step in handrail.house.pipeline._steps:
        if hasattr(step, "languages"):
            object.__setattr__(step, "languages", step_languages)
    web.young_person_says("cymraeg")

    web.was_sent("about.other_language")


def test_a_plan_is_asked_for_in_a_sentence_and_the_language_named_again(
    someone: Sms | WebChat, dialogue: ReadableDialogue
) -> None:
    dialogue.away = True
    someone.young_person_says("shwmae")
    someone.young_person_says("cymraeg")
    assert "Iawn, Cymraeg." in someone.was_sent("language.chosen")
    someone.young_person_says("dwi eisiau cynllun")

    someone.was_sent("plan.permission")


@pytest.mark.parametrize(
    "said",
    ["helo, dwi angen siarad efo rhywun", "dwi'n teimlo'n unig", "pwy sydd ar agor"],
)
def test_who_writes_in_welsh_is_answered_in_welsh(
    someone: Sms | WebChat, said: str
) -> None:
    someone.young_person_says(said)

    assert "Iawn, Cymraeg." in someone.was_sent("language.chosen")
    someone.young_person_says("dewislen")
    assert "Beth fyddai'n helpu" in someone.was_sent("menu.main")


def test_a_word_or_two_that_welsh_has_as_well_choose_no_language(
    someone: Sms | WebChat,
) -> None:
    for said in ("helo", "my mam is shouting", "i person", "mae is my nan"):
        someone.young_person_says(said)
        with pytest.raises(AssertionError, match="was not sent"):
            someone.was_sent("language.chosen")


def test_what_is_typed_in_welsh_while_a_person_is_asked_for_is_never_shared(
    someone: Sms | WebChat,
) -> None:
    for said, told in (
        ("cymraeg", "language.chosen"),
        ("dwi isio siarad efo rhywun", "handover.ask_reach"),
        ("ie", "handover.ask_help_with"),
        ("gadael hyn allan", "handover.ask_needs"),
        ("dangos", "handover.preview"),
        ("rhannu", "handover.waiting"),
        ("pa mor hir fydd o", "handover.still_in_line"),
        ("canslo", "handover.withdrawn_unread"),
    ):
        someone.young_person_says(said)
        someone.was_sent(told)


def test_every_meaning_that_may_be_offered_has_a_welsh_label() -> None:
    welsh = Languages.load(ENGLISH).others["cy"]
    meanings = [key for key in ENGLISH.by_key if key.startswith("meaning.")]

    assert [
        each.text
        for key in meanings
        for each in ENGLISH.by_key[key]
        if each.text not in welsh.labels
    ] == []
