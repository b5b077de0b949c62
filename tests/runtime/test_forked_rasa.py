"""What is loaded once is forked again and again: stopped, frozen, or asked to leave."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from time import monotonic

import httpx
import pytest

from runtime.forked_rasa import LEAVES_WITHIN_S
from runtime.supervisor import free_port
from tests.runtime.test_watching_over_processes import is_running

ROOT = Path(__file__).resolve().parents[2]
SERVER = Path(__file__).with_name("tiny_server.py")


@contextmanager
def forks(how: str = "forked") -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run a tiny service that answers from forks; give it and its port."""
    port = free_port()
    loads = subprocess.Popen(
        [sys.executable, "-S", str(SERVER), str(port), how],
        env={"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield loads, port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(loads.pid, signal.SIGKILL)
        loads.communicate()


def who_answers(port: int) -> int:
    """Wait until a process answers, and give which."""
    until = monotonic() + 30
    while monotonic() < until:
        with suppress(httpx.TransportError):
            found = httpx.get(f"http://127.0.0.1:{port}/", trust_env=False, timeout=30)
            return int(found.text)
        Event().wait(0.01)
    raise AssertionError("nobody answers")


def test_one_that_is_stopped_dead_is_followed_by_another_at_once() -> None:
    with forks() as (loads, port):
        first = who_answers(port)
        os.kill(first, signal.SIGKILL)
        second = who_answers(port)

        assert second not in (first, loads.pid)
        assert loads.poll() is None


def test_whoever_asks_between_two_waits_and_is_not_refused() -> None:
    with forks() as (_, port):
        first = who_answers(port)
        os.kill(first, signal.SIGSTOP)
        with socket.create_connection(("127.0.0.1", port), timeout=30) as asking:
            asking.sendall(b"GET / HTTP/1.0\r\n\r\n")
            os.kill(first, signal.SIGKILL)
            answer = asking.makefile("rb").read()

        assert int(answer.splitlines()[-1]) != first


def test_one_that_is_frozen_is_replaced_when_told() -> None:
    with forks() as (loads, port):
        first = who_answers(port)
        os.kill(first, signal.SIGSTOP)
        loads.send_signal(signal.SIGUSR1)

        assert who_answers(port) != first
        assert not is_running(first)


@pytest.mark.parametrize("state", ["well", "frozen"])
def test_asked_to_leave_it_takes_the_one_that_answers_along(state: str) -> None:
    with forks() as (loads, port):
        first = who_answers(port)
        if state == "frozen":
            os.kill(first, signal.SIGSTOP)
        loads.send_signal(signal.SIGTERM)

        assert loads.wait(LEAVES_WITHIN_S + 20) == 0
        assert not is_running(first)


def test_when_what_loads_is_stopped_dead_the_one_that_answers_leaves_by_itself() -> (
    None
):
    with forks() as (loads, port):
        who_answers(port)
        loads.send_signal(signal.SIGKILL)

        assert loads.stderr is not None
        # The one that answers holds the other end until it has left.
        assert loads.stderr.read() == b""


def test_when_one_after_another_does_not_last_all_is_left_to_the_watch() -> None:
    with forks("forgets") as (loads, _):
        assert loads.wait(30) == 1
