"""What holds whatever broke. Each rule names what breaks it, by ids alone.

A text is accepted when our webhook answered for it; one that was not is Twilio's to
answer with the fallback, and ours to fetch later.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Final

from escalation import Route, screen
from storage.records import OutboundKind
from tests.campaign.seen import Seen, TextIn

MOST_SENDS: Final = {OutboundKind.CRISIS.value: 2}
"""How often one outbox row may reach Twilio; one for every kind not named here.

A crisis text whose fate nobody knows is sent again: twice is better than silence.
"""
OWNERS: Final = frozenset({"bot", "waiting", "staff"})
A_WAY_TO_HELP: Final = ("116 123", "999")

Rule = Callable[[Seen], list[str]]


def accepted_is_in_the_inbox_once(seen: Seen) -> list[str]:
    """Every accepted text is in the inbox, and no text is there twice."""
    times = Counter(row.provider_message_id for row in seen.inbox)
    lost = [t.sid for t in seen.texts_in if t.accepted and times[t.sid] == 0]
    doubled = [sid for sid, count in times.items() if count > 1]
    return [f"lost {sid}" for sid in lost] + [f"twice {sid}" for sid in doubled]


def accepted_is_answered(seen: Seen) -> list[str]:
    """Nothing that was accepted waits for ever."""
    return [f"unanswered {row.id}" for row in seen.inbox if row.answered_at is None]


def crisis_is_answered_and_recorded(seen: Seen) -> list[str]:
    """Every crisis text brought a way to help; every accepted one has one record."""
    wrong = []
    recorded = Counter(row.inbox for row in seen.escalations)
    by_sid = {row.provider_message_id: row.id for row in seen.inbox}
    helped = Counter(
        t.recipient for t in seen.texts_out if any(w in t.body for w in A_WAY_TO_HELP)
    )
    asked: Counter[str] = Counter()
    for text in filter(_is_crisis, seen.texts_in):
        asked[text.sender] += 1
        if text.accepted and recorded[by_sid.get(text.sid)] != 1:
            wrong.append(f"{recorded[by_sid.get(text.sid)]} records of {text.sid}")
    in_silence = [sender for sender, times in asked.items() if helped[sender] < times]
    return wrong + [f"somebody in a crisis got no words ({len(in_silence)})"] * bool(
        in_silence
    )


def nothing_is_sent_beyond_its_limit(seen: Seen) -> list[str]:
    """One outbox row is one text; a crisis text may be two."""
    kinds = {row.id: row.kind for row in seen.outbox}
    sent = Counter(text.outbox for text in seen.texts_out if text.outbox)
    return [
        f"{kinds.get(id, 'unknown')} {id} left {times} times"
        for id, times in sent.items()
        if times > MOST_SENDS.get(kinds.get(id, ""), 1)
    ]


def one_conversation_has_one_owner(seen: Seen) -> list[str]:
    """One person has one conversation, and one of three holds it."""
    people = Counter(row.young_person for row in seen.conversations)
    twice = [f"two conversations of {id}" for id, n in people.items() if n > 1]
    return twice + [
        f"{row.id} is held by {row.owner}"
        for row in seen.conversations
        if row.owner not in OWNERS
    ]


def order_is_kept_for_each_person(seen: Seen) -> list[str]:
    """What one person sent, one after another, was taken and answered in that order."""
    places = {row.provider_message_id: row.position for row in seen.inbox}
    heard: dict[str, list[int]] = defaultdict(list)
    for text in seen.texts_in:
        if text.accepted and text.in_turn and text.sid in places:
            heard[text.sender].append(places[text.sid])
    ordinary = {
        row.id: row.position
        for row in seen.outbox
        if row.kind == OutboundKind.ORDINARY.value
    }
    said: dict[str, list[int]] = defaultdict(list)
    for out in seen.texts_out:
        if out.outbox in ordinary:
            said[out.recipient].append(ordinary[out.outbox])
    return _out_of_order("taken", heard) + _out_of_order("said", said)


def no_log_holds_words_or_numbers(seen: Seen) -> list[str]:
    """Nothing anybody wrote and no phone number is in a log."""
    return [
        f"{path.name} holds canary {number}"
        for path in seen.logs
        for number, canary in enumerate(seen.canaries)
        if canary.encode() in path.read_bytes()
    ]


RULES: Final[tuple[Rule, ...]] = (
    accepted_is_in_the_inbox_once,
    accepted_is_answered,
    crisis_is_answered_and_recorded,
    nothing_is_sent_beyond_its_limit,
    one_conversation_has_one_owner,
    order_is_kept_for_each_person,
    no_log_holds_words_or_numbers,
)


def broken(seen: Seen) -> list[str]:
    """List everything that does not hold; empty on a good night."""
    return [f"{rule.__name__}: {what}" for rule in RULES for what in rule(seen)]


def _is_crisis(text: TextIn) -> bool:
    return screen(text.body).route is not Route.NONE


def _out_of_order(what: str, by_person: dict[str, list[int]]) -> list[str]:
    mixed = [places for places in by_person.values() if places != sorted(places)]
    return [f"{what} out of order: {places[:20]}" for places in mixed]
