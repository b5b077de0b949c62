"""Lists every service that fits, for a page that has room for more than three."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from signposting.answers import Signpost
from signposting.directory import Directory
from signposting.fitting import ABOUT_ANYTHING, is_the_kind, wanted_ways
from signposting.hours import HoursAnswer, OpenState
from signposting.matching import WAY_ORDER, Matching
from signposting.records import Service, Way
from signposting.wishes import Wishes

_BEST_FIRST = (
    OpenState.OPEN,
    OpenState.PROBABLY_OPEN,
    OpenState.CLOSED_UNTIL,
    OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN,
    OpenState.HOURS_NOT_KNOWN,
)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Listed:
    """Those that fit, by whether someone is there; each list in the usual order.

    `opens_later` is in order of opening. `left_out` counts what did not fit in.
    """

    open_now: tuple[Signpost, ...]
    opens_later: tuple[Signpost, ...]
    not_known: tuple[Signpost, ...]
    left_out: int


def everything(
    directory: Directory, wishes: Wishes, at: datetime, *, most: int
) -> Listed:
    """List up to `most` services for an aware moment, each once, by its best way.

    With no topic wished for, every topic is listed; someone to talk to comes first.
    """
    matching = Matching(directory, wishes, at)
    fits = [each for each in matching.possible() if _is_the_kind(each, wishes)]
    ranked = sorted(fits, key=matching.line)
    found = [_best_way(matching, each) for each in ranked[:most]]
    return Listed(
        open_now=(
            *_in(found, OpenState.OPEN),
            *_in(found, OpenState.PROBABLY_OPEN),
        ),
        opens_later=tuple(sorted(_in(found, OpenState.CLOSED_UNTIL), key=_by_opening)),
        not_known=(
            *_in(found, OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN),
            *_in(found, OpenState.HOURS_NOT_KNOWN),
        ),
        left_out=max(0, len(fits) - most),
    )


def _is_the_kind(service: Service, wishes: Wishes) -> bool:
    if wishes.topics:
        return is_the_kind(service, wishes)
    any_topic = replace(wishes, topics=service.topics | ABOUT_ANYTHING)
    return is_the_kind(service, any_topic) or not service.topics


def _best_way(matching: Matching, service: Service) -> Signpost:
    """Take the way by which someone is there, or will be first."""

    def order(each: tuple[Way, HoursAnswer]) -> tuple[object, ...]:
        way, hours = each
        opens = hours.opens_at or _NEVER
        return _BEST_FIRST.index(hours.state), opens, WAY_ORDER.index(way)

    answers = [
        (way, matching.hours(service, way, look_ahead=True))
        for way in wanted_ways(service, matching.wishes)
    ]
    return matching.signpost(service, *min(answers, key=order))


def _in(found: list[Signpost], state: OpenState) -> list[Signpost]:
    return [each for each in found if each.hours.state is state]


def _by_opening(each: Signpost) -> datetime:
    return each.hours.opens_at or _NEVER
