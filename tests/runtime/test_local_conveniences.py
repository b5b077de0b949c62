"""The phone simulator and the terminal's sign-in are for a local run only."""

import asyncio
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from runtime import staff_commands
from runtime.settings import Settings
from runtime.supervisor import addresses, first_sign_in
from runtime.wiring.house import application, build
from tests.runtime.production import production
from twilio_stand_in.serving import loopback_socket, serving

LOCAL_ONLY = ("/simulator", "/simulator/twilio/2010-04-01/Accounts/AC/Messages.json")


async def asked(settings: Settings, *paths: str) -> list[int]:
    house = build(settings)
    app = application(house, name=f"handrail_{uuid.uuid4().hex}")
    async with (
        serving(app, loopback_socket()) as address,
        httpx.AsyncClient(base_url=address, trust_env=False, timeout=30) as browser,
    ):
        return [(await browser.get(path)).status_code for path in paths]


def test_a_local_run_has_a_phone_simulator_and_a_demo_link(tmp_path: Path) -> None:
    found = asyncio.run(asked(Settings(home=tmp_path), "/simulator", "/c/demo"))

    assert found == [302, 200]


def test_production_has_neither_simulator_nor_demo_link(tmp_path: Path) -> None:
    settings = production(tmp_path)

    assert asyncio.run(asked(settings, *LOCAL_ONLY, "/health")) == [404, 404, 200]
    assert asyncio.run(opened(settings, "demo")) == 404


async def opened(settings: Settings, link: str) -> int:
    """Try to begin a chat through a link. Its page shows help when it is unknown."""
    app = application(build(settings), name=f"handrail_{uuid.uuid4().hex}")
    async with (
        serving(app, loopback_socket()) as address,
        httpx.AsyncClient(base_url=address, trust_env=False, timeout=30) as browser,
    ):
        return (await browser.post("/api/chat", json={"link": link})).status_code


def test_production_prints_no_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = production(tmp_path)
    monkeypatch.setattr(staff_commands, "Settings", lambda: settings)

    assert asyncio.run(first_sign_in(settings)) == ""
    assert "sign" not in addresses(settings, "")
    with pytest.raises(SystemExit, match="local run only"):
        staff_commands.sign_in([])


def test_production_shows_no_service_that_nobody_checked(tmp_path: Path) -> None:
    settings: Any = production(tmp_path)

    assert not settings.shows_sample_services
