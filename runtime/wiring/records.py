"""Open the records with the keys they are kept by."""

from foundations.clock import Clock, utc_now
from runtime.settings import Settings
from storage import Database, Keys, KeysUnusable


def open_records(settings: Settings, clock: Clock = utc_now) -> tuple[Keys, Database]:
    """Read the keys, or make a local run's own. Raises KeysUnusable, naming why."""
    settings.home.mkdir(parents=True, exist_ok=True)
    keys = _keys(settings)
    return keys, Database(settings.database, keys, clock)


def _keys(settings: Settings) -> Keys:
    if settings.keys_json.get_secret_value():
        return Keys.from_json(settings.keys_json.get_secret_value())
    if settings.is_local and not settings.keys.exists():
        return Keys.generate_file(settings.keys)
    if not settings.keys.exists():
        raise KeysUnusable("set HANDRAIL_KEYS or HANDRAIL_KEY_FILE: no keys were found")
    return Keys.from_file(settings.keys)
