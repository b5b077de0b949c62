"""The command line of reconciling: look at Twilio now, rather than in five minutes."""

import sys
from argparse import ArgumentParser

from channels.sms.outgoing import CannotTell
from runtime.staff_commands import with_house


def reconcile(given: list[str]) -> None:
    """Write down what arrived in the last 24 hours and is missing; say how many."""
    ArgumentParser(prog="python -m runtime reconcile").parse_args(given)
    try:
        missing = with_house(lambda house: house.reconciler.reconcile())
    except CannotTell:
        sys.exit("Twilio gave no readable answer; the gateway looks again by itself.")
    print(f"{missing} texts had not arrived; the gateway answers them now.")
