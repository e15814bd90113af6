"""Several tasks at once, where they leave Python's lock alone for most of their time, as decoding and resampling do.

Results come in the order of the tasks, whoever was first. Knows: tasks. Must never know what they do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from threading import Lock, Thread
from typing import TypeVar

T = TypeVar("T")
_AT_ONCE = 3  # more large pictures would need more memory than an office's machine can spare


def side_by_side(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Do the tasks; raise what the first of those that failed raised."""
    return begun(tasks)()


def begun(tasks: Sequence[Callable[[], T]]) -> Callable[[], list[T]]:
    """Begin the tasks, if another core is free for it; what is returned does the rest, and gives the results."""
    done: dict[int, T] = {}
    failed: dict[int, Exception] = {}
    waiting = iter(enumerate(tasks))
    lock = Lock()

    def labour() -> None:
        while True:
            with lock:
                number, task = next(waiting, (-1, None))
            if task is None:
                return
            try:
                done[number] = task()
            except Exception as error:  # raised below, in the order of the tasks
                failed[number] = error

    def finish() -> list[T]:
        labour()
        for one in others:
            one.join()
        if failed:
            raise failed[min(failed)]
        return [done[number] for number in range(len(tasks))]

    others = [Thread(target=labour, daemon=True) for _ in range(min(_AT_ONCE, os.cpu_count() or 1) - 1)][: len(tasks)]
    for one in others:
        one.start()
    return finish
