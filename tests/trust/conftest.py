"""The journeys' Handrail, for tests about what must never get out."""

from tests.journeys.conftest import dialogue, handrail, web

__all__ = ["dialogue", "handrail", "web"]
