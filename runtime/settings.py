"""Every setting, in one place, from the environment; docs/settings.md lists them."""

from enum import Enum
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from foundations.refusals import WillNotStart

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
"""Characters."""


class Environment(str, Enum):
    """Where this runs. Only `local` has conveniences such as the phone simulator."""

    LOCAL = "local"
    PRODUCTION = "production"


class NotReadyForProduction(WillNotStart):
    """Production was asked for with a missing, example or local-only setting."""


class Settings(BaseSettings):
    """Handrail's settings: `HANDRAIL_<NAME>` in the environment, and `PORT`."""

    model_config = SettingsConfigDict(env_prefix="HANDRAIL_", frozen=True)

    env: Environment = Environment.LOCAL
    home: Path = ROOT / "var"
    """Folder of the SQLite file, the local keys, the trained model and the spool."""
    words_overlay: Path | None = None
    """An organisation's own words over some of ours; Rasa reads it from here too."""
    words_accepted: str = ""
    """`name; role; last day; fingerprint`: who stands up for unsigned words."""
    host: str = "127.0.0.1"
    port: int = Field(8000, validation_alias=AliasChoices("PORT", "HANDRAIL_PORT"))
    public_url: str = ""
    """The https address that Twilio and browsers use; empty: loopback and the port."""
    proxies: int = Field(0, ge=0)
    """How many proxies of our own stand in front; 0: callers come straight in."""
    database_url: str = ""
    """An SQLAlchemy address; empty: an SQLite file in `home`."""
    redis_url: SecretStr = SecretStr("")
    """Redis or Valkey between several gateways; empty: there is one gateway."""
    key_file: Path | None = None
    """JSON file (mode 600) with the keys; empty: `home`/keys.json, made locally."""
    keys_json: SecretStr = Field(SecretStr(""), validation_alias="HANDRAIL_KEYS")
    """The same JSON in the environment itself; it comes before the file."""
    retention: Path | None = None
    """YAML file of how long each kind of record is kept; empty: the defaults."""
    services_sample: bool | None = None
    """Show services that nobody has checked live, marked so; empty: only locally."""

    metrics_token: SecretStr = SecretStr("")
    """Shown by whoever reads /metrics; empty: nobody may."""

    traces_to: str = ""
    """Where spans go over OTLP (`https://.../v1/traces`); empty: none are made."""

    security_contact: str = ""
    """Where to tell of a weakness, `mailto:` or `https:`; empty: nothing is served."""

    rasa_host: str = "127.0.0.1"
    """Where Rasa is: this machine, or a container on a network of its own."""
    rasa_port: int = 0
    """Loopback port of Rasa; 0 chooses a free one."""
    model: str = ""
    """The id of the dialogue's model (`models` lists them); empty: of these files."""
    rasa_addresses: str = ""
    """Several Rasas, `http://one:5005,http://two:5005`; empty: the one above."""
    rasa_secret: SecretStr = SecretStr("")
    """Shared with Rasa's channel and the action endpoint; empty: new at each start."""
    second_look: bool = True
    """Whether the dialogue may raise what no crisis phrase found (`adr/0024`)."""
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

    second_sms_key: str = ""
    """The key of an account with a second provider of texts; empty: there is none."""
    second_sms_secret: SecretStr = SecretStr("")
    second_sms_sender: str = ""
    """The number or registered name that texts by the second provider are from."""
    second_sms_api: str = ""
    """Base address of its API; empty: the real one."""

    home_organisation: str = "demo"
    """Which of them is behind our number, and behind a link that nobody knows."""
    organisations: Path | None = None
    """Folder with one YAML file per organisation; empty: those that come with this."""
    sign_in_providers: Path | None = None
    """YAML file of the organisations whose staff sign in by OpenID Connect."""
    leaked_passwords: Path | None = None
    """File of leaked passwords' hashes that no new password may be in."""
    smtp_host: str = ""
    """The mail server for alerts to staff; empty: no alert goes by e-mail."""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    """`starttls`, `tls`, or `none`; the last is refused in production."""
    smtp_name: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_sender: str = "handrail@localhost"
    alert_secret: SecretStr = SecretStr("")
    """Signs webhooks to staff systems; empty: no alert goes by webhook."""
    webhook_hosts: str = ""
    """Hosts that alerts may go to by webhook, comma separated; needed in production."""

    @property
    def is_local(self) -> bool:
        """Say whether local conveniences may run."""
        return self.env is Environment.LOCAL

    @property
    def address(self) -> str:
        """Give the public address without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def alert_hosts(self) -> frozenset[str]:
        """Give the hosts that alerts may go to by webhook."""
        named = (host.strip().casefold() for host in self.webhook_hosts.split(","))
        return frozenset(filter(None, named))

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

    @property
    def _tells_where(self) -> bool:
        return not self.security_contact or self.security_contact.startswith(
            ("mailto:", "https://")
        )

    @property
    def _half_second(self) -> bool:
        secret = self.second_sms_secret.get_secret_value()
        return bool(self.second_sms_key) and not (secret and self.second_sms_sender)

    def check(self) -> None:
        """Refuse to start in production with anything missing or made for a demo.

        Raises NotReadyForProduction naming every setting at once.
        """
        if self.is_local:
            return
        wrong = [f"{named(name)} {why}" for name, why in self._shortfalls()]
        if wrong:
            raise NotReadyForProduction("; ".join(wrong))

    def _shortfalls(self) -> list[tuple[str, str]]:
        """List what is wrong for production: a setting's name, and why."""
        token = self.twilio_auth_token.get_secret_value()
        secret = self.rasa_secret.get_secret_value()
        has_keys = bool(self.keys_json.get_secret_value()) or self.keys.exists()
        signs = self.alert_secret.get_secret_value()
        sid, https = self.twilio_account_sid, self.public_url.startswith("https://")
        rules: tuple[tuple[object, str, str], ...] = (
            (https, "public_url", "must be the public https:// address"),
            (sid.startswith("AC"), "twilio_account_sid", "is missing"),
            (_real(token), "twilio_auth_token", "is missing, short or an example"),
            (self.twilio_numbers[:1] == "+", "twilio_numbers", "must hold E.164"),
            (not self.twilio_api, "twilio_api", "points at a stand-in; leave it empty"),
            (
                not self.second_sms_api,
                "second_sms_api",
                "is a stand-in; leave it empty",
            ),
            (not self._half_second, "second_sms_secret", "or its sender is missing"),
            (not secret or _real(secret), "rasa_secret", "is short; leave it empty"),
            (has_keys, "keys", "or HANDRAIL_KEY_FILE is missing"),
            (self.smtp_security != "none", "smtp_security", "must protect e-mail"),
            (not signs or _real(signs), "alert_secret", "is short or an example"),
            (not signs or self.alert_hosts, "webhook_hosts", "names no host"),
            (self._tells_where, "security_contact", "must be mailto: or https:"),
            (self.organisations, "organisations", "names no folder of your own"),
            (not self.services_sample, "services_sample", "is for a local run only"),
        )
        return [(name, why) for is_right, name, why in rules if not is_right]


def named(field: object) -> str:
    """Give a setting's name in the environment; those of another shape have it."""
    name = str(field)
    return name if name.isupper() else f"HANDRAIL_{name.upper()}"


def _real(secret: str) -> bool:
    """Tell a secret from an example of one."""
    is_long = len(secret) >= SHORTEST_SECRET
    return is_long and set(secret) != {"0"} and "example" not in secret.lower()
