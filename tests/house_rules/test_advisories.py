"""Known weaknesses are written down, with their day, for what is locked."""

import re

from tests.house_rules.test_named_tests import every_name
from tests.house_rules.tree import ROOT
from tests.trust.advisories import advisories

PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]+\])?==([^ ;\\]+)", re.M)


def locked(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return {name.lower(): version for name, version in PINNED.findall(text)}


def test_nothing_that_is_known_to_be_weak_runs_in_the_service() -> None:
    known = advisories()
    service = locked("handrail.txt")
    weak = {(one.package, one.version) for one in known.dialogue}

    assert known.service == ()
    assert weak & set(service.items()) == set()


def test_what_is_written_down_is_about_the_versions_that_are_locked() -> None:
    rasa = locked("rasa.txt")

    # A version that changes is looked up anew, and its line changed or taken out.
    for one in advisories().dialogue:
        assert rasa[one.package] == one.version, one.package


def test_every_known_weakness_is_kept_out_by_a_test_that_exists() -> None:
    known = advisories().dialogue

    assert len(known) > 5
    assert all(one.kept_out_by and one.why_not_reached for one in known)
    assert {name for one in known for name in one.kept_out_by} - every_name() == set()
