"""The words of the page and of the door, read from words.yml."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from foundations.content import read_yaml

WORDS_FILE: Final = Path(__file__).with_name("words.yml")


def load_words(path: Path = WORDS_FILE) -> Mapping[str, str]:
    """Read key -> text; a key that is missing or not text raises ValueError."""
    found = read_yaml(path)["words"]
    odd = [key for key, text in found.items() if not isinstance(text, str)]
    if odd:
        raise ValueError(f"not text in {path.name}: {', '.join(odd)}")
    return MappingProxyType({key: text.strip() for key, text in found.items()})
