"""The plan as a tagged PDF: its words are handed over as data, never as markup."""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

import typst

from foundations.clock import in_london
from safety_plans.rendering import RenderedPlan

TEMPLATE: Final = Path(__file__).with_name("plan.typ")
FONTS: Final = Path(str(files("fontpkg_atkinson_hyperlegible") / "files"))
ACCESSIBLE: Final[Literal["ua-1"]] = "ua-1"
"""PDF/UA-1: tags, reading order, language and title are checked as it is written."""

_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f")
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)


def plan_pdf(
    plan: RenderedPlan,
    words: Mapping[str, str],
    numbers: Sequence[tuple[str, str, str]],
) -> bytes:
    """Draw a plan with the crisis numbers below it.

    A picture sign that no font here can draw is written out by its name. Where even
    that is not enough, letters without a font show as boxes; the tags stay.
    """
    content = json.dumps(_content(plan, words, numbers), ensure_ascii=False)
    for written in (content, signs_named(content)):
        try:
            return typst.compile(
                TEMPLATE,
                format="pdf",
                font_paths=[FONTS],
                sys_inputs={"plan": written},
                pdf_standards=[ACCESSIBLE],
            )
        except typst.TypstError:
            continue
    return typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[FONTS],
        sys_inputs={"plan": signs_named(content)},
    )


def signs_named(text: str) -> str:
    """Write picture signs by name: a dog's face is [dog face]."""
    return "".join(_named(text))


def _named(text: str) -> Iterator[str]:
    for sign in text:
        if sign in _JOINERS or ord(sign) in _SKIN_TONES:
            continue
        if unicodedata.category(sign) in ("So", "Co"):
            yield f"[{unicodedata.name(sign, 'sign').lower()}]"
        else:
            yield sign


def _content(
    plan: RenderedPlan,
    words: Mapping[str, str],
    numbers: Sequence[tuple[str, str, str]],
) -> dict[str, object]:
    updated = in_london(plan.updated_at) if plan.updated_at else None
    lines = [line.words for part in plan.sections for line in part.lines]
    return {
        "title": words["page.title"],
        "heading": plan.name or words["page.heading"],
        "day": words["file.printed"].format(day=f"{updated.day} {updated:%B %Y}")
        if updated
        else "",
        "small": sum(max(45, len(line)) for line in lines) > 1600,
        "sections": [
            {"title": part.title, "lines": [line.words for line in part.lines]}
            for part in plan.sections
        ],
        "numbers_heading": words["file.numbers"],
        "numbers": [list(number) for number in numbers],
    }
