"""The command line of keys: a new one, in steps that can be stopped after any of them.

Each person's data key is wrapped by one of the keys in the key file. To change it:
`add`, start every gateway again, `use`, start them again, `rewrap`, `remove`.
Between two steps everything runs as always (docs/keys.md).
"""

import sys
from argparse import ArgumentParser, Namespace

from runtime.settings import Settings
from runtime.staff_commands import with_house
from runtime.wiring.house import House
from storage import Keys, KeysUnusable

AT_ONCE = 200
"""Data keys wrapped anew in one transaction: messages hardly wait for it."""


def keys(given: list[str]) -> None:
    """Change the key that wraps the data keys; `keys list` shows where one stands."""
    parser = ArgumentParser(prog="python -m runtime keys")
    what = parser.add_subparsers(required=True, dest="what")
    what.add_parser("list", help="name the keys, and count what each one wraps")
    for name, help_ in (
        ("add", "make a key that nothing uses yet"),
        ("use", "wrap what is new with this key from the next start on"),
        ("remove", "take away a key that wraps nothing any more"),
    ):
        what.add_parser(name, help=help_).add_argument("name")
    what.add_parser("rewrap", help="wrap everything with the key in use")
    wanted = parser.parse_args(given)
    try:
        print(_do(wanted))
    except KeysUnusable as wrong:
        sys.exit(f"The keys stay as they are: {wrong}.")


def _do(wanted: Namespace) -> str:
    match wanted.what:
        case "list":
            return with_house(_listed)
        case "rewrap":
            return f"{with_house(rewrap)} data keys wrapped with the key in use"
        case "add":
            _change_file(_file().with_new(wanted.name))
            return f"key {wanted.name} made: start every gateway again before `use`"
        case "use":
            _change_file(_file().using(wanted.name))
            return f"key {wanted.name} in use from the next start on; then `rewrap`"
        case _:
            return _remove(wanted.name)


async def rewrap(house: House) -> int:
    """Wrap every data key with the key in use, a portion at a time; give how many."""
    done = 0
    while portion := await house.database.write(
        lambda unit: unit.vault.rewrap(unit.connection, AT_ONCE)
    ):
        done += portion
    await house.database.scrub()
    return done


def _remove(name: str) -> str:
    counts = with_house(_counts)
    if counts.get(name):
        raise KeysUnusable(f"key {name} still wraps {counts[name]} data keys")
    _change_file(_file().without(name))
    return f"key {name} removed: destroy its copies when no backup needs it"


async def _counts(house: House) -> dict[str, int]:
    return await house.database.read(
        lambda unit: unit.vault.wrapped_with(unit.connection)
    )


async def _listed(house: House) -> str:
    counts = await _counts(house)
    return "\n".join(
        f"{name}: wraps {counts.get(name, 0)} data keys"
        f"{', in use' if name == house.keys.current else ''}"
        for name in house.keys.key_encryption
    )


def _file() -> Keys:
    if Settings().keys_json.get_secret_value():
        raise KeysUnusable("HANDRAIL_KEYS holds them: change them where it is set")
    return Keys.from_file(Settings().keys)


def _change_file(keys: Keys) -> None:
    keys.replace_file(Settings().keys)
