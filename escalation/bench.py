"""Time the screen on short, long and hostile texts; run by hand, never in the tests."""

import random
import time

from escalation.screening import screen

_SEED = 7
_SHORT = (
    "hiya can you help me find somewhere to go tonight cos me and my mum had a row "
    "and i dont really know what to do about it all tbh, thanks for reading this xx"
)
_CRISIS = (
    "i want to die kill myself my mum dad he she is going not tonight pills hurt cut "
    "me no one would care if was gone the bridge cant do this any more feel so tired "
    "and friend said wants end it all sorry goodbye take took school home scared of"
)


def _hostile() -> dict[str, str]:
    chance = random.Random(_SEED)  # noqa: S311 (texts to time, not secrets)
    crisis = _CRISIS.split()
    return {
        "160 characters, everyday": _SHORT[:160],
        "160 characters, crisis words": " ".join(chance.choices(crisis, k=60))[:160],
        "10,000, crisis words shuffled": " ".join(chance.choices(crisis, k=4000))[
            :10_000
        ],
        "10,000, one phrase over and over": ("i want to die " * 1000)[:10_000],
        "10,000, single letters": "i " * 5000,
        "10,000, no spaces": "killmyself" * 1000,
        "10,000, dots": "k.i.l.l." * 1250,
        "10,000, emoji": "🔪" * 10_000,
        "10,000, marks": "d\u0301i\u0300e\u0301 " * 1428,
        "10,000, random letters": "".join(
            chance.choices("abcdefghijklmnop qrst uvwxyz!*1 ", k=10_000)
        ),
        "10,000, random characters": "".join(
            chr(chance.randrange(32, 0x2FFFF)) for _ in range(10_000)
        ),
    }


def bench(times: int = 100) -> str:
    """Give the median and 99th percentile of processor time, in milliseconds."""
    rows = [f"{'text':34}{'median ms':>11}{'p99 ms':>9}"]
    for name, text in _hostile().items():
        taken = sorted(_once(text) for _ in range(times))
        p99 = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
        rows.append(f"{name:34}{taken[len(taken) // 2]:>11.2f}{p99:>9.2f}")
    return "\n".join(rows)


def _once(text: str) -> float:
    began = time.thread_time()
    screen(text)
    return (time.thread_time() - began) * 1000
