"""A production gateway for which everything was set."""

from pathlib import Path
from typing import Any

from pydantic import SecretStr

from handover.organisation import ORGANISATIONS
from runtime.settings import Environment, Settings
from storage import Keys
from tests.runtime.accepted import accepted


def production(home: Path, **changes: Any) -> Settings:
    """Everything right, except for the changes."""
    right: dict[str, Any] = {
        "env": Environment.PRODUCTION,
        "words_accepted": accepted(),
        "organisations": ORGANISATIONS,
        "home": home,
        "public_url": "https://handrail.example.org",
        "twilio_account_sid": "AC" + "1f" * 16,
        "twilio_auth_token": SecretStr("3b" * 16),
        "twilio_numbers": "+447700900000",
        "HANDRAIL_KEYS": SecretStr(Keys.generate().to_json()),
    }
    return Settings(**{**right, **changes})
