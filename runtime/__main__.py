"""Every process and command of Handrail: `python -m runtime` lists them."""

import asyncio
import gc
import sys
from importlib import import_module
from typing import Final

from pydantic import ValidationError

from foundations.refusals import HadToStop, WillNotStart
from runtime import model
from runtime.settings import Settings, named

COMMANDS: Final = {
    "serve": ("runtime.__main__", "the whole service; what `make run` does"),
    "gateway": ("runtime.__main__", "the gateway alone"),
    "dialogue": ("runtime.__main__", "Rasa alone, watched over"),
    "train": ("runtime.__main__", "train the dialogue if its files changed"),
    "models": ("runtime.__main__", "the dialogue's models here, by id"),
    "doctor": ("runtime.doctor", "look a server over, and say what to mend"),
    "migrate": ("runtime.__main__", "make the tables, as the account that owns them"),
    "backup": ("runtime.backup", "copy the records while everything runs"),
    "reconcile": ("runtime.reconcile_command", "fetch texts that came while down"),
    "retention": ("runtime.keeping_commands", "what is too old to keep; holds"),
    "keys": ("runtime.keys_command", "change the key that wraps all others"),
    "staff": ("runtime.staff_commands", "invite the first account"),
    "sign-in": ("runtime.staff_commands", "a one-time sign-in of a local run"),
    "audit": ("runtime.staff_commands", "check the audit trail"),
    "service-reports": ("runtime.report_commands", "services that did not work"),
    "yearly-report": ("runtime.yearly_command", "a year in counts, small ones hidden"),
    "digest": ("runtime.feedback_command", "a month's feedback, small counts hidden"),
}
"""A command's name, where its function of the same name is, and what it does.

What a command needs is imported when it is asked for: some of it takes seconds.
"""


def serve(_given: list[str]) -> None:
    """Run the whole service: Rasa, the gateway, and whoever watches over them."""
    from runtime.supervisor import run

    asyncio.run(run(Settings()))


def gateway(_given: list[str]) -> None:
    """Run the gateway alone; the supervisor starts it like this."""
    # What is loaded stays: looking for garbage in it is a third of the way to ready.
    gc.disable()
    from runtime.gateway_process import run

    run(Settings())


def dialogue(_given: list[str]) -> None:
    """Run Rasa alone, watched over: for a server where it has a user of its own."""
    from runtime.supervisor import run_dialogue

    asyncio.run(run_dialogue(Settings()))


def train(_given: list[str]) -> None:
    """Train the dialogue model if the bot's files changed."""
    print(f"Dialogue model: {model.make_ready()}")


def models(_given: list[str]) -> None:
    """List the models that are here, the newest first; HANDRAIL_MODEL pins one."""
    pinned, current = Settings().model, model.current()
    for one in model.all_models():
        notes = [
            "made from these files" if one == current else "",
            "pinned" if one.id == pinned else "",
            "" if one.is_whole else "DAMAGED",
        ]
        print("  ".join(filter(None, (one.id, *notes))))


def migrate(_given: list[str]) -> None:
    """Bring the tables up to date and stop; the gateway does it at its start too.

    For PostgreSQL, where the gateway's own account may not (deploy/postgresql).
    """
    from runtime.wiring.house import build

    build(Settings()).database.migrate()
    print("The tables are up to date.")


def main() -> None:
    """Run one command; what stops it is said in one line."""
    name = sys.argv[1] if len(sys.argv) > 1 else "serve"
    if name not in COMMANDS:
        lines = [f"  {one:16} {what}" for one, (_, what) in COMMANDS.items()]
        sys.exit("\n".join(["usage: python -m runtime COMMAND", *lines]))
    try:
        function = name.replace("-", "_")
        getattr(import_module(COMMANDS[name][0]), function)(sys.argv[2:])
    except ValidationError as wrong:
        # What was written there may be a secret: only its name is told.
        told = (f"{named(one['loc'][0])}: {one['msg']}" for one in wrong.errors())
        sys.exit(f"Handrail does not start: {'; '.join(told)}")
    except WillNotStart as wrong:
        sys.exit(f"Handrail does not start: {wrong}")
    except HadToStop as wrong:
        sys.exit(f"Handrail stopped: {wrong}")


if __name__ == "__main__":
    main()
