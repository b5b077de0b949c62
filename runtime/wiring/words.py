"""The words in use: ours, with an organisation's own over them when they are fit."""

from functools import cache

from bot.languages import Languages
from bot.lint import problems
from bot.overlay import OverlayRefused
from bot.words import Words, WordsError
from escalation.replies import is_signed
from runtime.settings import NotReadyForProduction, Settings
from runtime.words_read import words_are_read


def spoken(settings: Settings) -> Words:
    """Load the words, if somebody has read them or this is a local run.

    What is laid over ours is held to the same rules as ours.

    Raises NotReadyForProduction, naming each text that may not be said and why.
    """
    words_are_read(settings)
    ours = _ours()
    if settings.words_overlay is None:
        return ours
    try:
        words = Words.load(overlay=settings.words_overlay)
    except (OSError, OverlayRefused, WordsError) as refused:
        raise NotReadyForProduction(f"words overlay: {refused}") from refused
    wrong = [
        f"{key}: {problem}"
        for key, said in words.by_key.items()
        if said != ours.by_key[key]
        for problem in dict.fromkeys(problems(words, key))
    ]
    if wrong:
        raise NotReadyForProduction("words overlay: " + "; ".join(wrong))
    return words


@cache
def _ours() -> Words:
    """Read the words that come with us: they are the same as long as we run."""
    return Words.load()


def languages(settings: Settings, english: Words) -> Languages:
    """Load the languages beside English: in real use, only those that are signed.

    Signed means its words and its crisis words, each by named people.
    """
    written = Languages.load(english)
    if settings.is_local:
        return written
    signed = [
        code
        for code, language in written.others.items()
        if language.is_signed and is_signed(code)
    ]
    return Languages.load(english, signed)
