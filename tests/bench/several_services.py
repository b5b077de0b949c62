"""Several gateway processes over one PostgreSQL and one Redis, nginx in front."""

import asyncio
import re
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from runtime.settings import ROOT
from runtime.supervisor import free_port, gateway
from runtime.watched import Watched
from storage import Keys
from tests.bench.connection import HOST
from tests.bench.people import Line
from tests.bench.records import Records
from tests.bench.services import NUMBER, environment_of, kept, lenient, settings_for
from tests.redis_server import running_redis
from tests.storage.postgres import Postgres

CONFIGURATION: Final = ROOT / "deploy" / "nginx.conf"


class NoNginx(Exception):
    """nginx cannot be had on this machine, or did not start; says what to do."""


@dataclass(frozen=True)
class Several:
    """The gateways, and the line to them through nginx."""

    line: Line
    gateways: tuple[Watched, ...]
    records: Records


@asynccontextmanager
async def several(
    how_many: int, postgres: Postgres, twilio_port: int
) -> AsyncIterator[Several]:
    """Run so many on an empty database, Rasa stopped; one may be killed and comes back.

    The first makes the tables, and then the others start.
    """
    with tempfile.TemporaryDirectory(prefix="handrail-several-") as folder:
        home, front = Path(folder), free_port()
        first = settings_for(home, twilio_port).model_copy(
            update={
                "rasa_port": free_port(),
                "rasa_secret": SecretStr(secrets.token_urlsafe(32)),
            }
        )
        Keys.generate_file(first.keys)
        address = postgres.url(postgres.new_database())
        with running_redis() as redis:
            own = {
                **environment_of(first),
                "HANDRAIL_PUBLIC_URL": f"http://{HOST}:{front}",
                "HANDRAIL_PROXIES": "1",
                "HANDRAIL_DATABASE_URL": address,
                "HANDRAIL_REDIS_URL": redis.url,
            }
            parts = [_numbered(n, gateway(first, home), own) for n in range(how_many)]
            token = first.twilio_auth_token.get_secret_value()
            line = Line(front, first.twilio_account_sid, token, NUMBER)
            async with (
                kept(parts[0], may_be_replaced=True),
                kept(*parts[1:], may_be_replaced=True),
                _nginx(home / "nginx", front, parts),
            ):
                yield Several(line, tuple(parts), Records(address))


def _numbered(number: int, part: Watched, own: dict[str, str]) -> Watched:
    """Give a gateway a port, a probe and a log of its own."""
    port = str(free_port())
    numbered = lenient(part, {**own, "PORT": port})
    numbered.name = f"gateway {number}"
    numbered.probe = f"http://{HOST}:{port}/health"
    numbered.output = part.output.with_name(f"gateway{number}.log")
    return numbered


@asynccontextmanager
async def _nginx(
    folder: Path, port: int, behind: Sequence[Watched]
) -> AsyncIterator[None]:
    """Run nginx with the file we ship, at other addresses."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if program is None:
        raise NoNginx("no nginx found: install the package `nginx`")
    folder.mkdir()
    one = re.compile(r"server 127\.0\.0\.1:\d+ (.*)\n")
    shipped = CONFIGURATION.read_text(encoding="utf-8")
    options = one.findall(shipped)[0]
    ports = (part.environment["PORT"] for part in behind)
    servers = "".join(f"server {HOST}:{each} {options}\n" for each in ports)
    text = one.sub("", shipped, count=1)
    text = one.sub(lambda _: servers, text, count=1)
    text = text.replace(f"listen {HOST}:8080", f"listen {HOST}:{port}")
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        *(program, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "stderr"),
        stderr=(folder / "log").open("wb"),
    )
    try:
        await _answers(process, port, folder / "log")
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answers(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    while process.returncode is None:
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        return
    raise NoNginx(log.read_text(encoding="utf-8")[-500:])
