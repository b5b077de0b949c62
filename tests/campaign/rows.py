"""The rows of the campaign: each breaks something, looks, and heals it again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from tests.campaign.night import Kind, Night

Does = Callable[[Night], Awaitable[None]]
BOTH: Final = (Kind.SQLITE, Kind.POSTGRESQL)


@dataclass(frozen=True)
class Row:
    """One row of docs/campaign.md; `is_quick` rows also run with the other tests."""

    name: str
    what: str
    does: Does
    kinds: tuple[Kind, ...] = BOTH
    with_rasa: bool = False
    is_quick: bool = False
    settles_within_s: float = 90.0
    with_second: bool = False


ROWS: Final[list[Row]] = []


def row(
    name: str,
    *,
    kinds: tuple[Kind, ...] = BOTH,
    with_rasa: bool = False,
    is_quick: bool = False,
    settles_within_s: float = 90.0,
    with_second: bool = False,
) -> Callable[[Does], Does]:
    """Enter a function as a row; its docstring says what is done and expected."""

    def enter(does: Does) -> Does:
        what = (does.__doc__ or "").partition("\n")[0]
        ROWS.append(
            Row(
                name,
                what,
                does,
                kinds,
                with_rasa,
                is_quick,
                settles_within_s,
                with_second,
            )
        )
        return does

    return enter
