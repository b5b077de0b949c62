"""Every alert is about something measured, and has a page that says what to do."""

import re
from pathlib import Path

import pytest

from foundations.content import read_yaml
from gateway.metrics import Metrics
from storage import Outage

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
ALERTS = read_yaml(MONITORING / "alerts.yml")
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
OUTAGES = re.compile(r"`([a-z_]+)`(?=[,:])")
OURS = re.compile(r"\bhandrail_[a-z_]+")


def measured() -> set[str]:
    return {
        f"{family.name}{ending}"
        for family in Metrics().registry.collect()
        for ending in ("", "_total", "_bucket", "_count", "_sum")
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_has_a_page_that_says_what_it_means_and_what_to_do(
    rule: dict[str, object],
) -> None:
    page = (ROOT / rule["annotations"]["runbook"]).read_text(encoding="utf-8")

    assert "**For a young person**" in page
    assert "\n1. " in page


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_is_about_something_that_is_measured(rule: dict[str, str]) -> None:
    assert set(OURS.findall(rule["expr"])) - measured() == set()


def test_the_dashboard_shows_only_what_is_measured() -> None:
    shown = (MONITORING / "dashboard.json").read_text(encoding="utf-8")

    assert OURS.findall(shown)
    assert set(OURS.findall(shown)) - measured() == set()


def test_the_page_of_the_database_names_outages_as_the_log_does() -> None:
    page = ROOT / "docs" / "runbooks" / "database_away.md"
    named = set(OUTAGES.findall(page.read_text(encoding="utf-8")))

    assert named
    assert named - {outage.value for outage in Outage} == set()


def test_the_list_of_runbooks_names_every_page() -> None:
    pages = {path.name for path in (ROOT / "docs" / "runbooks").glob("*.md")}
    listed = (ROOT / "docs" / "runbooks" / "README.md").read_text(encoding="utf-8")

    assert pages - set(re.findall(r"`([a-z_]+\.md)`", listed)) == {"README.md"}
