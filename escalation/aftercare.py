"""What is said in the day after a crisis reply, so that the person is never dropped.

The rhythm: the route's words at once; then, while the person keeps writing, "are you
safe?", someone to be with, a worker, and their plan, one with each of their next
messages. After that the offer returns gently: not with every message, but with every
fifth, or after an hour's silence. While a plan is made nothing but "are you safe?" is
asked; the other questions wait for its end. A denial moves nothing back and closes
nothing.
After `emergency_now`, 999 stands first in every reply until the person says that they
are safe or that someone is with them, and until then no question waits for a plan.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from escalation.answering import ANSWERED_BY, HOLD_999_THEMSELVES
from escalation.asked_after import Asked, asked_after
from escalation.card import is_card_request
from escalation.day_after import ASK_IF_SAFE, Aftercare, Turn
from escalation.heard import (
    Heard,
    hear,
    says_they_are_taken,
    says_who_is_here,
)
from escalation.replies import CARD, first_key
from escalation.routes import Route, Screening
from escalation.who_is_there import (
    SAYS_SAFE,
    TELLS_WHO_IS_NEAR,
    is_told,
    nearer,
    weigh,
)

QUIET = timedelta(hours=1)
AGAIN = timedelta(minutes=10)
EVERY = 5
_QUESTIONS = (("ask_safe",), ("ask_someone",))
_ONCE_EACH_TELLING = ("perhaps", "heard_ok", "help_coming")
_MAY_BE_OF_ANOTHER = (Route.CONCERN_FOR_OTHER, Route.EMERGENCY_NOW)
_ASKS_AGAIN = (Heard.MEANT_IT, Heard.WHERE_THEY_ARE, Heard.HOW_TO_STOP)
_OF_A_SECRET = (Heard.MAY_BE_TOLD, Heard.WHOSE_FAULT_IF)
_MAY_BE_ANSWERED = (Route.HARM_FROM_OTHERS, Route.CONCERN_FOR_OTHER)
_ALSO_AN_ANSWER = frozenset({"emergency.says_not_safe", "harm.does_not_feel_safe"})


def follow(
    text: str,
    screening: Screening,
    aftercare: Aftercare | None,
    now: datetime,
    *,
    is_command: bool = False,
    asks_for_plan: bool = False,
    answers_elsewhere: bool = False,
    with_worker: bool = False,
    making_plan: bool = False,
    asking_for_person: bool = False,
    answers_plan: bool = False,
) -> Turn:
    """Decide what is said around one message; pure, and total on any text.

    `now` and the times in `aftercare` are aware moments. `is_command` marks a word
    that another part of Handrail answers by itself: it always goes through.
    `asks_for_plan` marks a wish to make a plan or go on with one: once they were asked
    whether they are safe, nothing else is asked beside its question; before that, the
    plan starts as soon as they say that they are.
    `answers_elsewhere` marks a yes or no to what another answer asked last ("delete it
    all?"): it is for that, and nothing is asked beside what it brings.
    `with_worker`: a worker holds the conversation. Then a bare no or yes answers them,
    and nothing is offered beside what they say; "I'm not safe" still brings 999.
    `making_plan`: a plan is being made. Then nothing is asked but "are you safe?", so
    that the plan can go on (unless 999 stands first), and the plan is not offered to
    who is making it; its question comes back as soon as they say that they are safe.
    `asking_for_person`: a person is being asked for; that question comes back likewise.
    `answers_plan`: its question was asked last, and this is a yes: "ok" is no denial.
    """
    if aftercare is not None and not aftercare.lasts(now):
        aftercare = None
    screening = nearer(text, screening, aftercare)
    answers = _only_answers(text, screening, aftercare)
    if screening.route is not Route.NONE and not answers:
        return _begin(screening, aftercare, now)
    if is_card_request(text):
        return Turn(before=(CARD,), hands_on=False, aftercare=aftercare)
    if aftercare is None:
        return Turn()
    elsewhere = aftercare.asked_elsewhere
    aftercare = replace(aftercare, asked_elsewhere=False)
    if with_worker and (is_command or hear(text) is not Heard.NOT_SAFE):
        return Turn(aftercare.on_top, (), True, aftercare)
    if is_command or answers_elsewhere:
        return _goes_through(aftercare, now, beside=not answers_elsewhere)
    if asks_for_plan and aftercare.next_step() != "ask_safe":
        return _with_plan(replace(aftercare, plan_next=False, plan_begins=True), now)
    wished = aftercare.plan_next or asks_for_plan
    aftercare = replace(aftercare, plan_next=wished)
    turn = _listen(
        text,
        aftercare,
        now,
        elsewhere=elsewhere,
        making_plan=making_plan,
        answers_plan=answers_plan,
        asking_for_person=asking_for_person,
    )
    return _asks_on(turn) if asking_for_person else turn


def _only_answers(text: str, screening: Screening, held: Aftercare | None) -> bool:
    """Tell whether it is only what our own question asks for: "I'm not safe".

    Or what is asked of a worry, or of a hurt, that was told before: whose fault it is,
    and whether a secret may be told. What they hear is whole and has words of its own.
    """
    if held is None:
        return False
    if screening.reasons and _ALSO_AN_ANSWER.issuperset(screening.reasons):
        return True
    asked = asked_after(text, held.situations)
    if asked is not None and asked.holds_though(screening):
        return True
    if not held.of_harm and held.was_asked_if_near() and says_who_is_here(text):
        return True
    if screening.route not in _MAY_BE_ANSWERED or screening.happening_now:
        return False
    worries = held.route is Route.CONCERN_FOR_OTHER
    heard = hear(text, for_another=worries, of_harm=held.of_harm)
    if screening.route is Route.CONCERN_FOR_OTHER and says_they_are_taken(text):
        return True
    return heard in _OF_A_SECRET or (held.of_harm and heard is Heard.WHOSE_FAULT)


def _is_bare_no(text: str) -> bool:
    """Tell a no that answers whatever was asked last from "I'm fine, leave it"."""
    return (
        hear(text) is Heard.DENIAL and hear(text, asked_if_safe=True) is Heard.NOT_SAFE
    )


def _listen(
    text: str,
    care: Aftercare,
    now: datetime,
    *,
    elsewhere: bool,
    making_plan: bool,
    answers_plan: bool,
    asking_for_person: bool,
) -> Turn:
    """Hear an answer to what was asked; anything else may answer a plan that begins.

    `elsewhere`: it was another answer's question, so a bare "no" is for that.
    """
    if elsewhere and _is_bare_no(text):
        return _with_plan(care, now)
    in_a_plan = making_plan and not care.on_top
    asked = None
    if not asking_for_person:
        asked = asked_after(text, care.situations, in_a_plan=in_a_plan)
    heard = hear(
        text,
        asked_if_safe=care.was_asked_if_safe,
        asked_if_near=care.was_asked_if_near(is_no=_is_bare_no(text)),
        for_another="another" in care.situations,
        of_another=care.route in _MAY_BE_OF_ANOTHER,
        of_harm=care.of_harm,
        of_self_harm=care.route is Route.SELF_HARM,
    )
    if asked is not None and (asked.settles or not is_told(text, heard, care)):
        return _answers(asked, care, now, in_a_plan=in_a_plan)
    if heard in (Heard.DENIAL, Heard.SAYS_OK) and answers_plan:
        heard = Heard.OTHER
    heard, care = weigh(text, heard, care, making_plan=making_plan)
    begins, care = care.plan_begins, replace(care, plan_begins=False)
    if begins and heard is Heard.OTHER:
        return _with_plan(care, now)
    if heard is Heard.OTHER:
        return _alongside(care, now, making_plan=making_plan)
    if heard is Heard.SAFE and making_plan and not (care.says_safe or care.on_top):
        # Whoever is to get checked first is not asked about a plan beside that.
        care = replace(care, plan_next=True)
    return _stay(heard, care, now)


def _with_plan(care: Aftercare, now: datetime) -> Turn:
    """Let the plan, or whatever asked, go on with no other question beside it."""
    return Turn(care.on_top, aftercare=care.said(None, now))


def _begin(screening: Screening, held: Aftercare | None, now: datetime) -> Turn:
    """Say the route's words; said again within minutes, say that it was heard again."""
    route = screening.route
    emergency = route is Route.EMERGENCY_NOW or screening.happening_now
    if held is not None and not emergency and _just_said(route, held, now):
        # What was asked elsewhere before is no longer what was asked last.
        heard = replace(held, says_safe=False, asked_elsewhere=False)
        care = heard.said(held.next_step(), now)
        of_them = "_of_them" if route is Route.CONCERN_FOR_OTHER else ""
        keys = (*held.on_top, f"escalation.heard_again{of_them}")
        return Turn(keys, _key_of(held.next_step()), False, care)
    on_top = () if held is None or emergency else held.on_top
    if held is not None and on_top:
        route = held.route
    goes_on = held is not None and bool(on_top) and held.of_another
    of_another = screening.names_another or goes_on
    by_somebody = screening.by_somebody or route is Route.HARM_FROM_OTHERS
    of_harm = by_somebody or (held is not None and held.of_harm)
    care = Aftercare(route, now, now, of_another=of_another, of_harm=of_harm)
    if held is not None and held.route is route:
        kept = tuple(one for one in held.offered if one not in _ONCE_EACH_TELLING)
        care = replace(care, offered=kept)
    care = care.said("perhaps" if screening.perhaps else "first_words", now)
    return Turn((*on_top, first_key(screening)), (), False, care)


def _just_said(route: Route, held: Aftercare, now: datetime) -> bool:
    """Words that said they may be wrong are not the words for what is said plainly."""
    is_recent = now - held.since < AGAIN
    return route is held.route and is_recent and "perhaps" not in held.offered


def _key_of(step: str | None) -> tuple[str, ...]:
    return () if step is None else (f"escalation.{step}",)


def _goes_through(care: Aftercare, now: datetime, *, beside: bool) -> Turn:
    """Let PLAN and PERSON through, with a way to a live person after them (`beside`).

    Word for word under two answers in a row it would be a tape: then it waits for one.
    """
    if not beside:
        return _with_plan(care, now)
    just_offered = "offer_beside" in care.offered and care.messages_since_offer == 0
    if just_offered and now - care.last_said < QUIET:
        return Turn(care.on_top, (), True, care.said(None, now))
    care = care.said("offer_beside", now)
    return Turn(care.on_top, ("escalation.offer_beside",), True, care)


def _stay(heard: Heard, care: Aftercare, now: datetime) -> Turn:
    """Answer what was heard; who is near is not asked again once that was told."""
    if care.was_asked_if_near() and heard in TELLS_WHO_IS_NEAR:
        care = care.knows_who_is_near()
    if heard is Heard.SAFE:
        return _is_safe(care, now)
    if heard is Heard.SAYS_OK:
        return _says_ok(care, now)
    if heard in _ASKS_AGAIN or _is_hurt(heard, care):
        return _asks_again(heard, care, now)
    care = replace(care, says_safe=SAYS_SAFE.get(heard, care.says_safe))
    before = () if heard in HOLD_999_THEMSELVES else care.on_top
    if heard is Heard.THEY_SEEM_BETTER:
        before = (care.check,)
    step = ANSWERED_BY[heard]
    return Turn((*before, f"escalation.{step}"), (), False, care.said(step, now))


def _answers(asked: Asked, care: Aftercare, now: datetime, *, in_a_plan: bool) -> Turn:
    """Answer what is asked next; "are you safe?" comes after it while it is open.

    A plan's question comes back after it, but not to who is to get checked first.
    """
    key = asked.said_in(care.situations) or ""
    care = replace(care, says_safe=care.says_safe or asked.settles)
    # What they ended with, or a question after them, was recorded last.
    last = care.offered[-2:] if care.offered[-1:] in _QUESTIONS else care.offered[-1:]
    again = key.removeprefix("escalation.") in last
    if again and care.messages_since_offer == 0:
        hold_999 = care.on_top and not care.of_harm
        as_before = "as_before_999" if hold_999 else "as_before"
        key = f"escalation.{asked.again or as_before}"
    said = (*care.on_top, key)
    care = care.said(key.removeprefix("escalation."), now)
    if asked.asks and not again:
        return Turn(said, (), False, care.said(asked.asks, now))
    if asked.then:
        care = replace(care, says_safe=False)
    is_open = care.next_step() == "ask_safe" and not care.says_safe
    step = asked.then or ("ask_safe" if is_open else None)
    if step is None or care.on_top:
        goes_on = in_a_plan and care.route is not Route.EMERGENCY_NOW
        return Turn(said, (), goes_on, care, starts_plan=goes_on)
    return Turn(said, _key_of(step), False, care.said(step, now))


def _says_ok(care: Aftercare, now: datetime) -> Turn:
    """Ask once whether OK means safe; whoever worries about a friend is believed."""
    if care.was_asked_if_safe and care.route is Route.CONCERN_FOR_OTHER:
        return _is_safe(care, now)
    is_open = care.route in ASK_IF_SAFE and not care.says_safe
    if "heard_ok" in care.offered or not (is_open or care.on_top):
        is_again = care.offered[-1:] == ("heard_ok",)
        step = "offer_stays" if is_again else "ok_for_now"
        return Turn(
            (*care.on_top, f"escalation.{step}"), (), False, care.said(step, now)
        )
    key = "heard_ok"
    if care.on_top:
        key = f"heard_ok_{'of_them' if care.only_of_another else 'after'}"
    care = replace(care, offered=(*care.offered, "ask_safe"))
    said = (*care.on_top, f"escalation.{key}")
    return Turn(said, (), False, care.said("heard_ok", now))


def _is_hurt(heard: Heard, care: Aftercare) -> bool:
    """Tell who asks of themselves whose fault it is from who worries about a friend."""
    return heard is Heard.WHOSE_FAULT and care.route is not Route.CONCERN_FOR_OTHER


def _asks_again(heard: Heard, care: Aftercare, now: datetime) -> Turn:
    """Ask whether they are safe: it was no joke, or whoever hurts them came or went."""
    if heard is Heard.MEANT_IT and care.route is Route.EMERGENCY_NOW:
        key = first_key(Screening(care.route, names_another=care.of_another))
        again = replace(care, says_safe=False)
        return Turn((key,), (), False, again.said("first_words", now))
    said = {
        Heard.MEANT_IT: ("escalation.heard_again",),
        Heard.WHOSE_FAULT: ("escalation.not_your_fault_hurt",),
        Heard.HOW_TO_STOP: ("escalation.how_to_stop",),
    }.get(heard, ())
    step: str | None = "ask_safe"
    if care.says_safe and heard in (Heard.WHOSE_FAULT, Heard.HOW_TO_STOP):
        step = care.next_step()
    elif on_top := care.on_top:
        return Turn((*on_top, *said), (), False, care.said(None, now))
    else:
        care = replace(care, says_safe=False)
    return Turn(said, _key_of(step), False, care.said(step, now))


def _is_safe(care: Aftercare, now: datetime) -> Turn:
    """Be glad, start the plan that was waiting, and say once what 999 was for."""
    starts = care.plan_next
    key = "glad_safe_plan" if starts else "glad_safe"
    if care.says_safe and care.messages_since_offer == 0 and not starts:
        key = "glad_again"
    first = (care.check,) if care.on_top else ()
    safe = replace(care, says_safe=True, plan_next=False, plan_begins=starts)
    return Turn(
        (*first, f"escalation.{key}"),
        hands_on=starts,
        starts_plan=starts,
        aftercare=safe.said("ask_safe", now),
    )


def _asks_on(turn: Turn) -> Turn:
    """Let the asking for a person go on where nothing is said but that we are glad."""
    if turn.before not in (("escalation.glad_safe",), ("escalation.glad_safe_plan",)):
        return turn
    glad = ("escalation.glad_safe_plan",)
    return replace(turn, before=glad, hands_on=True, starts_plan=False, asks_on=True)


def _alongside(care: Aftercare, now: datetime, *, making_plan: bool) -> Turn:
    """Hand the message on, with the next offer after the bot's own reply if due."""
    if making_plan and "offer_plan" not in care.offered:
        care = replace(care, offered=("offer_plan", *care.offered))
    on_top = care.on_top
    if on_top and "ask_safe" not in care.offered:
        care = replace(care, offered=(*care.offered, "ask_safe"))
    step = care.next_step(making_plan=making_plan and not on_top)
    returning = care.messages_since_offer + 1 >= EVERY or now - care.last_said >= QUIET
    if step is None and returning:
        step = "gentle_return_in_plan" if making_plan else "gentle_return"
    return Turn(on_top, _key_of(step), True, care.said(step, now))
