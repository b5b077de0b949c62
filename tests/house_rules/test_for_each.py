"""A test of many cases holds every one, and tells of each that does not hold."""

import pytest

from tests.for_each import for_each


def test_every_case_is_held_and_each_that_breaks_is_told_of() -> None:
    held: list[int] = []

    @for_each([1, 2, 3, 4])
    def is_odd(number: int) -> None:
        held.append(number)
        assert number % 2

    with pytest.raises(ExceptionGroup, match="2 of 4 cases") as raised:
        is_odd()

    assert held == [1, 2, 3, 4]
    assert [problem.__notes__ for problem in raised.value.exceptions] == [
        ["where: 2"],
        ["where: 4"],
    ]


def test_whatever_else_goes_wrong_is_told_of_too() -> None:
    @for_each([("a", 0), ("b", 1)])
    def divides(_: str, number: int) -> None:
        assert 1 // number

    with pytest.raises(ExceptionGroup) as raised:
        divides()

    (problem,) = raised.value.exceptions
    assert isinstance(problem, ZeroDivisionError)
    assert problem.__notes__ == ["where: 'a', 0"]


def test_no_case_at_all_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="no case"):
        for_each([])
