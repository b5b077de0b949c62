"""Reads domain.yml and bot/domain/ as one domain (on Rasa's Python 3.10)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import rasa.shared.utils.io
from rasa.shared.core.domain import Domain, InvalidDomain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

DEFINED_ONCE = ("responses", "slots", "forms", "intents", "actions", "entities")


class HandrailImporter(RasaFileImporter):
    """Rasa's own file importer, with a domain kept in one file per feature."""

    @cached_method
    def get_domain(self) -> Domain:
        """Merge the root domain with every file of bot/domain, in name order.

        Raises InvalidDomain when a name is defined twice: Rasa alone would only
        warn, and one of the two texts would silently win.
        """
        if not self._domain_path:
            return Domain.empty()
        root = Path(self._domain_path)
        files = [root, *sorted((root.parent / "bot" / "domain").rglob("*.yml"))]
        _refuse_doubles(files)
        return Domain.load([str(file) for file in files])

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Read the examples once: Rasa asks for them twice, at four seconds a time."""
        return super().get_nlu_data(language)


def _refuse_doubles(files: list[Path]) -> None:
    names: Counter[str] = Counter()
    for file in files:
        content = rasa.shared.utils.io.read_yaml_file(str(file)) or {}
        names.update(_names(content))
    doubles = sorted(name for name, times in names.items() if times > 1)
    if doubles:
        raise InvalidDomain(f"Defined more than once: {', '.join(doubles)}.")


def _names(content: dict[str, Any]) -> list[str]:
    return [
        f"{section}: {entry if isinstance(entry, str) else next(iter(entry))}"
        for section in DEFINED_ONCE
        for entry in content.get(section) or ()
    ]
