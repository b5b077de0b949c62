"""The words of the stand-in, from `words.yml`."""

from pathlib import Path
from typing import Any, Final

import yaml

WORDS: Final[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
)
