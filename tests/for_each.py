"""One test for many small cases of one kind: thousands of texts, each held in turn.

As tests of their own they would cost more, over several workers, than what is looked at
in them: each is collected by every worker and told of three times.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

Test = Callable[..., None]


def for_each(cases: Iterable[Any]) -> Callable[[Test], Test]:
    """Hold a test for every case; all that do not hold are told of, each by its case.

    A case is what the test takes: a tuple where that is several things.
    """
    told = [case if isinstance(case, tuple) else (case,) for case in cases]
    assert told, "a test of no case would hold whatever is done"

    def of_one_case(test: Test) -> Test:
        @wraps(test)
        def of_every_case() -> None:
            broken = [problem for case in told if (problem := _broken(test, case))]
            if broken:
                raise ExceptionGroup(f"{len(broken)} of {len(told)} cases", broken)

        # What a test takes is looked for among fixtures; this one is given its cases.
        of_every_case.__signature__ = inspect.Signature()  # type: ignore[attr-defined]
        return of_every_case

    return of_one_case


def _broken(test: Test, case: tuple[Any, ...]) -> Exception | None:
    try:
        test(*case)
    except Exception as problem:
        problem.add_note("where: " + ", ".join(f"{part!r:.100}" for part in case))
        return problem
    return None
