"""For every test: which worker runs it, skips in CI that fail, canaries at the end."""

import gc
import os
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from tests.canaries_of_the_suite import Suite

ONE_RASA: Final = ("tests/journeys/through_rasa/", "tests/bot/with_rasa/")
"""Starting Rasa costs the most of anything here: each of these folders shares one."""

FIRST: Final = (
    *(ONE_RASA[0], "tests/plan_pages/test_plan_pages_seen.py", ONE_RASA[1]),
    *("tests/storage/test_storage_survives.py", "tests/journeys/test_alerts_and_w"),
    *("tests/trust/test_hostile_", "tests/staff/test_staff_by_keyboard.py"),
    *("tests/bot/test_training_files.py", "tests/trust/test_limits_"),
    *("tests/staff/test_staff_in_a_browser.py", "tests/bot/test_held_back.py"),
    *("tests/staff/test_staff_passkeys_in", "tests/trust/test_parts_from_others.py"),
    *("tests/runtime/test_leaving", "tests/runtime/test_tracing.py"),
)
"""What takes long, in the order it is given out: at the end one worker would wait.

What starts a Rasa of its own stands apart, so that not all of them start at once.
"""


# How long an example takes says how busy the machine is, not whether it holds.
settings.register_profile(
    "handrail", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("handrail")


class OneRasa(LoadFileScheduling):
    """Gives each file to one worker, and the files that share a Rasa to the same.

    The longest are given out first: what is left at the end is short.
    """

    def _assign_work_unit(self, node: Any) -> None:
        for begins in reversed(FIRST):
            for scope in [one for one in self.workqueue if one.startswith(begins)]:
                self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        for folder in ONE_RASA:
            if nodeid.startswith(folder):
                return folder
        return str(super()._split_scope(nodeid))


# What is collected stays to the end: look for garbage only in what tests make.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    # Gateways come and go whole: looking for them seven times as seldom is enough.
    gc.set_threshold(5_000)
    gc.enable()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneRasa:
    return OneRasa(config, log)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"


def pytest_sessionstart(session: pytest.Session) -> None:
    factory = session.config._tmp_path_factory  # type: ignore[attr-defined]
    Suite.begins(factory.getbasetemp())


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Once, where all workers have ended: nothing that was said is in what is left."""
    if hasattr(session.config, "workerinput"):
        return
    looked_for, found = Suite.found()
    writer = session.config.get_terminal_writer()
    if found:
        writer.line(f"\nOf {looked_for} texts in what the suite left: {found}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    elif looked_for:
        writer.line(f"\nNone of {looked_for} texts is in what the suite left.")
