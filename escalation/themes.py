"""The themes of the phrases: one file each, in the folder of its route."""

from collections import Counter
from typing import NamedTuple

from escalation.files import opening
from escalation.phrasebook import files_of, load
from escalation.routes import Route


class Theme(NamedTuple):
    """What people say that one file holds, in the words it opens with."""

    route: Route
    name: str
    holds: str
    phrases: int


def themes() -> tuple[Theme, ...]:
    """List every theme, route by route."""
    counts = Counter((phrase.route, phrase.theme) for phrase in load().phrases)
    return tuple(
        Theme(route, file.stem, opening(file), counts[route, file.stem])
        for route in Route
        for file in files_of(route)
    )


def by_route() -> tuple[str, ...]:
    """Say how many phrases each route has, and each theme below it."""
    every = themes()
    rows: list[str] = []
    for route in Route:
        of_it = [theme for theme in every if theme.route is route]
        rows.append(f"{route.value}: {sum(theme.phrases for theme in of_it)}")
        rows += [f"  {one.name}: {one.phrases}. {one.holds}" for one in of_it]
    return tuple(rows)


def table() -> str:
    """Lay the themes out as they stand in docs/escalation.md."""
    rows = ["| route | theme | what it holds | phrases |", "|---|---|---|---|"]
    rows += [
        f"| `{one.route.value}` | `{one.name}` | {one.holds} | {one.phrases} |"
        for one in themes()
    ]
    return "\n".join(rows)
