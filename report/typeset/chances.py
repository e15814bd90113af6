"""A paragraph as line breaking sees it: widths, spaces that give, and the places where a line may end.

Knows: numbers. Must never know how the breaks are found, nor faces, languages, pages.
"""

from __future__ import annotations

from typing import Any


class Chances:
    """The places where a paragraph may be broken, as parallel lists; 0 is its start, the last is its end.

    Filled from left to right, then finished; the lists stand after that. All sums run from the paragraph's start:
    `ends` to the end of a line that is broken here (with its hyphen), `starts` to the start of the line after it,
    `plain` as `ends` without the hyphen.
    """

    plain: list[float]
    ends: list[float]
    starts: list[float]
    costs: list[float]
    flagged: list[bool]
    stretch: list[float]  # up to the end of the line
    shrink: list[float]
    stretch_after: list[float]  # up to the start of the next
    shrink_after: list[float]
    letters: list[int]  # up to here
    gaps: list[int]  # spaces up to here where a line may be broken
    items: list[tuple[int, int]]  # the item after the line's last, the item that starts the next line

    def __init__(self) -> None:
        self.width = 0.0
        self.stretched = self.shrunk = 0.0
        self.count = self.words = 0
        self._rows: list[tuple[Any, ...]] = []
        self._add(0.0, 0.0, False, (0, 0))

    def add(self, item: int, hyphen: float, cost: float, flagged: bool) -> None:
        """Add a chance to divide after `item` items."""
        self._add(hyphen, cost, flagged, (item, item))

    def space(self, item: int, width: float, stretch: float, shrink: float, cost: float | None) -> None:
        """Add the space that is item number `item`; a chance unless `cost` is None."""
        if cost is not None:
            self.words += 1
            self._add(0.0, cost, False, (item, item + 1), width, stretch, shrink)
        self.width += width
        self.stretched += stretch
        self.shrunk += shrink

    def box(self, width: float, letters: int) -> None:
        """Add what is never divided."""
        self.width += width
        self.count += letters

    def finish(self, item: int) -> None:
        """Add the paragraph's end, after `item` items."""
        self._add(0.0, 0.0, False, (item, item))
        lists = [list(column) for column in zip(*self._rows, strict=True)]
        self.plain, self.ends, self.starts, self.costs, self.flagged, self.items = lists[:6]
        self.stretch, self.stretch_after, self.shrink, self.shrink_after, self.letters, self.gaps = lists[6:]

    def _add(
        self,
        hyphen: float,
        cost: float,
        flagged: bool,
        items: tuple[int, int],
        gap: float = 0.0,
        stretch: float = 0.0,
        shrink: float = 0.0,
    ) -> None:
        width, stretched, shrunk = self.width, self.stretched, self.shrunk
        ink = (width, width + hyphen, width + gap, cost, flagged, items)
        self._rows.append((*ink, stretched, stretched + stretch, shrunk, shrunk + shrink, self.count, self.words))
