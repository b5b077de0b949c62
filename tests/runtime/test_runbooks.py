"""Every alert is about something measured, and has a page that says what to do."""

import re
from pathlib import Path

import pytest

from foundations.content import read_yaml
from foundations.saying import Channel
from gateway.metrics import Metrics
from storage import Outage

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
ALERTS = read_yaml(MONITORING / "alerts.yml")
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
OUTAGES = re.compile(r"`([a-z_]+)`(?=[,:])")
OURS = re.compile(r"\bhandrail_[a-z_]+")


ENDINGS = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_count", "_sum"),
}
PAGES = sorted((ROOT / "docs").glob("**/*.md"))


def measured() -> set[str]:
    """Name what `/metrics` really prints, letter for letter."""
    return {
        f"{family.name}{ending}"
        for family in Metrics().registry.collect()
        for ending in ENDINGS[family.type]
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


def test_what_an_alert_or_the_dashboard_sums_by_is_a_label() -> None:
    written = (MONITORING / "alerts.yml").read_text(encoding="utf-8")
    written += (MONITORING / "dashboard.json").read_text(encoding="utf-8")
    metrics = Metrics()
    metrics.was_received(Channel.SMS, crisis=True, begun=0.0)
    metrics.was_refused("chats")
    labels = {
        label
        for family in metrics.registry.collect()
        for sample in family.samples
        for label in sample.labels
    }

    assert set(re.findall(r"by \((\w+)\)", written)) - labels == set()


def test_what_a_page_says_is_measured_is_measured() -> None:
    said = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    roles = (ROOT / "deploy" / "postgresql" / "1_roles.sql").read_text("utf-8")
    accounts = set(re.findall(r"CREATE ROLE (\w+)", roles))

    assert {*re.findall(r"`(handrail_[a-z_]+)`", said)} - accounts - measured() == set()


def test_the_page_of_the_database_names_outages_as_the_log_does() -> None:
    page = ROOT / "docs" / "runbooks" / "database_away.md"
    named = set(OUTAGES.findall(page.read_text(encoding="utf-8")))

    assert named == {outage.value for outage in Outage}


def test_the_list_of_runbooks_names_every_page() -> None:
    pages = {path.name for path in (ROOT / "docs" / "runbooks").glob("*.md")}
    listed = (ROOT / "docs" / "runbooks" / "README.md").read_text(encoding="utf-8")

    assert pages - set(re.findall(r"`([a-z_]+\.md)`", listed)) == {"README.md"}
