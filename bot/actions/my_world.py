"""Somebody died: by suicide when that was said, and never assumed when it was not."""

import re
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.speaking import speak
from foundations.saying import Say

BY_SUICIDE: Final = re.compile(
    r"suicide|suicid|\bkilled? (?:him|her|them)sel|\b(?:took|taken|ended?|ending) "
    r"(?:his|her|their|there) (?:own )?li[fv]e",
    re.I,
)


class Bereaved(Action):  # type: ignore[misc]
    """Says the words for a death by suicide, or those for any death."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_bereaved"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Look at what was typed: a nan who died is not spoken of as a suicide."""
        typed = str(tracker.latest_message.get("text"))
        key = "bereaved" if BY_SUICIDE.search(typed) else "someone_died"
        speak(dispatcher, (Say(f"my_world.{key}"),))
        return []
