"""Tells what is meant while a plan is being built: a command, an aside, or a line."""

import re
from difflib import SequenceMatcher
from typing import Final

from bot.turns.known_words import (
    as_read,
    button_words,
    examples,
    examples_as_read,
    folders,
    is_slip_for_delete,
    mistyped,
    names_a_line,
    plain,
    vocabulary,
)
from bot.turns.safety_plan_asked_of_us import asks_us
from bot.turns.safety_plan_correcting import (
    correction,
    correction_elsewhere,
    names_a_piece,
    names_no_line,
    says_it_is_wrong,
    takes_it_back,
)
from bot.turns.safety_plan_editing import is_edit, says_a_part_is_wrong
from bot.turns.safety_plan_means import (
    NOT_THIS,
    PICTURES,
    PLAIN_ANSWERS,
    STANDS_FOR,
    Heard,
    Means,
)
from bot.turns.safety_plan_parts import names_things, question_beside
from bot.turns.safety_plan_said_to_us import (
    is_insult,
    may_be_of_oneself,
    said_to_us,
    takes_up_the_offer,
)
from bot.turns.safety_plan_talk import (
    asks_how_far,
    goes_on,
    has_lost_the_question,
    is_about_this,
    is_mash,
    is_nothing,
    is_only_a_sound,
    is_only_marks,
    is_question,
    may_be_talk,
    trusts_nobody,
    without_thanks,
)
from safety_plans.plan import SafetyPlan, SectionId, Stage
from safety_plans.sections import sections

_A_THING_OF_THEIRS: Final = 2
SURE_ENOUGH: Final = 0.4
"""Below this confidence an intent is not believed over the words themselves."""

SURE_OF_A_WORRY: Final = 0.6
"""What a statement needs to be met as a worry: "my dog and sad songs" is a line."""

LONGEST_COMMAND: Final = 8
"""Words in a command at most; more than that is an answer."""

ALSO_NAMES: Final = frozenset({"wow"})
"""Sounds that are also what somebody plays or likes."""

GREETINGS: Final = {"greet": Means.HERE, "thanks": Means.THANKS}
NOT_MEANT: Final = frozenset(
    {"nlu_fallback", "nonsense", "emoji_only", "something_i_like", None}
)
ASKED_FOR: Final = frozenset(
    {
        "delete_my_data",
        "my_data",
        "talk_to_a_person",
        "what_happens_to_what_i_say",
        "who_is_open",
        "will_you_tell",
    }
)
"""What a button of ours asks for; its words are nobody in a list of people."""
WORRIES: Final = frozenset({"about_handrail", "feelings"})
"""Folders of intents that a statement, not only a question, may hold."""

OWN_LISTS: Final = frozenset(
    {
        SectionId.PEOPLE_TO_SUPPORT,
        SectionId.PEOPLE_TO_TALK_TO,
        SectionId.EMERGENCY_SUPPORT,
        SectionId.SIGNS,
        SectionId.WHAT_MATTERS,
    }
)
"""Sections whose answers look like other talk: "youth worker", "lonely", "my faith"."""

WHO: Final = frozenset({SectionId.PEOPLE_TO_SUPPORT, SectionId.PEOPLE_TO_TALK_TO})
"""Sections that ask who: "im scared to tell anyone" names nobody."""

OF_ONESELF: Final = frozenset({SectionId.SIGNS, SectionId.WHAT_MATTERS})
"""Sections whose lines may be asked of somebody: "why does nobody like me"."""

_SMALL_WORDS = re.compile(
    r"(?:[124]|u|ur|ffs|fgs|omg|pls|plz|please|soz|so+r+y+|sry|tbh|lol|rn|now|thx|thanks|ty|um|erm|k|ok"
    r"|then|actually)$"
)
"""Small words that turn no command into something else."""

_ASKS = re.compile(
    r"\?\s*$|^(?:(?:wait|hang on|hold on|but|and|so|ok|okay|um|er|sorry|actually|hmm"
    r"|omg|lol|oh|well)[\s,.!]+)*(?:who|whos|who's|what|whats|w[ao]ts?|why|how|hows|when|where|which|is|are|r|do|does|can|could"
    r"|will|would|am i|did|has|have you|tell me|show me|give me|get me|put me|let me"
    r"|i (?:want|need|wanna) (?:to |2 )?(?:talk|speak|chat)"
    r"|i (?:want|need) (?:a |an )?(?:person|human|help)"
    r"|(?:talk|speak|chat) (?:to|with) (?:a )?(?:real )?(?:person|human)\W*$"
    r"|(?:(?:can|could|pls|please|some(?:one|body|1)|sum(?:1|one)|any(?:one|body|1)) )*"
    r"help me(?: (?:pls|plz|please|now))*\W*$"
    r"|(?:can i |pls |please )?(?:ask for|get|have) a (?:real )?(?:person|human))\b",
    re.IGNORECASE,
)


SWEARING: Final = "swearing_at_bot"

LONGEST_DELETE: Final = 60
"""Characters: every message is looked at, and what is longer says more than this."""
_FIRST_PERSON = re.compile(r"(?:i|im|i'm|i’m|ive|my|its|it's)\b", re.IGNORECASE)


def meaning(heard: Heard, plan: SafetyPlan) -> Means:
    """Tell what a message means at this point of the building.

    What is exactly like an example is that; an intent guessed by Rasa is believed
    only for short texts made of the words of its examples, so that a line such as
    "pause and breathe" stays a line. Everything else is the person's own words, or
    what may be: where lines are not read back, that is asked.
    """
    said = without_thanks(plain(heard.text))
    known = _known_or_mistyped(said) if said else PICTURES.get(heard.text.strip()[:1])
    if known == "menu" and "menu" not in said:
        # "go home" asks for the menu anywhere else; here it is a place.
        known = None
    if to_us := _said_to_us(said, known, plan):
        return to_us
    if plan.stage is Stage.CHECK and (answer := _of_read_back(heard.text, plan)):
        return answer
    if command := _command(known, heard.text, plan):
        return command
    if plan.stage is Stage.PERMISSION and _asks_for_the_other(heard, known):
        return Means.OTHER
    if beside := _beside_the_plan(heard, known, plan):
        return beside
    if heard.intent in STANDS_FOR and _believed(heard):
        return STANDS_FOR[heard.intent]
    return _words_or_talk(heard.text, said, plan)


def _said_to_us(said: str, known: str | None, plan: SafetyPlan) -> Means | None:
    """Tell what is said of the plan or to us, in the offer of a plan and within one."""
    read = as_read(said)
    if plan.stage is Stage.PERMISSION and takes_up_the_offer(read):
        return Means.YES
    if found := said_to_us(read) or said_to_us(said):
        means = Means(found)
        if means is not Means.FED_UP:
            return means
        if plan.open_section not in OF_ONESELF or known == SWEARING:
            return _fed_up(plan)
        if " " in said:
            return Means.UNSURE if may_be_of_oneself(read) else _fed_up(plan)
    if known in (None, "never_mind") and _is_only_small(said):
        # "sorry" is no answer, and no wish to leave it.
        return Means.SOUND
    return GREETINGS.get(known or "")


def _fed_up(plan: SafetyPlan) -> Means:
    """Whoever is fed up with the offer of a plan does not want it now."""
    return Means.NO if plan.stage is Stage.PERMISSION else Means.FED_UP


def _of_read_back(text: str, plan: SafetyPlan) -> Means | None:
    said = without_thanks(plain(text))
    if goes_on(said) or is_nothing(said):
        return Means.YES
    if says_it_is_wrong(said):
        return Means.NO
    if takes_it_back(said):
        return Means.UNDO
    if correction(text, plan) or correction_elsewhere(text, plan):
        return Means.CORRECTION
    return Means.NO if names_no_line(text) or names_a_piece(text, plan) else None


def _command(known: str | None, text: str, plan: SafetyPlan) -> Means | None:
    if correction(text, plan) or correction_elsewhere(text, plan):
        return Means.CORRECTION
    if known in STANDS_FOR:
        return STANDS_FOR[known]
    return None if plan.open_section is None else _of_the_question(text)


def _of_the_question(text: str) -> Means | None:
    said = plain(text)
    read = as_read(said)
    if is_nothing(said):
        return Means.NO
    if is_edit(text) or says_a_part_is_wrong(text):
        return Means.EDIT
    if asks_how_far(said) or asks_how_far(read):
        return Means.HOW_FAR
    return Means.RESUME if has_lost_the_question(read) else None


def _asks_for_the_other(heard: Heard, known: str | None) -> bool:
    return known == NOT_THIS or (heard.intent == NOT_THIS and _believed(heard))


def _words_or_talk(text: str, said: str, plan: SafetyPlan) -> Means:
    """A question or mash is no line unasked; nor is talk, where it could hurt."""
    here = plan.open_section
    if (is_only_a_sound(said) and said not in ALSO_NAMES) or is_only_marks(text):
        return Means.SOUND
    if plan.stage is Stage.PERMISSION or here is None:
        if is_question(text, said):
            return Means.WHAT_FOR
        return Means.SOUND if is_mash(said) else Means.WORDS
    if is_mash(said):
        return Means.UNSURE
    return _no_answer(said, here) or _line_or_talk(text, said, here)


def _no_answer(said: str, here: SectionId) -> Means | None:
    """Tell what answers no part as what it is."""
    if here not in OF_ONESELF and asks_us(as_read(said)):
        return Means.CANNOT_ANSWER
    if here in WHO:
        return Means.DONT_KNOW if trusts_nobody(said) else None
    if len(said) == 1 and said.isalpha():
        return Means.SOUND
    return Means.FED_UP if is_about_this(said) else None


def _line_or_talk(text: str, said: str, here: SectionId) -> Means:
    if not sections()[here].private and here not in WHO:
        return Means.UNSURE if is_question(text, said) else Means.WORDS
    return Means.UNSURE if may_be_talk(text, said) else Means.WORDS


def intent_of(text: str) -> str | None:
    """Find the intent that has this text as an example, small words aside."""
    known = _known_or_mistyped(plain(text))
    return SWEARING if _is_said_at_us(Heard(text), known) else known


def asks_to_delete(text: str) -> bool:
    """Tell whether a short text is a wish to have everything deleted, slips and all."""
    if len(text) > LONGEST_DELETE:
        return False
    said = plain(text)
    return any(map(is_slip_for_delete, {said, _bare(said)}))


def _known_or_mistyped(said: str) -> str | None:
    return _known(said) or mistyped(said) or mistyped(_bare(said))


def _known(said: str) -> str | None:
    for text in (said, _bare(said)):
        if found := PLAIN_ANSWERS.get(text) or examples().get(text):
            return found
    read = (as_read(text) for text in (said, _bare(said)))
    return next(filter(None, map(examples_as_read().get, read)), None)


def _bare(said: str) -> str:
    if names_a_line(said):
        return said
    return " ".join(word for word in said.split() if not _SMALL_WORDS.match(word))


def _is_only_small(said: str) -> bool:
    words = said.split()
    return bool(words) and all(_SMALL_WORDS.match(w) and w.isalpha() for w in words)


def _beside_the_plan(heard: Heard, known: str | None, plan: SafetyPlan) -> Means | None:
    if _is_said_at_us(heard, known):
        return _fed_up(plan)
    is_aside = _is_aside(heard, known or _asked_beside(heard.text), plan)
    return Means.ASIDE if is_aside else None


def _is_aside(heard: Heard, known: str | None, plan: SafetyPlan) -> bool:
    if button_words().get(plain(heard.text)) in ASKED_FOR:
        return True
    listing = plan.stage is not Stage.PERMISSION and plan.open_section in OWN_LISTS
    if known not in NOT_MEANT and (not listing or _ASKS.search(heard.text.strip())):
        return True
    if heard.intent in NOT_MEANT or heard.intent in STANDS_FOR:
        return False
    return heard.confidence >= SURE_ENOUGH and _may_be_aside(heard, plan, listing)


def _asked_beside(text: str) -> str | None:
    """Give the meaning of a question that came with an answer, if it has its own."""
    beside = question_beside(text)
    asked = _known_or_mistyped(plain(beside.question)) if beside else None
    return None if asked in STANDS_FOR else asked


def _is_said_at_us(heard: Heard, known: str | None) -> bool:
    """Tell an insult to whoever asks; it is answered, and never read back as a line."""
    said = plain(heard.text)
    if known == SWEARING:
        return True
    if known is not None or len(said.split()) > LONGEST_COMMAND:
        return False
    guessed = heard.intent == SWEARING and heard.confidence >= SURE_ENOUGH
    return is_insult(said, guessed=guessed)


def _may_be_aside(heard: Heard, plan: SafetyPlan, listing: bool) -> bool:
    text = heard.text.strip()
    if _ASKS.search(text):
        return True
    if plan.stage is Stage.PERMISSION:
        return not names_things(text) or _believed(heard)
    worry = folders().get(heard.intent or "") in WORRIES
    is_sure = heard.confidence >= SURE_OF_A_WORRY
    return worry and is_sure and not listing and bool(_FIRST_PERSON.match(text))


def _believed(heard: Heard) -> bool:
    words = plain(heard.text).split()
    known = vocabulary().get(heard.intent or "", frozenset())
    return (
        heard.confidence >= SURE_ENOUGH
        and 0 < len(words) <= LONGEST_COMMAND
        and not all(word.isdigit() for word in words)
        and not _names_a_thing(words)
        and all(_near(word, known) for word in words)
    )


def _names_a_thing(words: list[str]) -> bool:
    """Tell "my bed" from "off to my bed": a thing of theirs is a line of the plan."""
    return len(words) == _A_THING_OF_THEIRS and words[0] == "my"


def _near(word: str, vocabulary: frozenset[str]) -> bool:
    return (
        word in vocabulary
        or bool(_SMALL_WORDS.match(word))
        or (
            len(word) > 3
            and any(
                SequenceMatcher(None, word, known).ratio() >= 0.8
                for known in vocabulary
                if abs(len(known) - len(word)) <= 2
            )
        )
    )
