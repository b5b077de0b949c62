"""A start on SQLite waits for nothing that it does not use."""

import os
import subprocess
import sys
from pathlib import Path

NOT_USED = ("alembic", "authlib", "joserfc", "opentelemetry", "psycopg", "redis")
STARTS = f"""
import sys
from runtime.gateway_process import application, build
from runtime.settings import Settings
house = build(Settings())
house.database.migrate()
application(house)
print(sorted(set({NOT_USED!r}) & set(sys.modules)))
"""


def test_a_second_start_loads_nothing_that_it_does_not_use(tmp_path: Path) -> None:
    loaded = [
        subprocess.run(
            [sys.executable, "-c", STARTS],
            env={**os.environ, "HANDRAIL_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()[-1]
        for _ in ("the first makes the tables", "the second finds them")
    ]

    assert loaded == ["['alembic']", "[]"]
