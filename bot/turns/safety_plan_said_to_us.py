"""Tells what is said to us, or of the plan itself, in the middle of one: no line.

Everything is read as `known_words.as_read` writes it, and only as a whole message.
"""

import re
from typing import Final

from bot.turns.safety_plan_asked_of_us import ASKED_OF_US, FIRST, LAST, any_of

_PUTS_OFF = re.compile(
    rf"(?:(?:yes|yep|yh|ye|maybe) (?:but )?)?{FIRST}(?:can (?:you|we|i) )?"
    r"(?:(?:ask|text|remind) me (?:again )?(?:later|tomorrow|another (?:time|day))"
    r"|(?:(?:maybe|perhaps|do (?:it|this)) )?(?:later|another (?:time|day))"
    r"|(?:maybe|perhaps) tomorrow"
    r"|not (?:right )?(?:now|tonight|today|yet)"
    r"|(?:i )?(?:dont|do not) (?:even )?want (?:to do )?(?:this|it|that)"
    r"|(?:(?:i (?:want to|wanna|need to)|lets|just) )*stop"
    r"(?: (?:it|this|that|asking(?: me)?(?: (?:stuff|things|questions|all this))?))?"
    r"|(?:i )?(?:cba|(?:cant|cannot|could not|couldnt) be (?:arsed|bothered|fucked))"
    r"(?: (?:with|to do) (?:this|it|that|any of this))?"
    r"|(?:(?:im|i am) )?not (?:really |rly )?"
    r"(?:feeling (?:up to )?(?:this|it)|in the mood|up (?:for|to) (?:this|it))"
    r"(?: for (?:this|it))?"
    r"|(?:(?:im|i am) )?(?:way )?(?:too|so) tired (?:for|to do) (?:this|it))"
    rf"{LAST}"
)
"""What puts the plan off, whatever was asked last: "ask me later", "nah stop"."""
_PART: Final = r"(?:part|question|section|number|bit)"
_THANKS: Final = (
    r"(?:(?:cool|great|perfect|aw|ah) )*(?:thanks|thank you|thank u|thx|thnx|ty|tysm"
    r"|tyvm)(?: (?:so much|a lot|x+|bot|mate|for that))*"
)
_SORRY: Final = r"(?:(?:im|i am) )?(?:so |really )?(?:sorry|soz|sry|sorrry)"
_HAS_TO_GO: Final = any_of(
    (
        r"(?:.{1,30} )?(?:brb|gtg|g2g|bbl|back in a "
        r"(?:sec|second|min|minute|bit|mo))(?: .{1,25})?"
    ),
    r"(?:i |ive )?(?:got to|gotta|have to) go(?: soon| bed| to bed| dinner| bye)?",
)
_IS_BACK: Final = any_of(
    r"(?:(?:hey|hi|hiya|hello) )?(?:im|i am) back(?: here)?",
    r"(?:hey|hi|hiya) back",
    r"back now",
)
_HERE: Final = (
    r"(?:hello )?(?:are )?(?:you|u) (?:still )?(?:there|here|awake|listening)"
    r"(?: still)?"
)
_MAY_I_ASK: Final = (
    r"(?:can|could|may) i (?:just |quickly )?ask (?:you |u )?"
    r"(?:s[ou]me?thi?n\w*|smth|sth|a (?:quick )?(?:question|thing))"
)
_A_TEST: Final = any_of(
    (
        r"(?:is|are) (?:this|it|that|these) (?:(?:a|an|like|some kind of) )*"
        r"(?:test|exam|quiz)"
    ),
    (
        r"(?:what happens |what )if i (?:dont|do not|cant|wont) "
        r"(?:(?:want to|wanna|know how to) )?"
        r"(?:answer|say|do|tell|know|finish|put|write|fill)\b.{0,25}"
    ),
    r"is there a (?:right|wrong|correct) (?:answer|way|one)",
    (
        r"(?:am i|did i|have i) (?:do|get|got|doing|done|getting) (?:it|this|that) "
        r"(?:all )?(?:right|wrong|ok|okay|properly|correctly)"
    ),
    r"what if i (?:get|do) (?:it|this|that) wrong",
    (
        r"(?:is|was) (?:this|that|it) (?:(?:a bit|really|so|too|kinda|just) )*"
        r"(?:weird|stupid|silly|dumb|bad|sad|normal|cringe|childish|babyish|lame)"
        r"(?: to (?:say|put|write))?"
    ),
    (
        r"(?:will|are|do|would) (?:you|u) (?:going to |gonna )?"
        r"(?:judge|judging|laugh(?:ing)?|(?:even )?think (?:im|i am|this is|its)|be "
        r"(?:mad|angry|annoyed))\b.{0,30}"
    ),
)
_BAD: Final = (
    r"(?:(?:so|really|just|all|kinda|a bit|fucking|fkn|such a|such|proper|too|dead"
    r"|well|a|taking|way too|very) )*"
    r"(?:shit|shite|crap|stupid|dumb|pointless|boring|rubbish|useless|annoying|cringe"
    r"|bs|bullshit|bollocks|trash|joke|waste of (?:my )?time|long|ages|forever|weird"
    r"|silly|awkward|confusing|effort)"
)
_DONT_KNOW: Final = any_of(
    (
        r"(?:i |im |i am )?(?:really |rly )?"
        r"(?:not (?:really |too |rly )?sure|(?:have |got |ive )?no "
        r"(?:idea|clue)|dont (?:really |rly )?"
        r"(?:know|have (?:one|any|anything|any of (?:them|those)))|cant "
        r"(?:really )?think(?: of (?:one|any|anything))?|have nothing|cant remember"
        r"|dont remember|forgot|forget)"
    ),
    r"nothing (?:really )?comes to mind",
    r"my (?:mind|head)s? (?:is |has gone |gone )?blank",
)
_NO_NAME_FOR_IT: Final = any_of(
    (
        r"(?:(?:i )?(?:dont|do not) (?:know|no|kno)|idk|(?:i )?dunno|(?:ive )?no idea"
        r"|(?:im )?not sure) (?:what|who|which|how|where)"
        r"(?: (?:numbers?|one|else|to (?:put|say|write|pick|list|ring|call|tell)"
        r"|i (?:would|could|should)(?: \w+)?))?"
    ),
    (
        r"(?:i am|im) not (?:certain|sure)(?: that)? (?:anything|it|that|this) "
        r"(?:does|helps|would|will|works)"
    ),
)
"""Does not know which, as who is asked for a number may not."""
_RATHER_NOT: Final = any_of(
    (
        r"(?:i |id |i would )?(?:much )?(?:rather|prefer)(?: to)? not(?: to)?"
        r"(?: (?:say|answer|discuss|talk about|share|tell|go into|do)(?: .{1,30})?)?"
    ),
    (
        r"i (?:dont|do not) (?:really )?(?:want to|wanna|feel like) "
        r"(?:say(?:ing)?|answer(?:ing)?|discuss(?:ing)?|talk(?:ing)? (?:about|abt)"
        r"|shar(?:e|ing)|go(?:ing)? into)"
        r"(?: (?:it|this|that)(?: (?:one|part|bit|question))?)?"
    ),
)
"""Would rather not answer this one: it is left out, and the next is asked."""
_SHOWS: Final = any_of(
    r"show(?: (?:me|it|us|that|this))*",
    (
        r"(?:show me|see|read) (?:everything|all of it|my (?:list|answers|lines)"
        r"|what i (?:have|got|put|said|wrote|written)(?: so far)?)"
    ),
    (
        r"(?:copy(?: of)?|send(?: me)?|give me|get|save|print|(?:can|could) i "
        r"(?:have|get|see|copy|print)|see|read)(?: a copy of)? (?:my|the) "
        r"(?:whole |full )?(?:safety )?plan"
    ),
    r"copy(?: (?:it|this|that))?",
    (
        r"what (?:did|have) i (?:put|say|said|write|written|wrote|got|done|list)"
        r"(?: (?:in|for) part [1-9])?(?: so far| already| before)?"
    ),
)
_PUTS_BACK: Final = (
    r"(?:i )?(?:changed my mind )?(?:(?:can you|can u|pls|please) )*"
    r"(?:put|add|bring) (?:it|that|them|this) back(?: in| again)?"
)
"""Names no line, and nobody can know which."""
_FED_UP: Final = any_of(
    rf"(?:this|it|that|these)(?: (?:is|are|feels|seems|takes)|s)? (?:\w+ly )?{_BAD}",
    rf"(?:its|thats|this|so|such|just|what) {_BAD}",
    r"ffs|fgs|wtf",
    r"what the (?:fuck|hell)",
    r"for (?:fucks?|gods?|fs) sakes?",
    r"bs|bullshit|bollocks|shit|crap|fml|boring|pointless|useless|stupid",
    r"dumb|cringe|annoying",
    r"f\w{0,2}c?k (?:this|it|off|that|you|u|sake)",
    r"fuck|idc|idgaf",
    r"i (?:really )?(?:dont|do not|couldnt) (?:even )?care",
    r"who cares|whatever",
    r"i (?:really |fucking )?hate (?:this|these|it|you|these questions|this bot)",
    (
        r"(?:this|it|that)(?:s| is| isnt| is not|s not| doesnt| does not| aint"
        r"| wont) (?:even |really |not )*(?:help|helping|work|working|useful)"
        r"(?: me| at all)*"
    ),
    r"(?:.{1,40} )?(?:you|u) keep (?:on )?asking(?: me)?(?: .{1,20})?",
    (
        r"i (?:just|already|literally) (?:just )?(?:said|told (?:you|u)) "
        r"(?:i|idk|no|nothing|that|it|so)\b.{0,40}"
    ),
    r"(?:not|isnt|aint|doesnt) (?:even |really )*(?:help|helping)(?: me)?",
    (
        r"(?:(?:you|u|there) (?:ask|are|have|got|keep asking) |why )?"
        r"(?:too|so) many (?:questions|parts|qs)"
    ),
    (
        r"(?:you|u|ive|i) (?:have |already |just |literally )*"
        r"(?:asked|said|told|answered|done|did|put)(?: me| (?:you|u))? "
        r"(?:that|this|it|u|you)(?: already| before)?"
    ),
    r"(?:(?:im|i am) )?(?:so )?bored (?:of|with) (?:this|it|these questions)",
)
"""Said of the questions themselves by whoever has had enough of them."""
_MAY_BE_OF_ONESELF = re.compile(
    rf"{FIRST}(?:i (?:really )?(?:dont|do not|couldnt) (?:even )?care|who cares"
    rf"|so {_BAD}){LAST}"
)
"""Said of the questions, or of how it feels when it begins."""
_HOW_FAR: Final = any_of(
    (
        r"(?:is|was) (?:that|this) (?:it|all|everything|the (?:last|end)"
        r"(?: (?:one|part|question|bit))?)"
    ),
    r"(?:are we|am i|is it|is this) (?:done|finished|over)",
    r"(?:is there|whats|what is) (?:a |the |any )?(?:time )?limit",
    r"do i have to(?: (?:do|answer|fill|finish|say|write|put)(?: .{1,30})?)?",
    rf".*\b(?:which|what) {_PART} (?:were we|was i) (?:on|at|up to)",
)
_WHAT_FOR: Final = any_of(
    r"what (?:do |did )?(?:you|u) mean\b.*",
    r"wdym\b.*",
    (
        r"i (?:dont|do not|didnt) (?:know|no|kno|get|understand) what (?:you|u) "
        r"(?:me+a?n|want|are asking)\b.*"
    ),
    (
        r"(?:can|could|would) (?:you|u) (?:please )?explain"
        r"(?: (?:me|it|this|that|why|what|how)\b.{0,40})?"
    ),
    r"what (?:does|do|did) .{1,40} me+a?n",
    (
        r"(?:whats|what is|what are|what) (?:even |actually )?(?:is |are )?"
        r"(?:this|that|these|it)(?: (?:one|bit|part|question|even))?(?: for)?"
    ),
    (
        r"(?:whats|what is) the point (?:of|in) (?:doing |making |having )?"
        r"(?:this|these|that|it|a plan|the plan)(?: (?:question|one|part|bit|plan)s?)?"
    ),
    (
        r"why (?:(?:does|do|must|should) (?:it|they|this) (?:have to )?be|"
        r"(?:cant|isnt|wont) (?:it|they|this)|an adult|adults)\b.{0,30}"
    ),
    (
        r"why (?:does|do|should|would) (?:this|that|it|i|these)\b.{0,30}"
        r"(?:matter|help|important|answer|tell|say|do this)\b.{0,15}"
    ),
    r"what (?:counts|would count) as .{1,40}",
    (
        r"(?:wtf|what the (?:fuck|hell)) (?:is|does) (?:this|that)"
        r"(?: (?:question|one|bit|part|mean|about|for))*"
    ),
    r"why (?:do |would |are )?(?:you|u) (?:need|want|ask|asking|have)\b.*",
)
_WHO_KNOWS: Final = r"(?:f\w{0,2}ck|god|who|christ|heaven) knows"
_LOST: Final = (
    r"what (?:is|was) (?:the|your|that|my) (?:next )?question"
    r"|what am i (?:meant|ment|supposed|sposed) to (?:do|say|write|put)"
)
_GOES_ON: Final = (
    r"(?:(?:i (?:want to|wanna|need to|have to)|let me|can (?:i|we)|just) )*"
    r"(?:finish|(?:carry|go) on(?: (?:with|wiv|wit|w))?|(?:get|go) back to) "
    r"(?:my|the|this) (?:safety )?plan"
)
_SAID_DONE: Final = (
    r"i (?:just |already )?said (?:im )?(?:done|next|skip|finished|go on)"
    r"|nxt|nex|nect|(?:fucking|fuckin|fkn|bloody|just) (?:next|nxt|skip)"
    r"|(?:next|nxt|skip)(?: (?:this|that|it))?(?: (?:shit|crap|one|bit|rubbish))?"
    r"(?: (?:ffs|fs|innit|bruv|mate))?"
)
_MEANINGS: Final = tuple(
    (re.compile(f"{FIRST}(?:{said}){LAST}"), intent)
    for said, intent in (
        (_THANKS, "thanks"),
        (_SORRY, "sorry"),
        (_HAS_TO_GO, "plan_pause"),
        (_IS_BACK, "plan_resume"),
        (_HERE, "greet"),
        (_MAY_I_ASK, "ask_away"),
        (_A_TEST, "no_test"),
        (_RATHER_NOT, "plan_skip"),
        (_SHOWS, "plan_show"),
        (_PUTS_BACK, "sound"),
        *ASKED_OF_US,
        (_FED_UP, "fed_up"),
        (_DONT_KNOW, "plan_dont_know"),
        (_HOW_FAR, "how_far"),
        (_WHAT_FOR, "plan_what_for"),
        (_WHO_KNOWS, "plan_dont_know"),
        (_NO_NAME_FOR_IT, "plan_dont_know"),
        (_LOST, "plan_resume"),
        (_GOES_ON, "plan_resume"),
        (_SAID_DONE, "plan_skip"),
    )
)
"""Each kind, with the value of what it means."""
_AT_US = re.compile(
    r"^(?:(?:omg|lol|ffs|god|well|wow|and|but|no|oh|wtf|honestly|seriously) )*"
    r"(?:u|ur|you|youre|ya|shut|stfu|get lost|piss off|f(?:uck)? (?:off|you|u)"
    r"|i hate (?:you|u|this)|this (?:is|isnt|aint|bot|thing)"
    r"|(?:stupid|useless|worst|crap|shit) (?:thing|app|chat|machine|computer))\b"
    r"|\b(?:chat)?bot\b"
)
_AT_YOU = re.compile(
    r"^(?:(?:omg|lol|ffs|god|well|wow|and|but|no|oh|wtf|honestly|seriously) )*"
    r"(?:u|ur|you|youre|ya)\b.*\b(?:useless|shit|crap|rubbish|stupid|dumb|thick|trash"
    r"|pointless|annoying|garbage|idiot|moron|joke|no help|not helping|isnt helping"
    r"|aint helping|dickhead|prick|twat|bellend|muppet|dont get it|dont understand)\b"
)
"""An insult to whoever asks, as `plain` writes it, is no line of a plan."""
_WANTS_IT = re.compile(f"{FIRST}(?:{_GOES_ON}){LAST}")
_GOES_TO = re.compile(
    rf"{FIRST}(?:i meant? )?"
    r"(?:(?:can (?:we|i|you)|i want to|i wanna|let me|lets|take me) )*"
    r"(?:(?:(?:go|get|jump|skip|move|return|back|straight) )*to |do )?"
    rf"{_PART} [1-9]{LAST}"
)
"""A wish to go to a part, by its number: "go back to part 3"."""
_TAKES_UP = re.compile(
    r"(?:(?:ok|okay|yes|yeah|yh|ye|yep|aye|alright|right|fine|sure|go on|lets|lets just"
    r"|please|pls|thank you|thanks"
    r"|can (?:we|i)|i (?:want to|wanna)|just|i guess|i suppose|ig) )*"
    r"(?:next|nxt"
    r"|start|begin|proceed|continue|go|go on|do(?: (?:it|this))?|get started|fine"
    r"|go (?:ahead|for it)"
    r"|why not|if i have to|i guess(?: so)?|i suppose(?: so)?|ig)"
    r"(?: (?:then|now|please|pls|plz|it|i guess|ig))*"
)
"""A yes to "shall we start?", in other words."""


def puts_off(read: str) -> bool:
    """Tell "ask me later" and "i dont want this" from an answer."""
    return _PUTS_OFF.fullmatch(read) is not None


def goes_to_a_part(read: str) -> bool:
    """Tell a wish to go to a part from a line for that part."""
    return _GOES_TO.fullmatch(read) is not None


def wants_the_plan(read: str) -> bool:
    """Tell a wish to go on with the plan, whatever else was asked last."""
    return goes_to_a_part(read) or _WANTS_IT.fullmatch(read) is not None


def takes_up_the_offer(read: str) -> bool:
    """Tell a yes to the offer of a plan from words for it."""
    return _TAKES_UP.fullmatch(read) is not None


def said_to_us(read: str) -> str | None:
    """Give what is meant by words that are said to us, as the value of a meaning."""
    if puts_off(read):
        return "plan_pause"
    if goes_to_a_part(read):
        return "plan_add"
    return next(
        (intent for words, intent in _MEANINGS if words.fullmatch(read)),
        None,
    )


def may_be_of_oneself(read: str) -> bool:
    """Tell what may be a sign, "i dont care", from what is said of the plan alone."""
    return _MAY_BE_OF_ONESELF.fullmatch(read) is not None


def is_insult(said: str, *, guessed: bool) -> bool:
    """Tell an insult to whoever asks, as `plain` writes it; `guessed` by Rasa too."""
    return bool(_AT_YOU.match(said) or (guessed and _AT_US.search(said)))
