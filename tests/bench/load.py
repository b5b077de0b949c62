"""`make load`: what one gateway takes, and what it does not, into docs/load.md.

`--only steady,flood` measures some and writes nothing; `--quick` tries with little.
"""

from functools import partial
from pathlib import Path
from typing import Final

from runtime.settings import ROOT
from tests.bench import arrivals, connected, crisis, floods
from tests.bench.run_parts import Page, Part, arguments, run

ABOUT: Final = Path(__file__).with_name("load_page.md")


def main() -> None:
    """Take so many minutes of steady texts, and everything else as it is set down."""
    parser = arguments(__doc__)
    parser.add_argument("--minutes", type=float, default=2.0, help="of steady texts")
    given = parser.parse_args()
    parts: dict[str, Part] = {
        "crisis": crisis.promises,
        "steady": partial(arrivals.steady, minutes=given.minutes),
        "burst": arrivals.burst,
        "connected": connected.promises,
        "flood": floods.promises,
    }
    command = f"make load MINUTES={given.minutes:g}"
    run(parts, Page(command, ROOT / "docs" / "load.md", ABOUT), given)


if __name__ == "__main__":
    main()
