"""A Handrail that opens at a chosen moment, and can be stopped and started again."""

from pathlib import Path

from handover import Organisation
from tests.journeys.charities import only, the_demo_charity
from tests.journeys.clocks import StillClock, london
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


class Opens:
    """Starts it at a moment in London, with these organisations behind it."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._clock: StillClock | None = None
        self._organisations: tuple[Organisation, ...] = ()
        self._running: Handrail | None = None

    def __call__(
        self, moment: tuple[int, ...], *organisations: Organisation
    ) -> Handrail:
        self._clock = london(*moment)
        self._organisations = organisations or (the_demo_charity(),)
        return self._start()

    def again(self) -> Handrail:
        """Stop it and start another on the same records, at the same moment."""
        self.close()
        return self._start()

    def close(self) -> None:
        if self._running is not None:
            stop(self._running)
        self._running = None

    def _start(self) -> Handrail:
        self._running = start(
            self._home,
            ReadableDialogue(),
            clock=self._clock,
            organisations=only(*self._organisations),
        )
        return self._running
