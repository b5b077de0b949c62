"""Every control in the hazard log that names a test names one that exists."""

import re

from tests.house_rules.names import names_given
from tests.house_rules.tree import ROOT, files

LOG = ROOT / "docs" / "safety" / "hazard_log.md"


def test_every_test_named_as_a_control_exists() -> None:
    page = LOG.read_text(encoding="utf-8") if LOG.exists() else ""
    named = set(re.findall(r"\btest_[a-z0-9_]+\b(?!\.py)", page))
    named_files = set(re.findall(r"\btests/[a-z0-9_/]+\.py\b", page))
    tests = files(".py", below="tests")
    there = {one.what for path in tests for one in names_given(path)}

    assert named - there == set()
    assert {path for path in named_files if not (ROOT / path).exists()} == set()
