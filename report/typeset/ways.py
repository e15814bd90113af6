"""Which lines may start at a place of a paragraph, and what each costs by itself.

Costs are small numbers: 1.0 is a ragged line that ends a whole rag zone before the edge, or a justified line whose
spaces are stretched as far as they like to be. Pure functions of numbers. Must never know faces, languages, pages, or
what the boxes show.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf
from operator import sub
from typing import Final

from report.records import record
from report.typeset.chances import Chances

LINE: Final = 0.3  # each line: of two ways that look alike, the shorter
HYPHEN: Final = 0.5  # a divided word
HARD_HYPHEN: Final = 0.3  # a line that ends after a hyphen that is part of the word
CLINGING: Final = 0.8  # a line that ends after an article or a preposition, in words set by sense
TWO_HYPHENS: Final = 0.5  # two divided lines in a row
MORE_HYPHENS: Final = 50.0  # more in a row than is allowed
LAST_DIVIDED: Final = 0.3  # a word divided into the last line
LAST_WORD_PART: Final = 40.0  # a last line that is nothing but a part of a word
LAST_LONELY: Final = 12.0  # a last line of one short word
LAST_WORD: Final = 1.0  # a last line of one longer word
LAST_SHORT: Final = 0.5  # a last line of next to nothing; less the longer it is, up to a quarter of the measure
STAIRS: Final = 0.7  # three lines that end each further in (or out) than the one before
CONTRAST: Final = 1.0  # a tight line beside a loose one
OVERFULL: Final = 1e9  # a box wider than the measure: never cut, never lost, dear enough to be the last way out
STEPS: Final = 4  # of a rag zone: what is a step in a stair
_HOPELESS = 20.0  # no space to stretch: as bad as this many times the wished stretch
_LOOSE = 10.0  # times the wished stretch: looser lines only where nothing else is possible

Onward = list[tuple[float, int]]  # (cost of the line and at least of all after it, chance that ends the line)


@record(frozen=True)
class Rules:
    """How a paragraph is to be broken; `rag`: depth of the rag zone, in the measure's unit."""

    justify: bool = False
    rag: float = 42.5
    shortest: float = 2 / 3  # of the measure: ragged lines shorter than this only where it cannot be helped
    hyphens: int = 2  # divided lines in a row
    last_letters: int = 8  # of a last line that is one word


class Ways:
    """The lines of a paragraph, as far as each is judged by itself; `end`: the chance up to which is looked."""

    def __init__(self, chances: Chances, rules: Rules, measure: float) -> None:
        self.chances = chances
        self.rules = rules
        self.measure = measure
        self.end = len(chances.ends) - 1
        self.loosest = inf  # how loose a justified line may be at most; where it is limited, a place may have no way
        self._loose = chances.plain
        self._tight = [end - gives for end, gives in zip(chances.plain, chances.shrink, strict=True)]

    def onward(self, at: int, measure: float, ahead: Sequence[float]) -> Onward:
        """Return the lines that may start at `at`: the cost of each with what follows it, and where it ends."""
        return self._justified(at, measure, ahead) if self.rules.justify else self._ragged(at, measure, ahead)

    def limit(self, cost: float) -> None:
        """Leave out, from now on, justified lines that are loose enough to cost more than that."""
        loosest = max(0.0, cost**0.5 - 0.1) ** (1 / 3)
        self.loosest = inf
        if loosest < _LOOSE:
            chances = self.chances
            hyphen = max(map(sub, chances.ends, chances.plain))
            self.loosest = loosest
            self._loose = [
                end + hyphen + loosest * gives for end, gives in zip(chances.plain, chances.stretch, strict=True)
            ]

    def window(self, at: int, measure: float) -> tuple[int, int]:
        """Return between which chances a justified line from `at` may end: from the loosest to before the tightest."""
        chances, last = self.chances, self.end
        edge = measure + chances.starts[at]
        high = bisect_right(self._tight, edge + 1e-9 - chances.shrink_after[at], at + 1, last)
        if self.loosest is inf:
            return at + 1, high
        return bisect_left(self._loose, edge + self.loosest * chances.stretch_after[at], at + 1, high), high

    def ratio(self, at: int, end: int, measure: float) -> float:
        """Return by how much of their wished stretch (or, below 0, their shrink) a line's spaces change."""
        chances = self.chances
        short = measure - chances.ends[end] + chances.starts[at]
        if short >= 0:
            room = chances.stretch[end] - chances.stretch_after[at]
        else:
            room = chances.shrink[end] - chances.shrink_after[at]
        return min(short / room, _HOPELESS) if room > 0 else _without_room(short)

    def _last(self, at: int, measure: float) -> float:
        """Return the cost of the last line, from chance `at` to the end."""
        chances, end = self.chances, self.end
        width = chances.ends[end] - chances.starts[at]
        cost = LINE
        if at:
            single = chances.gaps[end] == chances.gaps[at]
            if chances.flagged[at]:
                cost += LAST_WORD_PART if single else LAST_DIVIDED
            if single:
                cost += (
                    LAST_WORD if chances.letters[end] - chances.letters[at] >= self.rules.last_letters else LAST_LONELY
                )
            elif width < measure / 4:
                cost += LAST_SHORT * (1 - 4 * width / measure)
        return cost

    def _ragged(self, at: int, measure: float, ahead: Sequence[float]) -> Onward:
        """Return the lines that may start at `at`: the cost of each with what follows it, and where it ends."""
        chances, rules, last = self.chances, self.rules, self.end
        plain, ends, costs = chances.plain, chances.ends, chances.costs
        start = chances.starts[at]
        edge = start + measure + 1e-9
        unit = 1 / (rules.rag * rules.rag)
        high = min(bisect_right(plain, edge, at + 1), last)
        # The last line but one may be shorter, so that a last line of one short word gets company.
        shortest = rules.shortest if ends[last] > edge + measure else rules.shortest / 2
        low = bisect_left(plain, start + measure * shortest, at + 1, high)
        ways = [
            (short * short * unit + costs[c] + LINE + ahead[c], c)
            for c in range(low, high)
            if (short := edge - ends[c]) >= 0
        ]
        if ends[last] <= edge:
            ways.append((self._last(at, measure), last))
        elif high <= low or chances.gaps[high - 1] == chances.gaps[low - 1]:  # no space among them
            ways += self._shorter(at, low, edge, unit, ahead)
        return ways or [self._overfull(at, edge, ahead)]

    def _shorter(self, at: int, below: int, edge: float, unit: float, ahead: Sequence[float]) -> Onward:
        """Return lines that are shorter than is liked: the longest that divides no word, and the longest of all."""
        ends, costs, flagged = self.chances.ends, self.chances.costs, self.chances.flagged
        ways: Onward = []
        for c in range(below - 1, at, -1):
            short = edge - ends[c]
            if short >= 0 and (not ways or not flagged[c]):
                ways.append((short * short * unit + costs[c] + LINE + ahead[c], c))
                if not flagged[c]:
                    break
        return ways

    def _overfull(self, at: int, edge: float, ahead: Sequence[float]) -> tuple[float, int]:
        """Return the one line that may start where nothing fits: up to the next chance, too wide as it is."""
        end, ends = at + 1, self.chances.ends
        cost = self._last(at, self.measure) if end == self.end else self.chances.costs[end] + LINE + ahead[end]
        return cost + OVERFULL * (1 + ends[end] - edge), end

    def _justified(self, at: int, measure: float, ahead: Sequence[float]) -> Onward:
        """Return the lines that may start at `at`; where looseness is limited, there may be none."""
        chances, last = self.chances, self.end
        ends, costs, stretch, shrink = chances.ends, chances.costs, chances.stretch, chances.shrink
        start, given, least = chances.starts[at], chances.stretch_after[at], chances.shrink_after[at]
        ways: Onward = []
        low, high = self.window(at, measure)
        for c in range(min(high, last - 1), low - 1, -1):
            short = measure - ends[c] + start
            room = stretch[c] - given if short >= 0 else shrink[c] - least
            ratio = min(short / room, _HOPELESS) if room > 0 else _without_room(short)
            if ratio < -1 - 1e-9:
                continue
            if ratio > _LOOSE and ways:
                break
            ways.append(((0.1 + abs(ratio) ** 3) ** 2 + costs[c] + LINE + ahead[c], c))
            if ratio > _LOOSE:
                break
        tight = self.ratio(at, last, measure)
        if tight >= -1 - 1e-9:
            ways.append((self._last(at, measure) + (0.1 - min(0.0, tight) ** 3) ** 2, last))
        if ways or self.loosest < inf:
            return ways
        return [self._overfull(at, start + measure, ahead)]


def _without_room(short: float) -> float:
    """Return the ratio of a line without spaces: nothing, if it fits by chance."""
    return 0.0 if abs(short) < 1e-9 else _HOPELESS if short > 0 else -_HOPELESS
