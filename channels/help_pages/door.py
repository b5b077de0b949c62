"""What the help pages ask of whoever runs them."""

from dataclasses import dataclass, replace
from typing import Protocol

from signposting.home import NO_HOME, Home
from signposting.records import ServiceId
from signposting.wishes import Wishes


@dataclass(frozen=True)
class Behind:
    """Who stands behind a page: a name and what they set, or nobody.

    `reported` are services that did not work for two people, until someone has looked.
    """

    name: str | None = None
    home: Home = NO_HOME
    reported: frozenset[ServiceId] = frozenset()

    def around(self, wishes: Wishes) -> Wishes:
        """Fill in what someone left open, and what is known of services."""
        return replace(self.home.around(wishes), reported=self.reported)


class HelpDoor(Protocol):
    """Knows links and reports; a page is drawn even when this knows nothing."""

    async def behind(self, link: str) -> Behind:
        """Tell who stands behind a link; nobody for an unknown one or none ("").

        Never raises.
        """
        ...
