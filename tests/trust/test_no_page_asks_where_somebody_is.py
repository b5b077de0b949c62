"""No page can ask a phone where it is, look at it or listen (Children's Code, 10)."""

import httpx
import pytest

from tests.journeys.handrail import Handrail

PAGES = (
    "/c/demo",
    "/notice/demo",
    "/help",
    "/help/now",
    "/my/plan",
    "/my/kept",
    "/s/x",
)
DENIED = {"camera=()", "geolocation=()", "microphone=()"}


@pytest.mark.parametrize("path", [*PAGES, "/staff/sign-in"])
def test_a_page_may_not_ask_where_somebody_is_nor_look_nor_listen(
    handrail: Handrail, path: str
) -> None:
    answer = httpx.get(handrail.address + path, trust_env=False)
    denied = answer.headers["Permissions-Policy"].split(", ")

    assert set(denied) >= DENIED
    assert "geolocation" not in answer.text
