"""Several tasks at once: results in order, the first fault told, nothing lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pytest

from report.typeset.labour import begun, side_by_side


def slow(number: int) -> int:
    time.sleep(0.002 * (5 - number))
    return number


def failing(number: int) -> int:
    slow(number)
    raise ValueError(number)


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert side_by_side([partial(slow, number) for number in range(5)]) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("count", [0, 1])
def test_few_tasks_are_tasks_too(count: int) -> None:
    assert side_by_side([partial(slow, 4)] * count) == [4] * count


def test_a_fault_is_told_when_the_results_are_asked_for() -> None:
    results = begun([partial(failing, 4)])
    time.sleep(0.01)
    with pytest.raises(ValueError, match="4"):
        results()


def test_the_first_fault_in_order_is_told_and_the_rest_is_done() -> None:
    seen: list[int] = []
    tasks: list[Callable[[], object]] = [partial(seen.append, 0), partial(failing, 1), partial(failing, 2)]
    with pytest.raises(ValueError, match="1"):
        side_by_side([*tasks, partial(seen.append, 3)])
    assert sorted(seen) == [0, 3]
