"""What is shipped for a real server names files, commands and settings that exist."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from foundations.content import read_yaml
from runtime.__main__ import COMMANDS
from runtime.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
IMAGES = sorted((DEPLOY / "containers").glob("*.Containerfile"))
TEXTS = [*UNITS, *IMAGES, DEPLOY / "compose.yml", ROOT / "docs" / "deployment.md"]
TEXTS += [DEPLOY / "systemd" / "handrail"]
DIALOGUE = "containers/dialogue.Containerfile"
GATEWAY = "containers/gateway.Containerfile"
FROM_OUTSIDE = {"HANDRAIL_DOMAIN", "HANDRAIL_ACTIONS_URL", "HANDRAIL_LEAVE_WITH"}
"""Read by the proxy and by Rasa's own files, not by our settings."""


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_a_setting(path: Path) -> None:
    known = {f"HANDRAIL_{name.upper()}" for name in Settings.model_fields}
    known |= {"HANDRAIL_KEYS"} | FROM_OUTSIDE
    named = set(re.findall(r"\bHANDRAIL_[A-Z_]+\b", path.read_text(encoding="utf-8")))

    assert named - known == set()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_command_that_is_named_is_a_command(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('", "', " ")
    named = set(re.findall(r"-m runtime ([a-z-]+)", text))

    assert named - COMMANDS.keys() == set()


def sources(image: Path) -> list[str]:
    return [
        source
        for line in image.read_text(encoding="utf-8").splitlines()
        if line.startswith("COPY")
        for source in line.split()[1:-1]
    ]


@pytest.mark.parametrize("path", IMAGES, ids=lambda path: path.name)
def test_every_file_that_an_image_copies_is_there(path: Path) -> None:
    copied = sources(path)

    assert copied
    assert [source for source in copied if not (ROOT / source).exists()] == []


def imported_from_here(path: Path) -> set[Path]:
    found = set()
    for line in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [one.name for one in getattr(line, "names", ())]
        if isinstance(line, ast.ImportFrom):
            names = [f"{line.module}.{name}" for name in names] + [str(line.module)]
        for place in (ROOT.joinpath(*name.split(".")) for name in names):
            found |= {place.with_suffix(".py"), place / "__init__.py"}
            found.add(place.parent / "__init__.py")
    return {file for file in found if file.is_file() and ROOT in file.parents}


def test_the_image_of_the_dialogue_holds_everything_that_rasa_imports_of_ours() -> None:
    begins = ["runtime/rasa_command.py", "bot/importer.py", "bot/understanding.py"]
    begins += ["bot/channel.py", "bot/short_memory.py", "bot/speaking.py"]
    needed, to_read = set[Path](), [ROOT / name for name in begins]
    while to_read:
        needed.add(file := to_read.pop())
        to_read += imported_from_here(file) - needed
    copied = [ROOT / source for source in sources(DEPLOY / DIALOGUE)]

    assert [
        str(file.relative_to(ROOT))
        for file in sorted(needed)
        if not any(one == file or one in file.parents for one in copied)
    ] == []


def test_no_image_takes_keys_settings_or_what_was_installed_here_with_it() -> None:
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    for name in ("deploy/keys.json", "deploy/handrail.env", "deploy/organisations"):
        assert name in left_out
    for name in (".git", ".venv", ".venv-rasa", "var"):
        assert name in left_out


def test_what_waits_while_the_database_is_away_outlives_the_container() -> None:
    gateway = read_yaml(DEPLOY / "compose.yml")["services"]["gateway"]
    kept = {volume.split(":")[1] for volume in gateway["volumes"]}
    home = re.findall(r"HANDRAIL_HOME=(\S+)", (DEPLOY / GATEWAY).read_text("utf-8"))

    assert {*home, "/srv/organisations"} <= kept


def test_only_the_proxy_has_ports_and_the_dialogue_reaches_nothing_outside() -> None:
    compose = read_yaml(DEPLOY / "compose.yml")
    services, networks = compose["services"], compose["networks"]

    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    inside = [networks[name]["internal"] for name in services["dialogue"]["networks"]]
    assert inside == [True]
    assert services["database"]["networks"] == ["to_database"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_gives_up_every_privilege(path: Path) -> None:
    unit = path.read_text(encoding="utf-8")

    goes_on = (
        "Type=oneshot" if path.with_suffix(".timer").exists() else "Restart=always"
    )
    for line in (
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "LimitCORE=0",
        goes_on,
    ):
        assert line in unit.splitlines()


@pytest.mark.parametrize("name", ["gateway", "dialogue"])
def test_no_number_of_starts_is_too_many(name: str) -> None:
    unit = (DEPLOY / "systemd" / f"handrail-{name}.service").read_text("utf-8")

    assert "StartLimitIntervalSec=0" in unit.split("[Service]")[0].splitlines()


def test_the_copy_of_the_records_is_made_every_five_minutes() -> None:
    timer = (DEPLOY / "systemd" / "handrail-backup.timer").read_text("utf-8")

    assert "OnCalendar=*:0/5" in timer.splitlines()


def test_the_dialogue_unit_reaches_loopback_only_and_no_keys() -> None:
    unit = (DEPLOY / "systemd" / "handrail-dialogue.service").read_text("utf-8")

    assert "IPAddressDeny=any\nIPAddressAllow=localhost" in unit
    assert "InaccessiblePaths=/etc/handrail/keys.json" in unit


def test_the_gateway_does_not_get_the_account_that_ends_the_audit_trail() -> None:
    gateway, retention = (
        (DEPLOY / "systemd" / f"handrail-{name}.service").read_text("utf-8")
        for name in ("gateway", "retention")
    )

    assert "/etc/handrail/retention.env" in retention
    assert "User=handrail-retention" in retention
    assert gateway.count("retention.env") == 1
    assert "InaccessiblePaths=-/etc/handrail/retention.env" in gateway


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_it_is_said_to_be(name: str) -> None:
    module, _ = COMMANDS[name]

    assert callable(getattr(import_module(module), name.replace("-", "_")))
