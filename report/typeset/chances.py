"""A paragraph as line breaking sees it: widths, spaces that give, and the places where a line may end.

Knows: numbers. Must never know how the breaks are found, nor faces, languages, pages.
"""

from __future__ import annotations


class Chances:
    """The places where a paragraph may be broken, as parallel lists; 0 is its start, the last is its end.

    All sums run from the paragraph's start: `ends` to the end of a line that is broken here (with its hyphen),
    `starts` to the start of the line after it, `plain` as `ends` without the hyphen.
    """

    def __init__(self) -> None:
        self.plain, self.ends, self.starts = [0.0], [0.0], [0.0]
        self.costs, self.flagged = [0.0], [False]
        self.stretch, self.shrink = [0.0], [0.0]  # up to the end of the line
        self.stretch_after, self.shrink_after = [0.0], [0.0]  # up to the start of the next
        self.letters, self.gaps = [0], [0]  # up to here; letters of the last word; spaces where a line may be broken
        self.items = [(0, 0)]  # the item after the line's last, the item that starts the next line
        self.width = 0.0
        self.stretched = self.shrunk = 0.0
        self.count = self.words = 0

    def add(self, item: int, hyphen: float, cost: float, flagged: bool) -> None:
        """Add a chance to divide after `item` items."""
        self._add(hyphen, cost, flagged, (item, item))

    def space(self, item: int, width: float, stretch: float, shrink: float, cost: float | None) -> None:
        """Add the space that is item number `item`; a chance unless `cost` is None."""
        if cost is not None:
            self.words += 1
            self._add(0.0, cost, False, (item, item + 1))
        self.width += width
        self.stretched += stretch
        self.shrunk += shrink
        if cost is not None:
            self.starts[-1] = self.width
            self.stretch_after[-1] = self.stretched
            self.shrink_after[-1] = self.shrunk

    def box(self, width: float, letters: int) -> None:
        """Add what is never divided."""
        self.width += width
        self.count += letters

    def finish(self, item: int) -> None:
        """Add the paragraph's end, after `item` items."""
        self._add(0.0, 0.0, False, (item, item))

    def _add(self, hyphen: float, cost: float, flagged: bool, items: tuple[int, int]) -> None:
        self.plain.append(self.width)
        self.ends.append(self.width + hyphen)
        self.starts.append(self.width)
        self.costs.append(cost)
        self.flagged.append(flagged)
        self.stretch.append(self.stretched)
        self.stretch_after.append(self.stretched)
        self.shrink.append(self.shrunk)
        self.shrink_after.append(self.shrunk)
        self.letters.append(self.count)
        self.gaps.append(self.words)
        self.items.append(items)
