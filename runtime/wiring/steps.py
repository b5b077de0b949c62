"""The steps of the pipeline after recording, in the order of `gateway/pipeline.py`."""

from collections.abc import Callable
from typing import Any, Final

from bot.languages import Languages
from bot.turns.safety_plan_requests import asks_to_build
from bot.words import Words
from channels.per_address import Knocks
from channels.sms.carrier_words import CarrierWord, carrier_word
from gateway.command_answers import CommandAnswers
from gateway.commands import Command, CommandStep, CommandWords
from gateway.finding_help.step import HelpStep
from gateway.handing_over.after_talk_step import AfterTalkStep
from gateway.handing_over.answers import HandoverAnswers
from gateway.handing_over.consent_step import ConsentStep
from gateway.handing_over.relay import RelayStep
from gateway.handing_over.waiting_step import StillWaits, WaitingStep
from gateway.language_step import LanguageStep
from gateway.last_question import LastQuestionStep
from gateway.no_words import NoWordsStep
from gateway.nothing_found import NothingFoundStep
from gateway.plans.gap_step import PlanGapStep
from gateway.plans.sharing_step import PlanSharingStep
from gateway.rasa.ask_rasa import AskRasaStep
from gateway.rasa.dialogue import Dialogue
from gateway.rasa.without_rasa import WithoutRasa
from gateway.texting.no_such_number import NoSuchNumberStep
from gateway.texting.opt_out import OptOut, OptOutStep
from gateway.texting.pace import PaceStep
from gateway.texting.shared_phone import SharedPhoneStep
from runtime.wiring.help import help_desk
from storage import Database

COMMAND_WORDS: Final = CommandWords.load()


def steps(
    database: Database,
    words: Words,
    answers: CommandAnswers,
    person: HandoverAnswers,
    dialogue: Dialogue,
    languages: Languages,
    knocks: Knocks,
    *,
    second_look: bool,
) -> list[Callable[..., Any]]:
    """Give the steps; the last one answers everything."""
    asks_to_build("a b")  # Its examples are read now, and not while somebody waits.
    helping = HelpStep(database, help_desk(answers.directory, answers.clock), words)
    handlers = {
        **answers.handlers(),
        **person.handlers(),
        Command.WHO_IS_OPEN: helping.ask,
        Command.WHO_TO_RING: answers.plans.whom_they_listed_or(helping.ask),
        Command.TELL_ME_MORE: helping.more_or(answers.own_data.tell_me_more),
    }
    commands = CommandStep(COMMAND_WORDS, handlers)
    without_rasa = WithoutRasa(
        database,
        commands,
        helping.spot,
        words,
        answers.plans.contacts,
        answers.clock,
    )
    counted = {
        "about.my_data": handlers[Command.MY_DATA],
        "about.delete_my_data": handlers[Command.DELETE],
    }
    ask_rasa = AskRasaStep(dialogue, without_rasa, counted, second_look=second_look)
    no_such_number = NoSuchNumberStep(database, words, answers.clock)
    sharing = PlanSharingStep(
        database, words, COMMAND_WORDS, answers.clock, answers.plans.address
    )
    return [
        OptOutStep(database, words, _opt_out),
        RelayStep(COMMAND_WORDS),
        PaceStep(knocks, words),
        NoWordsStep(words),
        LanguageStep(database, words, languages),
        SharedPhoneStep(
            database,
            words,
            answers.clock,
            [
                LastQuestionStep(answers.plans, [sharing, commands]),
                sharing,
                ConsentStep(person, COMMAND_WORDS, [helping, no_such_number, ask_rasa]),
                commands,
                AfterTalkStep(person),
                WaitingStep(person),
                PlanGapStep(answers.plans),
                NothingFoundStep(),
                helping,
                no_such_number,
                StillWaits(person, ask_rasa),
            ],
            COMMAND_WORDS,
        ),
    ]


def is_command(text: str) -> bool:
    """Tell whether a whole message is a command or a carrier's word."""
    return COMMAND_WORDS.read(text) is not None or _opt_out(text) is not None


def _opt_out(text: str) -> OptOut | None:
    match carrier_word(text):
        case CarrierWord.STOP:
            return OptOut.STOP
        case CarrierWord.START:
            return OptOut.START
        case CarrierWord.HELP:
            return OptOut.HELP
        case None:
            return None
