"""What the phrase files cover: failing examples, phrases without any, overlaps."""

from dataclasses import dataclass

from escalation.normalise import words
from escalation.phrasebook import Phrase, load
from escalation.screening import explain, look_alikes
from escalation.themes import by_route


@dataclass(frozen=True)
class Report:
    """The findings, ready to print; `broken` when an example does not hold."""

    wrong: tuple[str, ...]
    bare: tuple[str, ...]
    overlaps: tuple[str, ...]
    by_theme: tuple[str, ...]

    @property
    def broken(self) -> bool:
        """Tell whether an example fails or a phrase has none."""
        return bool(self.wrong or self.bare)

    def text(self) -> str:
        """Lay the findings out under headings."""
        parts = (
            ("phrases by route and theme", self.by_theme),
            ("no examples", self.bare),
            ("examples that do not hold", self.wrong),
            ("must_match examples that several phrases match", self.overlaps),
        )
        return "\n".join(
            f"{title} ({len(rows)})\n" + "\n".join(f"  {row}" for row in rows)
            for title, rows in parts
        )


def matched(text: str) -> set[str]:
    """Name the phrases that match a text, look-alikes included."""
    row = words(text)
    found = explain(row)
    shields = found.shields or look_alikes(row)
    return {one.phrase.id for one in (*found.stood, *shields)}


def wrong_examples(phrase: Phrase) -> list[str]:
    """List the examples of one phrase that do not hold."""
    missed = [one for one in phrase.must_match if phrase.id not in matched(one)]
    caught = [one for one in phrase.must_not_match if phrase.id in matched(one)]
    return [f"{phrase.id}: should match: {one}" for one in missed] + [
        f"{phrase.id}: should not match: {one}" for one in caught
    ]


def report() -> Report:
    """Check every phrase against its own examples."""
    phrases = load().phrases
    overlaps = []
    for phrase in phrases:
        for one in phrase.must_match:
            also = sorted(matched(one) - {phrase.id})
            if also:
                overlaps.append(f"{phrase.id}: {one}: also {', '.join(also)}")
    return Report(
        wrong=tuple(row for phrase in phrases for row in wrong_examples(phrase)),
        bare=tuple(p.id for p in phrases if not (p.must_match and p.must_not_match)),
        overlaps=tuple(overlaps),
        by_theme=by_route(),
    )
