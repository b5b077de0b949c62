"""The processes and commands: `serve` (everything, the default), `gateway`, `train`,
`sign-in`, `staff add`, `audit verify`, `service-reports`,
`digest 2027-01`."""

import asyncio
import sys
from collections.abc import Callable

from runtime import model
from runtime.settings import NotReadyForProduction, Settings
from storage import KeysUnusable, StorageError
from storage.retention import PeriodsUnusable


def serve(_given: list[str]) -> None:
    """Run the whole service: Rasa, the gateway, and whoever watches over them."""
    from runtime.supervisor import run

    asyncio.run(run(Settings()))


def gateway(_given: list[str]) -> None:
    """Run the gateway alone; the supervisor starts it like this."""
    from runtime.gateway_process import run

    run(Settings())


def train(_given: list[str]) -> None:
    """Train the dialogue model if the bot's files changed."""
    print(f"Dialogue model: {model.make_ready()}")


def sign_in(given: list[str]) -> None:
    """Print a fresh one-time sign-in for the local staff pages."""
    from runtime import staff_commands

    staff_commands.sign_in(given)


def staff(given: list[str]) -> None:
    """Invite the first member of staff of an organisation."""
    from runtime import staff_commands

    staff_commands.staff(given)


def audit(given: list[str]) -> None:
    """Check the audit trail."""
    from runtime import staff_commands

    staff_commands.audit(given)


def service_reports(given: list[str]) -> None:
    """List the services that were reported not to work."""
    from runtime import report_commands

    report_commands.service_reports(given)


def retention(given: list[str]) -> None:
    """Count or remove what is too old to keep."""
    from runtime import keeping_commands

    keeping_commands.retention(given)


def digest(given: list[str]) -> None:
    """Print a month's feedback for the youth panel, small numbers suppressed."""
    from runtime import feedback_command

    feedback_command.digest(given)


PROCESSES: dict[str, Callable[[list[str]], None]] = {
    "serve": serve,
    "gateway": gateway,
    "train": train,
    "sign-in": sign_in,
    "staff": staff,
    "audit": audit,
    "service-reports": service_reports,
    "retention": retention,
    "digest": digest,
}


def main() -> None:
    """Run one process; what stops it from starting is said in one line."""
    name = sys.argv[1] if len(sys.argv) > 1 else "serve"
    if name not in PROCESSES:
        sys.exit(f"usage: python -m runtime [{'|'.join(PROCESSES)}]")
    try:
        PROCESSES[name](sys.argv[2:])
    except (NotReadyForProduction, KeysUnusable, PeriodsUnusable) as wrong:
        sys.exit(f"Handrail does not start: {wrong}")
    except (model.TrainingStopped, StorageError) as wrong:
        sys.exit(f"Handrail stopped: {wrong}")


if __name__ == "__main__":
    main()
