"""`make words` writes the page and opens it; `make copy` prints texts and their cost.

python -m bot.preview [--since REF] [--overlay FILE] [--out FILE]
python -m bot.preview --copy [--pence 4.0]
python -m bot.preview --english-only cy
"""

import webbrowser
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bot.languages import EXACT, Languages
from bot.lint import as_texted
from bot.preview.fixed import fixed_texts
from bot.preview.texts import ROOT, Text, every_text
from bot.words import Variation, Words
from escalation.replies import LANGUAGES, REPLIES
from foundations.gsm7 import segments
from foundations.saying import Channel

HERE = Path(__file__).parent
PENCE_A_PART = 4.0
"""What one part of a text costs, about; a deployer knows their own price."""


def main() -> None:
    """Write the page, or print the texts."""
    parser = ArgumentParser(prog="python -m bot.preview")
    parser.add_argument("--since", default="HEAD")
    parser.add_argument("--overlay", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "words.html")
    parser.add_argument("--copy", action="store_true")
    parser.add_argument("--pence", type=float, default=PENCE_A_PART)
    parser.add_argument("--english-only", metavar="LANGUAGE")
    wanted = parser.parse_args()
    if wanted.english_only:
        english_only(wanted.english_only)
        return
    texts = list(every_text(Words.load(overlay=wanted.overlay), wanted.since))
    if wanted.copy:
        copy(texts, wanted.pence)
    else:
        page(texts, wanted)


def english_only(code: str) -> None:
    """List the keys that somebody who chose this language still reads in English.

    Exact words and the names of meanings are left out: they are written for English.
    """
    english = Words.load()
    spoken = Languages.load(english).others[code].words.by_key
    wanted = [key for key in english.by_key if not key.startswith("meaning.")]
    wanted = [key for key in wanted if f".{EXACT}" not in key]
    fixed = sorted(set(REPLIES) - set(LANGUAGES.get(code, {})))
    missing = [*fixed, *(key for key in wanted if key not in spoken)]
    print("\n".join(missing))
    whole = len(wanted) + len(REPLIES)
    print(
        f"{len(missing)} of {whole} texts are in English only; {code} has the others."
    )


def page(texts: list[Text], wanted: Namespace) -> None:
    """Write the page, say where, and open it where there is a browser."""
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    features = list(dict.fromkeys(text.feature for text in texts))
    made = environment.get_template("page.html").render(
        texts=texts,
        features=features,
        since=wanted.since,
        made_on=date.today(),  # noqa: DTZ011
    )
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    wanted.out.write_text(made, encoding="utf-8")
    print(wanted.out)
    webbrowser.open(wanted.out.as_uri())


def copy(texts: list[Text], pence: float) -> None:
    """Print every text message with its parts and what they cost, then the sum."""
    listed = [
        (one.key, as_texted(Variation(one.text, one.channel, one.choices))[1])
        for one in texts
        if one.channel is Channel.SMS
    ]
    listed = [*fixed_texts(), *listed]
    for key, text in listed:
        parts = segments(text)
        print(f"{key}  [{parts} part(s), {parts * pence:.1f}p]")
        print("\n".join(f"    {row}" for row in text.splitlines()), "\n")
    parts = sum(segments(text) for _, text in listed)
    print(
        f"{len(listed)} texts, {parts} parts, {parts * pence / 100:.2f} pounds for all"
    )


if __name__ == "__main__":
    main()
