"""Tells what is asked of us in the middle of a plan, and could stand in none.

Everything is read as `known_words.as_read` writes it, and only as a whole message.
"""

import re
from typing import Final


def any_of(*said: str) -> str:
    """Put ways of saying one thing together, each of which may be all that was said."""
    return "|".join(said)


FIRST: Final = (
    r"(?:(?:but|and|so|wait|hang on|hold on|ok|okay|um|er|erm|sorry|soz|omg|lol|ffs|fgs"
    r"|actually|hmm|no|nah|nope|oh|right|hey|well|yeah|please|pls) )*"
)
LAST: Final = (
    r"(?: (?:now|right now|rn|on|anymore|any more|please|pls|plz|thanks|thank you|ty"
    r"|sorry|tho|though|exactly|lol|yet|then|first|instead|again|tonight|today|atm))*"
)
"""Small words around whatever is said; they change nothing."""
_NOBODY_COMES: Final = any_of(
    (
        r"(?:is|are|will|would) (?:any(?: ?one|body)|some"
        r"(?: ?one|body)|people|they|you|the police|police|an? "
        r"(?:ambulance|person|worker)) (?:actually |really )?(?:be )?"
        r"(?:coming|going to come|gonna come|come|(?:going to |gonna )?send(?:ing)? "
        r"(?:\w+ )?(?:\w+))(?: (?:here|out|over|round|for me|to "
        r"(?:me|get me|my (?:house|home|school))))*"
    ),
    (
        r"(?:is|are) (?:you|they|any(?: ?one|body)|some(?: ?one|body)) "
        r"(?:calling|ringing|phoning|getting) "
        r"(?:the police|police|999|an ambulance|my (?:mum|dad|parents|school)|anyone)"
    ),
    (
        r"(?:did|have) (?:you|u) (?:call(?:ed)?|ring|rung|sen[dt]|tell|told|get|got)"
        r" (?:the police|police|999|an ambulance|any(?: ?one|body)|some(?: ?one|body))"
    ),
)
_CANNOT_RING: Final = any_of(
    (
        r"(?:can|could|will|would) (?:you|u) (?:just )?"
        r"(?:call|ring|phone|facetime|video call) me(?: back)?"
    ),
    r"(?:can|could) i (?:just )?(?:call|ring|phone|speak to|facetime) (?:you|u)",
    r"what(?:s| is) (?:your|the|ur) (?:phone )?number",
)
_KEPT: Final = any_of(
    (
        r"(?:is )?(?:this|that|it|everything)(?:s| is)? (?:is )?"
        r"(?:all |still |actually )*(?:private|secret|confidential|anonymous)"
        r"(?: (?:right|yeah|yes|yh|innit|isnt it|is it|though))?"
    ),
    (
        r"(?:will|do|can|would) (?:you|u) (?:still )?"
        r"(?:remember|save|keep|store|forget|have) (?:all )?"
        r"(?:this|it|that|me|my plan|my answers|what i \w+)"
        r"(?: tomorrow| later| next time| for me)?"
    ),
)
_WAS_KEPT: Final = any_of(
    (
        r"(?:did|have) (?:you|u) (?:just )?(?:saved?|keep|kept|stored?|sen[dt]|shared?)"
        r" (?:this|that|it|what i \w+)(?: (?:anywhere|to .{1,20}))?"
    ),
    (
        r"(?:is|was|has) (?:this|that|it)(?: been)?(?: all)? "
        r"(?:saved|kept|stored|recorded|sent|shared)(?: (?:anywhere|to .{1,20}))?"
    ),
)
_WHO_IS_HERE: Final = (
    r"(?:(?:is|are) (?:there )?(?:any ?one|any ?body|some ?one|some ?body"
    r"|any real people)(?: (?:even|actually|really|real))?"
    r" (?:there|here|on here|reading(?: this)?|listening|real|about|on)"
    r"|any ?(?:one|body) (?:there|here|reading(?: this)?|listening))"
)
_IDEAS: Final = any_of(
    (
        r"(?:(?:give|show|send|get) me |can i (?:have|see|get) |see )?"
        r"(?:a |the |some |any )?(?:list|options|examples?|suggestions?|choices)"
        r"(?: to pick(?: from)?)?"
    ),
    (
        r"what (?:do|would|did) (?:other |most |normal )?"
        r"(?:people|ppl|others|everyone|anyone)(?: else)? (?:usually |normally )?"
        r"(?:say|put|do|write|pick)"
    ),
    r"like what",
)
_MAY_I_PUT: Final = (
    r"(?:can|could|may|should|do) i (?:just |also )?(?:put|add|write|list)"
)
_YOU_CHOOSE: Final = any_of(
    rf"{_MAY_I_PUT} .{{1,60}}",
    r"(?:can|could|does|must) (?:it|they) (?:have to )?be .{1,40}",
    r"(?:does|do|would|will|can) .{1,40} count(?: (?:as .{1,30}|for this|here|too))?",
    (
        r"(?:is|are|would) .{1,40} (?:ok|okay|allowed|alright|all right|fine)"
        r"(?: (?:to (?:put|say|write)|here|for this|too|if .{1,40}))?"
    ),
    (
        r"is it (?:ok|okay|bad|weird|stupid|silly|fine|allowed|alright|wrong) "
        r"(?:if i (?:put|say|write|list)|to (?:put|say|write)) .{1,40}"
    ),
)
_EDITS: Final = (
    r"(?:(?:can|could|how (?:do|can)) i|i (?:want to|wanna|need to)|can (?:you|we)"
    r"|let me|i have to) (?:change|edit|fix|correct|delete|remove|take out|swap|redo) "
    r"(?:something|one|it|that|this|what i (?:put|said|wrote|typed)|a line|an? answer"
    r"|my (?:answers?|lines?|plan|words)"
    r"|(?:the|my) (?:first|second|third|last|other|top|bottom|wrong"
    r"|\w+ one)(?: (?:one|line|thing|answer|bit|part))?"
    r"|(?:line|part|number) [1-9](?: [1-9])?)(?: i (?:put|said|wrote))?"
)
_PUTS = re.compile(
    rf"(?:\W*\b(?:ok|so|and|um|er|wait|but|oh|please|pls)\b)*\W*{_MAY_I_PUT} "
    r"(?!(?:it|this|that|you|u|ur|nothing|no|more|any|what|other|another|a|an|one|two"
    r"|something|someone|anything|things|stuff|lots|loads|off|on|in)\b)"
    r"(?P<words>[^?.!\n]{2,60}?)"
    r"(?: (?:in|here|down|for this|there|too|as well|pls|please))*\W*",
    re.IGNORECASE,
)
_VERB: Final = r"(?:are|do|does|did|can|could|will|would|have|should|is)"
_YOU: Final = r"(?:you|u|your|ur)\b(?! rather\b)"
_OF_US = re.compile(
    rf"{FIRST}(?:{_VERB} {_YOU}.*"
    rf"|(?:why|how|what|when|where|who)(?: \w+)? {_VERB} {_YOU}.*"
    rf"|(?:whats|wheres|hows|whos|what is|where is|who is) {_YOU}.*"
    r"|(?:does|did|will|would|is) (?:it|this|that) (?:(?:even|actually|really) )?"
    r"(?:work|help|safe|private|real|free|anonymous)\w*"
    rf"(?: for \w+| anyone| me)?){LAST}"
)
"""Asked of us, and of nothing that a plan could hold."""
ASKED_OF_US: Final = (
    (_NOBODY_COMES, "nobody_comes"),
    (_CANNOT_RING, "cannot_ring"),
    (_KEPT, "kept"),
    (_WAS_KEPT, "kept"),
    (_WHO_IS_HERE, "who_is_here"),
    (_IDEAS, "plan_ideas"),
    (_EDITS, "plan_edit"),
    (_YOU_CHOOSE, "you_choose"),
)
"""Each kind, with the value of what it means."""


def asked_to_put(text: str) -> str | None:
    """Give what "can i put my dog?" names, or None."""
    found = _PUTS.fullmatch(text)
    return found["words"] if found else None


def asks_us(read: str) -> bool:
    """Tell what is asked of us and could stand in no plan: "do you even care"."""
    return _OF_US.fullmatch(read) is not None
