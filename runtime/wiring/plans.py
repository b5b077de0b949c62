"""The safety plan's parts, put together."""

from bot.words import Words
from foundations.clock import Clock
from gateway.plans.answers import PlanAnswers
from signposting import Directory
from storage import Database


def plan_answers(
    database: Database,
    directory: Directory,
    words: Words,
    clock: Clock,
    address: str,
) -> PlanAnswers:
    """Build the answers of the plan's command words."""
    return PlanAnswers(database, words, contacts(directory), clock, address)


def contacts(directory: Directory) -> dict[str, str]:
    """Give services' numbers, for ideas that hold one."""
    return {
        str(service.id): service.phones[0].number
        for service in directory.shown
        if service.phones
    }
