"""Who can help and who is there now: records, hours, matching, what to expect."""

from signposting.answers import Answer, Signpost
from signposting.directory import Directory, load
from signposting.errors import Broken, DirectoryBroken
from signposting.hours import HoursAnswer, OpenState, next_opening, open_now
from signposting.matching import choose
from signposting.records import AgeRange, AreaId, Service, ServiceId, Way
from signposting.wishes import Wishes, aged

__all__ = [
    "AgeRange",
    "Answer",
    "AreaId",
    "Broken",
    "Directory",
    "DirectoryBroken",
    "HoursAnswer",
    "OpenState",
    "Service",
    "ServiceId",
    "Signpost",
    "Way",
    "Wishes",
    "aged",
    "choose",
    "load",
    "next_opening",
    "open_now",
]
