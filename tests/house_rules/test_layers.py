"""Imports point inwards: the contracts in pyproject.toml hold."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.house_rules.tree import PACKAGES, ROOT, parsed


def test_no_import_points_outwards() -> None:
    # In a process of its own: it switches off every logger that there is.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    looked = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert looked.returncode == 0, looked.stdout


def test_every_package_of_ours_is_under_the_contracts() -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = settings.partition("root_packages = [")[2].partition("]")[0]

    assert {name.strip(' "') for name in listed.split(",")} == set(PACKAGES)
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"} == set(
        PACKAGES
    )


def test_only_rasas_own_neighbours_in_bot_import_rasa() -> None:
    inside = {
        path.name
        for path in (ROOT / "bot").glob("*.py")
        if "rasa." in path.read_text(encoding="utf-8")
        and any(line.startswith(("from rasa.", "import rasa.")) for line in lines(path))
    }

    assert inside <= {
        "channel.py",
        "importer.py",
        "quicker_rasa.py",
        "short_memory.py",
        "speaking.py",
        "understanding.py",
    }


def lines(path: object) -> list[str]:

    assert isinstance(path, Path)
    module = parsed(path.relative_to(ROOT))
    return [
        ast.unparse(node)
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
