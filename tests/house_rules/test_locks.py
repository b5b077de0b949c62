"""What is installed is pinned by hash, and no package index is named anywhere."""

import re

import pytest

from tests.house_rules.tree import ROOT, text, text_files

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PINNED = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[^]]+\])?==\S+")
# Written in pieces, or this file would hold what it looks for.
INDEXES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("pypi", "python", "org"),
        ("registry", "npmjs", "org"),
        ("conda", "anaconda", "org"),
        ("jfrog", "io"),
    )
)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_of_a_lock_is_one_version_with_hashes(lock: object) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    packages = [entry for entry in entries if not entry.startswith("#")]

    assert packages
    for entry in packages:
        assert PINNED.match(entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_index(lock: object) -> None:
    lines = lock.read_text(encoding="utf-8")

    assert "index-url" not in lines
    assert "://" not in lines


def test_no_package_index_is_named_in_the_tree() -> None:
    found = [
        f"{path}: {index}"
        for path in text_files()
        for index in INDEXES
        if index in text(path)
    ]

    assert found == []
