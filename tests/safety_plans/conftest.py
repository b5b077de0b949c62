"""Lets these tests import the readable stand-ins beside them, and the real Rasa."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.extend(str(folder) for folder in (HERE, HERE.parent / "bot"))
