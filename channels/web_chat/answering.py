"""Turning what was said into JSON, and a refusal into words."""

from collections.abc import Mapping, Sequence

from sanic import HTTPResponse
from sanic.response import json

from channels.web_chat.door import ChatMessage
from foundations.saying import Choice


def said(messages: Sequence[ChatMessage]) -> dict[str, object]:
    """Show messages as the API gives them."""
    return {
        "messages": [
            {
                "id": message.id,
                "from": message.speaker.value,
                "key": message.key,
                "text": message.text,
                "choices": [
                    {"label": _label(choice), "value": choice.value}
                    for choice in message.choices
                ],
            }
            for message in messages
        ]
    }


def _label(choice: Choice) -> str:
    """Show the number that picks it, where that is not its place."""
    return choice.label if choice.number is None else f"{choice.number} {choice.label}"


def refusal(words: Mapping[str, str], code: str, status: int) -> HTTPResponse:
    """Say no as JSON, in fixed words; nothing that was sent is repeated."""
    answer = json(
        {"error": {"code": code, "message": words[f"error.{code}"]}}, status=status
    )
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
