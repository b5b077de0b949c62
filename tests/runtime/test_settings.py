"""Production refuses what is missing or made for a demo; every setting is on paper."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from runtime.__main__ import main
from runtime.settings import Environment, NotReadyForProduction, Settings
from runtime.supervisor import first_sign_in
from storage import Keys, KeysUnusable
from tests.runtime.production import production

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "settings.md"


def test_production_starts_when_everything_is_set(tmp_path: Path) -> None:
    production(tmp_path).check()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", ""),
        ("public_url", "http://handrail.example.org"),
        ("twilio_account_sid", ""),
        ("twilio_auth_token", SecretStr("")),
        ("twilio_auth_token", SecretStr("short")),
        ("twilio_auth_token", SecretStr("0" * 32)),
        ("twilio_auth_token", SecretStr("an-example-token-of-many-characters")),
        ("twilio_numbers", ""),
        ("twilio_numbers", "07700 900000"),
        ("twilio_api", "http://127.0.0.1:9"),
        ("rasa_secret", SecretStr("short")),
        ("services_sample", True),
        ("organisations", None),
        ("HANDRAIL_KEYS", SecretStr("")),
    ],
)
def test_production_names_the_setting_that_is_wrong(
    tmp_path: Path, name: str, value: Any
) -> None:
    with pytest.raises(NotReadyForProduction) as refused:
        production(tmp_path, **{name: value}).check()

    told = str(refused.value)
    assert f"HANDRAIL_{name.removeprefix('HANDRAIL_').upper()} " in told
    assert ";" not in told.replace("; leave it empty", "")


def test_production_names_everything_that_is_wrong_at_once(tmp_path: Path) -> None:
    with pytest.raises(NotReadyForProduction) as refused:
        Settings(env=Environment.PRODUCTION, home=tmp_path).check()

    told = str(refused.value)
    for name in ("PUBLIC_URL", "TWILIO_AUTH_TOKEN", "TWILIO_NUMBERS", "KEYS"):
        assert f"HANDRAIL_{name}" in told


def test_a_refusal_never_shows_the_secret_itself(tmp_path: Path) -> None:
    with pytest.raises(NotReadyForProduction) as refused:
        production(tmp_path, twilio_auth_token=SecretStr("hunter2")).check()

    assert "hunter2" not in str(refused.value)


def test_unusable_keys_stop_the_start_before_any_process_is_started(
    tmp_path: Path,
) -> None:
    settings = production(tmp_path, HANDRAIL_KEYS=SecretStr('{"current": "k1"}'))

    with pytest.raises(KeysUnusable, match="key_encryption"):
        first_sign_in(settings).send(None)


def test_the_command_line_says_what_is_missing_in_one_line(tmp_path: Path) -> None:
    environment = {
        "PYTHONPATH": str(ROOT),
        "HANDRAIL_ENV": "production",
        "HANDRAIL_HOME": str(tmp_path),
    }

    refused = subprocess.run(
        [sys.executable, "-m", "runtime", "gateway"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    assert refused.returncode == 1
    assert refused.stderr.startswith("Handrail does not start: HANDRAIL_PUBLIC_URL")
    assert len(refused.stderr.splitlines()) == 1


def test_every_setting_is_on_the_settings_page_and_no_other() -> None:
    on_paper = set(re.findall(r"HANDRAIL_[A-Z_]+", PAGE.read_text(encoding="utf-8")))

    assert on_paper == {environment_name(name) for name in Settings.model_fields}


def environment_name(field: str) -> str:
    return "HANDRAIL_KEYS" if field == "keys_json" else f"HANDRAIL_{field.upper()}"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "marmalade", "PORT: Input should be a valid integer"),
        ("HANDRAIL_ENV", "marmalade", "HANDRAIL_ENV: Input should be 'local' or"),
        ("HANDRAIL_DATABASE_URL", "postgres://marmalade", "HANDRAIL_DATABASE_URL: a"),
        ("HANDRAIL_KEYS", Keys.generate().to_json(), "these are not the keys that"),
    ],
)
def test_what_is_mistyped_is_named_in_one_line_and_not_repeated(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    told: str,
) -> None:
    monkeypatch.setenv("HANDRAIL_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["runtime", "audit", "verify"])
    main()
    monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit, match=f"^Handrail does not start: {told}") as stop:
        main()
    assert "marmalade" not in str(stop.value)
