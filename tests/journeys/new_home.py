"""A home with keys and an empty database, made once, copied for every Handrail."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from runtime.settings import Settings
from storage import Database, Keys
from tests.journeys.loop_thread import LoopThread


def furnish(home: Path) -> None:
    """Put keys and an empty database where nothing is kept yet."""
    if not (home / _keys()).exists():
        shutil.copytree(_new_home(), home, dirs_exist_ok=True)


@cache
def _keys() -> Path:
    """Where keys are below a home."""
    return Settings(home=Path()).keys


@cache
def _new_home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="handrail-new-home-"))
    settings = Settings(home=home)
    database = Database(settings.database, Keys.generate_file(settings.keys))
    database.migrate()
    # A browser test has a running loop in this thread.
    thread = LoopThread()
    thread.do(database.close())
    thread.close()
    return home
