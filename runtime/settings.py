"""Every setting, in one place, from the environment; docs/settings.md lists them."""

from enum import Enum
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
"""Characters."""


class Environment(str, Enum):
    """Where this runs. Only `local` has conveniences such as the phone simulator."""

    LOCAL = "local"
    PRODUCTION = "production"


class NotReadyForProduction(Exception):
    """Production was asked for with a missing, example or local-only setting."""


class Settings(BaseSettings):
    """Handrail's settings: `HANDRAIL_<NAME>` in the environment, and `PORT`."""

    model_config = SettingsConfigDict(env_prefix="HANDRAIL_", frozen=True)

    env: Environment = Environment.LOCAL
    home: Path = ROOT / "var"
    """Folder of the SQLite file, the local keys, the trained model and the spool."""
    host: str = "127.0.0.1"
    port: int = Field(8000, validation_alias=AliasChoices("PORT", "HANDRAIL_PORT"))
    public_url: str = ""
    """The https address that Twilio and browsers use; empty: loopback and the port."""
    database_url: str = ""
    """An SQLAlchemy address; empty: an SQLite file in `home`."""
    key_file: Path | None = None
    """JSON file (mode 600) with the keys; empty: `home`/keys.json, made locally."""
    keys_json: SecretStr = Field(SecretStr(""), validation_alias="HANDRAIL_KEYS")
    """The same JSON in the environment itself; it comes before the file."""
    services_sample: bool | None = None
    """Show services that nobody has checked live, marked so; empty: only locally."""

    rasa_port: int = 0
    """Loopback port of Rasa; 0 chooses a free one."""
    rasa_secret: SecretStr = SecretStr("")
    """Shared with Rasa's channel and the action endpoint; empty: new at each start."""
    rasa_deadline_s: float = 4.0
    """How long one message may take in Rasa before the keyword menu answers."""

    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_auth_token_before: SecretStr = SecretStr("")
    """The token being rotated out; webhooks signed with it are still accepted."""
    twilio_numbers: str = ""
    """Our own numbers, comma separated, E.164; the first one sends."""
    twilio_api: str = ""
    """Base address of Twilio's REST API; empty: the real one (locally the stand-in)."""

    @property
    def is_local(self) -> bool:
        """Say whether local conveniences may run."""
        return self.env is Environment.LOCAL

    @property
    def address(self) -> str:
        """Give the public address without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def database(self) -> str:
        """Give the SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.home / 'handrail.sqlite3'}"

    @property
    def keys(self) -> Path:
        """Give the key file's path."""
        return self.key_file or self.home / "keys.json"

    @property
    def shows_sample_services(self) -> bool:
        """Say whether drafts may be shown under their mark; never in production."""
        wanted = self.is_local if self.services_sample is None else self.services_sample
        return wanted and self.is_local

    def check(self) -> None:
        """Refuse to start in production with anything missing or made for a demo.

        Raises NotReadyForProduction naming every setting at once.
        """
        if self.is_local:
            return
        wrong = [f"HANDRAIL_{name.upper()} {why}" for name, why in self._shortfalls()]
        if wrong:
            raise NotReadyForProduction("; ".join(wrong))

    def _shortfalls(self) -> list[tuple[str, str]]:
        token = self.twilio_auth_token.get_secret_value()
        found: list[tuple[str, str]] = []
        if not self.public_url.startswith("https://"):
            found.append(("public_url", "must be the public https:// address"))
        if not self.twilio_account_sid.startswith("AC"):
            found.append(("twilio_account_sid", "is missing"))
        if (
            len(token) < SHORTEST_SECRET
            or set(token) <= {"0"}
            or "example" in token.lower()
        ):
            found.append(("twilio_auth_token", "is missing, short or an example"))
        if not self.twilio_numbers.startswith("+"):
            found.append(("twilio_numbers", "must hold an E.164 number"))
        if self.twilio_api:
            found.append(("twilio_api", "points at a stand-in; leave it empty"))
        if 0 < len(self.rasa_secret.get_secret_value()) < SHORTEST_SECRET:
            found.append(("rasa_secret", "is short; leave it empty for a new one"))
        if not self.keys_json.get_secret_value() and not self.keys.exists():
            found.append(("keys", "or HANDRAIL_KEY_FILE is missing"))
        if self.services_sample:
            found.append(("services_sample", "is for a local run only"))
        return found
