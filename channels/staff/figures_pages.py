"""The lead's view: how many, how fast, when, through which link, and how it ended."""

from calendar import month_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import text

from channels.staff.counted import Group
from channels.staff.csv_file import csv_of
from channels.staff.door import Door
from channels.staff.drawing import Drawing, in_words
from channels.staff.figures_desk import Figures, FiguresDesk
from channels.staff.may import May
from channels.staff.signed_in import SignedIn

FIGURES: Final = "/staff/figures"
CHART_HEIGHT: Final = 100
CHART_FOOT: Final = 12
BAR_WIDTH: Final = 10


@dataclass(frozen=True)
class Bar:
    """One bar of the chart, in its own units; a hidden one has a foot only."""

    name: str
    count: str
    left: int
    top: int
    height: int


@dataclass(frozen=True)
class Chart:
    """Bars side by side, above a line of names."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    is_empty: bool


@dataclass(frozen=True)
class FiguresPages:
    """A table for each question, a chart that says the same, and a file."""

    desk: FiguresDesk
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        inside = self.door.signed_in
        page = inside(self.figures, May.SEE_FIGURES)
        staff.add_route(page, FIGURES, ["GET"], name="figures")
        file = inside(self.export, May.SEE_FIGURES, fresh=True)
        staff.add_route(file, f"{FIGURES}/export.csv", ["GET"], name="export")

    async def figures(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Show the figures."""
        figures = await self.desk.figures(me, _period(request), export=False)
        return self.drawing.page(
            "figures.html",
            me=me,
            figures=figures,
            chart=chart_of(figures.tables.by_hour),
            quarter=in_months,
            months=MONTHS,
            in_words=in_words,
        )

    async def export(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Give the figures as a file."""
        figures = await self.desk.figures(me, _period(request), export=True)
        return text(
            csv_of(rows_of(figures)),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="handrail-figures.csv"'
            },
        )


def chart_of(groups: Sequence[Group]) -> Chart:
    """Draw groups as bars against the greatest of them."""
    greatest = max((group.count.at_least for group in groups), default=0) or 1
    bars = tuple(
        _bar(group, place * BAR_WIDTH, greatest) for place, group in enumerate(groups)
    )
    is_empty = not any(group.count.at_least for group in groups)
    return Chart(bars, BAR_WIDTH * len(bars), CHART_HEIGHT + CHART_FOOT, is_empty)


def _bar(group: Group, left: int, greatest: int) -> Bar:
    height = max(group.count.at_least * CHART_HEIGHT // greatest, 2)
    top = CHART_HEIGHT - height
    return Bar(group.name, str(group.count), left, top, height)


def rows_of(figures: Figures) -> Iterator[tuple[str, str, str]]:
    """Write the figures as rows: what, which, how many."""
    yield "what", "which", "how many"
    tables = figures.tables
    by_month = [Group(MONTHS[one.name], one.count) for one in tables.by_month]
    yield "asked for a person", in_months(figures.period), str(tables.asked)
    for name, spans in (
        ("minutes to claim, last 28 days", figures.to_claim),
        ("minutes to first reply, last 28 days", figures.to_answer),
    ):
        for which, span in zip(("p50", "p90"), spans, strict=True):
            yield name, which, _minutes(span)
    for what, groups in (
        ("how far it came", tables.got),
        ("asked, by month", by_month),
        ("asked, by hour", tables.by_hour),
        ("asked, by link", tables.by_link),
        ("closed, by outcome", tables.by_outcome),
    ):
        for group in groups:
            yield what, group.name, str(group.count)


def _minutes(span: timedelta | None) -> str:
    return "under 10 cases" if span is None else str(int(span.total_seconds() // 60))


def in_months(period: str) -> str:
    """Write a quarter as people say it: "Oct to Dec 2026"."""
    year, _, number = period.partition("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


MONTHS: Final = {f"{number:02}": month_name[number] for number in range(1, 13)}
_MONTHS: Final = ("Jan to Mar", "Apr to Jun", "Jul to Sep", "Oct to Dec")


def _period(request: Request) -> str:
    return str(request.args.get("period", ""))
