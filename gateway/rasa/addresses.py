"""Where Rasa finds us."""

from typing import Final

ACTIONS_PATH: Final = "/internal/actions"
