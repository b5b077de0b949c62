"""`make bench-live`: people and workers on one gateway, into docs/benchmarks_live.md.

`--only relay,inbox` measures some and writes nothing; `--quick` tries with a few.
"""

from pathlib import Path
from typing import Final

from runtime.settings import ROOT
from tests.bench import alerts, connected, desk, first_load, relay
from tests.bench.run_parts import Page, Part, arguments, run

PAGE: Final = Page(
    "make bench-live",
    ROOT / "docs" / "benchmarks_live.md",
    Path(__file__).with_name("live_page.md"),
)
PARTS: Final[dict[str, Part]] = {
    "inbox": desk.promises,
    "relay": relay.promises,
    "alerts": alerts.promises,
    "connected": connected.promises,
    "first_load": first_load.promises,
}

if __name__ == "__main__":
    run(PARTS, PAGE, arguments(__doc__).parse_args())
