"""The words of the stand-in, from `words.yml`."""

from pathlib import Path
from typing import Any, Final

from foundations.content import from_yaml

WORDS: Final[dict[str, Any]] = from_yaml(
    Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
)
