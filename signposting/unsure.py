"""Says a fact as one only when someone read it in a source."""

from signposting.phrases import Phrases
from signposting.records import Service

GENERAL_KNOWLEDGE = "general knowledge"


def fact_in_words(
    phrases: Phrases, service: Service, name: str, *, short: bool = False
) -> str:
    """Say one line of what to expect; "Not known" where it is not known.

    `short` is for a text, where every letter costs.
    """
    fact: str | None = getattr(service.expect, name)
    if fact is None:
        return phrases.not_known
    if service.provenance.field_status.get(name) == GENERAL_KNOWLEDGE:
        return phrases.say("unsure", "short" if short else "fact", fact=fact)
    return fact
