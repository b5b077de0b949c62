"""The journeys' Handrail, for tests about what must never get out."""

from tests.journeys.conftest import dialogue, handrail

__all__ = ["dialogue", "handrail"]
