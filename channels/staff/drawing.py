"""Drawing the desk's pages: Jinja templates, with London times and plain durations."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import HTTPResponse
from sanic.response import html

from foundations.clock import Clock, in_london

HERE: Final = Path(__file__).parent
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


class Drawing:
    """The templates, ready to be filled."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters.update(
            clock=self._at,
            ago=self._ago,
            until=self._until,
            day=_day,
            is_later=self._is_later,
        )

    def page(self, template: str, status: int = 200, **shown: Any) -> HTTPResponse:
        """Fill a template."""
        filled = self.templates.get_template(template).render(**shown)
        return html(filled, status=status)

    def _at(self, moment: datetime) -> str:
        """Give the time in London, with the day when it is not today."""
        then, now = in_london(moment), in_london(self._clock())
        if then.date() == now.date():
            return then.strftime("%H:%M")
        return f"{_day(then.date())}, {then:%H:%M}"

    def _ago(self, moment: datetime) -> str:
        """Say how long it has been, in one unit or two."""
        return in_words(self._clock() - moment)

    def _is_later(self, moment: datetime) -> bool:
        return moment > self._clock()

    def _until(self, moment: datetime) -> str:
        """Say how long it will be."""
        return in_words(moment - self._clock())


def in_words(span: timedelta) -> str:
    """Say how long: "under a minute", "12 minutes", "3 hours 5 minutes", "2 days"."""
    seconds = int(span.total_seconds())
    if seconds < MINUTE:
        return "under a minute"
    if seconds < HOUR:
        return _counted(seconds // MINUTE, "minute")
    if seconds < DAY:
        minutes = seconds % HOUR // MINUTE
        hours = _counted(seconds // HOUR, "hour")
        return f"{hours} {_counted(minutes, 'minute')}" if minutes else hours
    return _counted(seconds // DAY, "day")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
