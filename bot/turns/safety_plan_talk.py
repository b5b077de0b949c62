"""Tells talk from an answer, where an answer is kept and not read back.

Elsewhere a line is read back word for word, so whoever reads it can take it back. What
makes a situation safer is only counted: there a sentence that may be talk is asked
about before it is a line. It leans towards asking; nothing is left out unasked.
"""

import re
import unicodedata
from typing import Final

_BEFORE: Final = (
    r"^(?:(?:but|and|so|well|idk|omg|lol|ok|no|nah|yeah|oh|tbh|honestly|wait|hang on"
    r"|hold on|sorry|um|er|erm|hmm|actually|ffs) )*"
)
_ASKS: Final = (
    r"(?:wh?y|how|hw)\b|(?:w[ao]t|what|who|when|wen|where|which)(?:s\b| "
    r"(?:is|are|r|am|do|does|did|can|could|will|would|should|has|have|if|about|abt"
    r"|else)\b)"
    r"|(?:is|are|r|am|do|does|did|can|could|cud|will|would|wud|should|has|have) "
    r"(?:i|u|you|they|it|this|that|my|he|she|we|there)\b"
)
_ASKS_US: Final = (
    r"(?:wh?y|how|hw)\b(?! (?:i|to)\b)"
    r"|(?:w[ao]t|what|how) (?:if|about|abt)\b"
    r"|(?:w[ao]t|what|who|when|wen|where|which) (?:(?:else|even|actually|the hell) )?"
    r"(?:is|are|r|am|do|does|did|can|could|will|would|should|shud|happens)\b"
    r"|who (?:answers|picks|reads|runs|made|makes|owns|decides|told|pays)\b"
    r"|(?:w[ao]t|what)s (?!app\b)|(?:who|when|where|how)s\b"
    r"|(?:is|are|r|do|does|did|can|could|cud|will|would|wud|should|shud|has|am) "
    r"(?:u|you|they|i|he|she|we|there|any ?(?:one|body|1)|some ?(?:one|body|1)"
    r"|no ?(?:one|body|1))\b"
    r"|have (?:u|you|they) \w+|(?:is|does|did|has) \w+ \w+"
    r"|(?:is|does|did|has|will|would|can|could) (?:it|this|that|my|the|our|people)\b"
    r"|.+ (?:is|isnt|aint|are|arent|does|doesnt) (?:he|she|it|they)$"
)
"""What is a question to us anywhere; "do it slowly" and "why i carry on" are none."""
_ABOUT_THIS: Final = (
    r"(?:this|that|it)s\b"
    r"|(?:this|that|it) (?:is|isnt|aint|was|wasnt|wont|will|would|didnt|did|doesnt|dont"
    r"|does|never|hasnt|feels?|sounds?|seems?|makes?|only|just|might|could)\b"
    r"|(?:theres |there is )?(?:nothing|nowhere|no point|no way)\b"
    r"|there isnt\b|whatever\b"
)
_ABOUT_OTHERS: Final = (
    r"(?:nobody|no one|noone|no1|everyone|everybody|people|they) "
    r"(?:ever |even |really |all )?"
    r"(?:cares?|likes?|wants?|knows?|gets?|understands?|believes?|listens?|hates?"
    r"|gives?"
    r"|would|will|can|could|thinks?)\b"
)
_ABOUT_ME: Final = (
    r"i (?:am|feel|felt|hate|think|thought|wish|guess|dont|dnt|cant|cannot|can not"
    r"|wont|didnt"
    r"|couldnt|tried|already|swear|cba|forgot)\b"
    r"|ive (?:tried|already|never|had|got no)\b"
    r"|im (?!going|gonna|goin|staying|sitting|at|with|w|off|in|near|by)\b"
)
_TALK = re.compile(f"{_BEFORE}(?:{_ASKS}|{_ABOUT_THIS}|{_ABOUT_OTHERS}|{_ABOUT_ME})")
_QUESTION = re.compile(f"{_BEFORE}(?:{_ASKS_US})")
LONGEST_UNSURE_ANSWER: Final = 4
"""Words of an answer that has a question mark behind it: "maybe my nan?"."""
_AT_US = re.compile(
    r"\b(?:you|u|ur|your|what|wat|why|how|when|really|huh|eh|sorry)\b"
    r"|^(?:is|are|was|does|did|can|could|will|would|should|has|am)\b"
)
_WORRY = re.compile(
    r"\b(?:mum|mom|mam|dad|nan|parents|teacher|school|they|she|he|everyone"
    r"|people)s?\b.*"
    r"\b(?:(?<!to )finds? out|found out|go(?:es|ing)? (?:mental|mad|nuts|spare)"
    r"|flips?|freaks?"
    r"|(?:kill|hate|judge|blame) me|laugh at me|sees? this"
    r"|(?:might|will|would|could|gonna|going to) (?:tell|ring|phone)"
    r" (?:my|on|mum|mom|dad|them|school|everyone|people|him|her)"
    r"|be (?:so |well |really )?(?:angry|mad|upset|cross|fuming))\b"
)
_GOES_ON = re.compile(
    r"(?:(?:no|nah|nope|na|yes|yeah|yep|yh|ye|ok|okay|and|so|right|ffs|omg|just) )*"
    r"(?:that all|then|then what|what(?:s| is) next|what now|(?:nothing|nowt"
    r"|nothin) (?:else|more)(?: to (?:add|put|say))?"
    r"|no more(?: to add)?|ive (?:got )?no more"
    r"|th?ats (?:it|all|everything)|that is (?:it|all)"
    r"|carry on|go on|keep going|move on|lets (?:move on|carry on|go on)"
    r"|next(?: (?:one|part|bit|question))?"
    r"|(?:th?ats |its |it is |looks |all )+(?:good|right|rite|fine|correct|ok|okay))"
    r"(?: (?:for (?:now|this|this one|here)|please|pls|plz|then|now|thanks|ty|tho))*"
)
"""What says that nothing is to be added to what was read back, as `plain` writes it."""
_NOTHING = re.compile(
    r"(?:(?:no|nah|nope|nar|um|er|erm|idk|tbh|honestly|just) )*"
    r"(?:nothing|nothin|nowt|none|n a|nil)(?: (?:really|rly|tbh|atm|yet|for me|idk))*"
)
"""What says that there is nothing to list, as `plain` writes it."""
_OF_THIS = re.compile(
    rf"{_BEFORE}(?:this|that|it)(?:s| is| was| feels| takes) "
    r"(?:(?:so|too|really|well|very|a bit|kinda|taking|way too) )*"
    r"(?:long|boring|hard|stupid|dumb|pointless|weird|confusing|ages|forever"
    r"|annoying|cringe|difficult|silly|awkward|a lot)\b"
)
"""What is said of the questions themselves, in whichever part."""

_HOW_FAR = re.compile(
    r"how (?:(?:many|much|long)(?: \w+){0,2} (?:left|more|longer|to go)"
    r"|(?:many|much) (?:more|questions|parts|qs|bits)|long (?:is|does) (?:this|it)"
    r"|long (?:will|is) (?:this|it) (?:take|going to take|gonna take))\b.*"
    r"|(?:what|which) (?:part|question|bit|number) (?:are we|am i|is this)(?: on| at)?"
    r"|how far(?: (?:are we|am i|is it|through)\b.*)?"
    r"|(?:(?:are we|am i|is it|is this) )?(?:nearly|almost) "
    r"(?:done|there|finished|over)"
    r"|(?:are there|is there) (?:many|much|lots) (?:more|left).*"
)

_LOST = re.compile(
    r"(?:what|where) (?:was|were) (?:i|we)"
    r"(?: (?:at|on|up to|doin|doing|sayin|saying|writing|meant to be doing))?"
    r"|where (?:am i|are we)(?: (?:at|up to))?|what are we (?:doin|doing)"
    r"|(?:what|where) did (?:i|we) (?:get to|stop|leave off)"
    r"|what did you (?:ask|say|want)(?: me)?"
    r"|what (?:is|was) (?:the|your|that) question"
    r"|i lost (?:the|my) (?:question|place)"
)

_TRUSTS_NOBODY = re.compile(
    rf"{_BEFORE}(?:(?:nobody|no ?one|none) )?"
    r"(?:i (?:dont|do not|cant|never|wont|hate|dont like|hate talking to)"
    r"(?: (?:really|even|rly|ever))?(?: (?:trust|like|do|talk to|tell))?"
    r" (?:any ?(?:one|body)?|all|most)? ?"
    r"(?:adults?|people|grown ?ups?|teachers?|anyone|anybody|them)"
    r"|(?:adults|grown ?ups|people|they|teachers) (?:never|dont|wont|just|always)\b)"
)
_HAS_DIED = re.compile(
    r"\b(?:s?he|they|who|mum|mom|mam|dad|nan|nana|nanny|gran|grandma|grandad|grandpa"
    r"|brother|sister|uncle|aunt(?:ie|y)?|cousin|friend|mate|baby|dog|cat|hamster|rabbit)"
    r"(?:[’']?s|[’']?re| is| are| has| have)?"
    r"(?: (?:just|only|now|recently|already|all))? (?:died|dead|passed away)\b"
    r"(?! (?:good|funny|nice|kind|tired|busy|annoying|cool|sweet|old|in|on|laughing))",
    re.IGNORECASE,
)
_THANKS_BESIDE = re.compile(
    r"^(?:thank (?:you|u)|thanks)(?: (?:very|so) much)? "
    r"| (?:thank (?:you|u)|thanks)(?: (?:very|so) much)?$"
)
_SOUNDS = re.compile(
    r"(?:lo+l+|lmf?ao+|rofl|jks?|(?:ha|he|ja)+h?|o+m+g+|omds|h+m+|u+m+|e+r+m*|u+gh+|meh"
    r"|bru+h+|wow|oops|oof|sigh|xd+|ok+|bla+h*|ble+h+|(?:la){2,})"
)

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST_MASH: Final = 4
LONGEST_MASH: Final = 40
"""Letters: "mmm" is a sound, and nobody's slip goes on for a page."""
_AGAIN = re.compile(r"([^aeiouy\W\d_]{2,4})\1+\w?")
_ONE_LETTER = re.compile(r"([^\W\d_])\1{3,}")
_HOME_ROW = re.compile(r"(?=\w*[sdfghjkl]{4})[asdfghjkl]{5,}")
"""No word, name or text-speak is so long in these keys with so few vowels."""


def is_mash(said: str) -> bool:
    """Tell keys pressed by chance, as `plain` writes them: "asdfgh", "jsjsjs".

    By the keys alone, so that no name, game or slang is taken for one because nobody
    has heard of it. Every word must be one: "asdf lol" is some of each.
    """
    words = said.split()
    return bool(words) and all(map(_is_mashed, words))


def _is_mashed(word: str) -> bool:
    if not SHORTEST_MASH <= len(word) <= LONGEST_MASH:
        return False
    if _AGAIN.fullmatch(word) or _ONE_LETTER.fullmatch(word):
        return True
    beside = any(word in row or word[::-1] in row for row in _ROWS)
    return beside or bool(_HOME_ROW.fullmatch(word))


def unsure_of(text: str, said: str) -> str:
    """Name what is said to words that may be no line; `said` is the text, plain."""
    if is_mash(said):
        return "plan.unread"
    return "plan.cannot_answer" if is_question(text, said) else "plan.unsure"


def is_only_a_sound(said: str) -> bool:
    """Tell a laugh or a sigh, as `plain` writes it, from words."""
    words = said.split()
    return bool(words) and all(map(_SOUNDS.fullmatch, words))


def trusts_nobody(said: str) -> bool:
    """Tell "i dont trust adults" from somebody who could be told, as `plain` writes."""
    return bool(_TRUSTS_NOBODY.match(said))


def is_about_this(said: str) -> bool:
    """Tell a word on the questions themselves, "this is long", from an answer."""
    return bool(_OF_THIS.match(said))


def without_thanks(said: str) -> str:
    """Leave out a "thank you" beside what else was said, as `plain` writes it."""
    return _THANKS_BESIDE.sub("", said) or said


def asks_how_far(said: str) -> bool:
    """Tell whether somebody asks how much is left; `said` is it, plain."""
    return _HOW_FAR.fullmatch(_bare_of_small(said)) is not None


def _bare_of_small(said: str) -> str:
    return re.sub(
        r"^(?:ok|so|but|and|omg|er|um) | (?:now|pls|please|lol|tho)$", "", said
    )


def has_lost_the_question(read: str) -> bool:
    """Tell "what was i doing" from an answer; `read` is it with short forms out."""
    return _LOST.fullmatch(_bare_of_small(read)) is not None


def tells_of_a_death(text: str) -> bool:
    """Tell "my gran but shes dead" from "the walking dead" and "my phone died"."""
    return _HAS_DIED.search(text) is not None


def is_question(text: str, said: str) -> bool:
    """Tell a question to us from an answer, anywhere in the plan; `said` as below."""
    marked = text.rstrip().endswith("?") and not is_unsure_answer(text, said)
    return marked or bool(_QUESTION.search(said))


def is_unsure_answer(text: str, said: str) -> bool:
    """Tell "my nan?", an answer that asks whether it is one, from a question."""
    is_short = 0 < len(said.split()) <= LONGEST_UNSURE_ANSWER
    is_marked = text.rstrip().endswith("?") and text.count("?") == 1
    return is_marked and is_short and not _TALK.search(said) and not _AT_US.search(said)


def may_be_talk(text: str, said: str) -> bool:
    """Tell whether a message may be talk rather than an answer; `said` is it, plain."""
    if text.rstrip().endswith("?") and not is_unsure_answer(text, said):
        return True
    return bool(_QUESTION.search(said) or _TALK.search(said) or _WORRY.search(said))


def goes_on(said: str) -> bool:
    """Tell whether nothing is to be added: "nah thats all", "carry on"."""
    return bool(_GOES_ON.fullmatch(said))


def is_nothing(said: str) -> bool:
    """Tell whether there is nothing to list: "n/a", "nah nothing"."""
    return bool(_NOTHING.fullmatch(said))


def is_only_marks(text: str) -> bool:
    """Tell dots and dashes alone from words and from pictures."""
    return all(unicodedata.category(mark)[0] in "PZ" for mark in text.strip())
