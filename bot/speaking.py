"""How Rasa puts words to a response: ours, so that nothing typed can bend a text.

Runs on Rasa's Python 3.10. Rasa's own way reads a value that holds "0[" as part of the
template, and shows the bare gap when a value is missing.
"""

from __future__ import annotations

import copy
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from bot.gaps import fill, gaps_in
from bot.overlay import laid_over, overlay_file


class PlainWords(TemplatedNaturalLanguageGenerator):  # type: ignore[misc]
    """Rasa's choice of variation, with gaps filled plainly or not at all."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """Start with the domain's responses; Rasa replaces them when a model loads."""
        super().__init__(domain.responses)
        self.responses: Any = domain.responses
        self._laid_over: Any = None

    def generate_from_slots(
        self,
        utter_action: str,
        filled_slots: dict[str, Any],
        output_channel: str,
        **values: Any,
    ) -> dict[str, Any]:
        """Choose the variation for the channel; KeyError when there is no such text."""
        # Rasa puts its own responses here when a model loads, so theirs go over late.
        if self.responses is not self._laid_over:
            self.responses = laid_over(self.responses, overlay_file())
            self._laid_over = self.responses
        chosen = self._random_response_for(utter_action, output_channel, filled_slots)
        if chosen is None:
            raise KeyError(utter_action)
        spoken: dict[str, Any] = copy.deepcopy(chosen)
        known = {**filled_slots, **values}
        spoken["text"] = fill(chosen["text"], known)
        # The gateway says it again in another language, where one was asked for.
        spoken["values"] = {gap: str(known[gap]) for gap in gaps_in(chosen["text"])}
        return spoken
