"""Commit hooks use what is installed here: nothing is fetched to make a commit."""

from foundations.content import read_yaml
from tests.house_rules.tree import ROOT


def test_every_hook_is_local_and_runs_from_our_own_environment() -> None:
    hooks = read_yaml(ROOT / ".pre-commit-config.yaml")

    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]
    for hook in hooks["repos"][0]["hooks"]:
        assert hook["language"] == "system", hook["id"]
        assert hook["entry"].startswith((".venv/bin/", "make ")), hook["id"]
