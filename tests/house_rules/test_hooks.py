"""Commit hooks use what is installed here: nothing is fetched to make a commit."""

import yaml

from tests.house_rules.tree import ROOT


def test_every_hook_is_local_and_runs_from_our_own_environment() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))

    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]
    for hook in hooks["repos"][0]["hooks"]:
        assert hook["language"] == "system", hook["id"]
        assert hook["entry"].startswith((".venv/bin/", "make ")), hook["id"]
