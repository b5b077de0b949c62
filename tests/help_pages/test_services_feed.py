"""Our records as an open feed: as described, kept by caches, and taken back in."""

import json
from pathlib import Path

import httpx
import pytest

from signposting.__main__ import main
from tests.journeys.handrail import Handrail

PAGE_FIELDS = {
    *("total_items", "total_pages", "page_number", "size"),
    *("first_page", "last_page", "empty", "contents"),
}


def test_the_front_says_which_standard_and_where_it_is_described(
    http: httpx.Client,
) -> None:
    front = http.get("/api").json()

    assert front["version"] == "HSDS-UK-3.0"
    assert http.get(front["openapi_url"]).json()["paths"].keys() >= {
        "/api",
        "/api/services",
        "/api/services/{id}",
    }


def test_every_service_is_on_one_page_and_at_its_own_address(
    http: httpx.Client,
) -> None:
    pages = [
        http.get("/api/services", params={"page": n, "per_page": 20}).json()
        for n in (1, 2, 3)
    ]
    rows = [row for page in pages for row in page["contents"]]

    assert all(set(page) == PAGE_FIELDS for page in pages)
    assert len({row["id"] for row in rows}) == pages[0]["total_items"] == 42
    assert http.get(f"/api/services/{rows[30]['id']}").json() == rows[30]


def test_our_feed_is_taken_back_over_http_page_by_page(
    handrail: Handrail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "back.json"

    assert main(["import", f"{handrail.address}/api", "--to", str(kept)]) == 0
    assert not kept.exists()
    assert (
        main(["import", f"{handrail.address}/api", "--apply", "--to", str(kept)]) == 0
    )
    told = capsys.readouterr().out
    records = json.loads(kept.read_text())
    shout = next(row for row in records if row["name"] == "Shout")

    assert "42 taken of 42" in told
    assert len(records) == 42
    assert shout["phones"] == [{"number": "85258", "type": "text"}]
    assert shout["x_release_gate"] == "do not show until checked"


@pytest.mark.parametrize("path", ["/api", "/api/services?page=2"])
def test_who_has_an_answer_already_is_sent_nothing(
    http: httpx.Client, path: str
) -> None:
    first = http.get(path)
    again = http.get(path, headers={"If-None-Match": first.headers["etag"]})
    stale = http.get(path, headers={"If-None-Match": '"something-else"'})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert stale.content == first.content
    assert first.headers["cache-control"] == "public, max-age=300"
    assert first.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per_page=0", "per_page=101", "page=-1", "page=1e9"]
)
def test_a_page_that_cannot_be_is_refused_in_words_of_a_code(
    http: httpx.Client, query: str
) -> None:
    answer = http.get(f"/api/services?{query}")

    assert answer.status_code == 400
    assert answer.json() == {"error": {"code": "wrong_page"}}


@pytest.mark.parametrize("id", ["nobody", "0" * 400, "%00", "..%2F..%2Fetc"])
def test_a_service_that_is_not_there_is_a_404(http: httpx.Client, id: str) -> None:
    assert http.get(f"/api/services/{id}").status_code == 404


def test_a_page_far_past_the_end_is_empty(http: httpx.Client) -> None:
    page = http.get("/api/services", params={"page": 10**12}).json()

    assert page["empty"]
    assert page["contents"] == []
