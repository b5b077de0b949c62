"""How soon the chat page can be used on a slow line, in a real Chromium.

`python -m tests.bench.live --only first_load`: the page of the real gateway, with
nothing kept from before and the line slowed by Chromium's own throttling, until its
script has begun and the writing box is there. And what it weighs on the wire.
"""

import asyncio
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Final

from playwright.async_api import Browser, async_playwright

from tests.bench.promises import Promise
from tests.bench.services import handrail
from tests.bench.twilio_end import TwilioEnd
from tests.browser import QUIET, chromium_path

LOADS: Final = 9
WITHIN_S: Final = 2.0
MOST_BYTES: Final = 60_000


@dataclass(frozen=True)
class Line:
    """A slow line: how long there and back, and how many bits a second."""

    name: str
    round_trip_ms: int
    down: int
    up: int


# Chromium's presets of those names; the third is the first with a poor signal's delay.
REGULAR_3G: Final = Line("3G (750 kbit/s, 100 ms)", 100, 750_000, 250_000)
GOOD_3G: Final = Line("good 3G (1.5 Mbit/s, 40 ms)", 40, 1_500_000, 750_000)
POOR_3G: Final = Line("3G, poor signal (750 kbit/s, 300 ms)", 300, 750_000, 250_000)
LINES: Final = (GOOD_3G, REGULAR_3G, POOR_3G)


async def promises(quick: bool) -> list[Promise]:
    """Load the page on each line, each time in a browser that has seen nothing."""
    far_end = TwilioEnd()
    await far_end.open()
    async with (
        handrail(far_end.port, with_rasa=False) as ours,
        async_playwright() as run,
    ):
        browser = await run.chromium.launch(
            executable_path=chromium_path(), args=list(QUIET)
        )
        page = f"http://127.0.0.1:{ours.port}/c/demo"
        found = [
            await _on(browser, page, line, 2 if quick else LOADS) for line in LINES
        ]
        found.append(await _weight(browser, page))
        await browser.close()
    far_end.close()
    return found


async def _on(browser: Browser, address: str, line: Line, loads: int) -> Promise:
    await _usable_after(browser, address, line)
    took = [await _usable_after(browser, address, line) for _ in range(loads)]
    return Promise(
        f"chat page can be used, {line.name}",
        f"within {WITHIN_S:.0f} s",
        f"half within {median(took):.2f} s, all {loads} within {max(took):.2f} s",
        max(took) < WITHIN_S,
    )


async def _usable_after(browser: Browser, address: str, line: Line) -> float:
    context = await browser.new_context(viewport={"width": 360, "height": 640})
    page = await context.new_page()
    wire = await context.new_cdp_session(page)
    await wire.send("Network.enable")
    await wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": line.round_trip_ms,
            "downloadThroughput": line.down / 8,
            "uploadThroughput": line.up / 8,
        },
    )
    begun = perf_counter()
    await page.goto(address, wait_until="commit")
    # Hidden by the page's own script, as the first thing it does when it is ready.
    await page.locator("#look-again").wait_for(state="hidden")
    await page.locator("#composer button").wait_for(state="visible")
    took = perf_counter() - begun
    await context.close()
    return took


async def _weight(browser: Browser, address: str) -> Promise:
    context = await browser.new_context()
    page = await context.new_page()
    wire = await context.new_cdp_session(page)
    await wire.send("Network.enable")
    sizes: list[float] = []
    asked: list[str] = []
    wire.on(
        "Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"])
    )
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(address)
    await page.locator("#look-again").wait_for(state="hidden")
    # What is asked for last, the news, does not end by itself.
    await asyncio.sleep(1)
    await context.close()
    ours = address.rsplit("/c/", 1)[0]
    others = [one for one in asked if not one.startswith(ours)]
    return Promise(
        "first load of the chat page, headers and all",
        f"under {MOST_BYTES // 1000} kB, nothing from elsewhere",
        f"{sum(sizes) / 1000:.1f} kB in {len(asked)} requests, "
        f"{len(others)} from elsewhere",
        0 < sum(sizes) < MOST_BYTES and not others,
    )
