"""The best breaks of a whole paragraph at once (total fit, after Knuth and Plass, 1981).

A paragraph is boxes, spaces and chances to divide. Every line costs something: in justified text for stretched or
shrunk spaces, in ragged text for its distance from the right edge, and for dividing a word; neighbours cost something
for hyphens under each other, for tight beside loose lines, for stairs in the rag. The cheapest paragraph wins.
Costs are small numbers: 1.0 is a ragged line that ends a whole rag zone before the edge, or a justified line whose
spaces are stretched as far as they like to be.

The search has two steps. First the cheapest way without the costs between neighbours, from the end to the start;
often it has none of those, and then it is the best. Else it is the bound for a full search, in which the first step's
costs tell how dear the rest is at least, so that few ways need to be followed. The result is the optimum either way.

Pure functions of numbers. Must never know faces, languages, pages, or what the boxes show.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from operator import sub
from typing import Final

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
_STEPS = 4  # of a rag zone: what is a step in a stair
_HOPELESS = 20.0  # no space to stretch: as bad as this many times the wished stretch
_LOOSE = 10.0  # times the wished stretch: looser lines only where nothing else is possible
_UNSURE = 4  # lines at the end of a piece that the next search looks at again
_WINDOW = 6_000  # chances in one search: a paragraph of more (about 2,500 words) is broken piece by piece

_State = tuple[int, int, int, int]  # line (as far as measures differ), divided lines in a row, class, trend
Onward = list[tuple[float, int]]  # (cost of the line and at least of all after it, chance that ends the line)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a paragraph is to be broken; `rag`: depth of the rag zone, in the measure's unit."""

    justify: bool = False
    rag: float = 42.5
    shortest: float = 2 / 3  # of the measure: ragged lines shorter than this only where it cannot be helped
    hyphens: int = 2  # divided lines in a row
    last_letters: int = 8  # of a last line that is one word


class Breaker:
    """One search over the chances of a paragraph. `measures`: of the first lines; `measure`: of all others."""

    def __init__(self, chances: Chances, measures: Sequence[float], measure: float, rules: Rules) -> None:
        self.chances = chances
        self.measures = measures
        self.measure = measure
        self.rules = rules
        self.end = len(chances.ends) - 1
        self._usual: dict[int, Onward] = {}  # the lines that may start at a chance, where the measure is the usual one
        self._tight = [end - gives for end, gives in zip(chances.plain, chances.shrink, strict=True)]
        self._hyphen = max(map(sub, chances.ends, chances.plain))
        # (chance, measure, what follows, slack): ways dearer than the best by more than the slack may be left out
        self.onward: Callable[..., Onward] = self._justified if rules.justify else self._ragged

    def best(self) -> list[int]:
        """Return the chances that end the lines, the last one included."""
        total, done, window = self.end, [0], _WINDOW
        while total - done[-1] > window:
            self.end = done[-1] + window
            lines = self._search(done[-1], len(done) - 1)
            if len(lines) > 2 * _UNSURE:
                done += lines[:-_UNSURE]
            else:
                window *= 2
        self.end = total
        return done[1:] + self._search(done[-1], len(done) - 1)

    def line_measure(self, number: int) -> float:
        """Return the measure of line `number` (from 0)."""
        return self.measures[number] if number < len(self.measures) else self.measure

    def _search(self, begin: int, number: int) -> list[int]:
        ahead = self._ahead(begin, number)
        path, at, line = [], begin, number
        while at < self.end:
            _, at = min(self._ways(at, line, ahead))
            line += 1
            path.append(at)
        dearer = self.between(begin, number, path)
        if not dearer:
            return path
        return self._full(begin, number, ahead, self._layer(ahead, number)[begin] + dearer) or path

    def _ways(self, at: int, line: int, ahead: list[list[float]], bound: float = -inf) -> Onward:
        """Return the lines that may start at `at` as line number `line`: the best, and those within the bound."""
        slack = max(0.0, bound - self._layer(ahead, line)[at])
        if line < len(self.measures):
            return self.onward(at, self.measures[line], self._layer(ahead, line + 1), slack)
        if slack and self.rules.justify:
            return self._justified(at, self.measure, ahead[-1], slack)
        return self._usual[at]

    def _layer(self, ahead: list[list[float]], line: int) -> list[float]:
        return ahead[min(line, len(ahead) - 1)]

    def _ahead(self, begin: int, number: int) -> list[list[float]]:
        """Return, by line number and chance, how dear what follows is at least (the costs between lines left out)."""
        usual = [0.0] * (self.end + 1)
        onward, measure, ways = self.onward, self.measure, self._usual
        for at in range(self.end - 1, begin - 1, -1):
            ways[at] = here = onward(at, measure, usual, 0.0)
            usual[at] = min(here)[0] if len(here) > 1 else here[0][0]
        first = len(self.measures)
        layers = [usual] * (first + 1)
        if number < first:  # only what can be reached is looked at
            reached = [{begin}]
            nothing = [0.0] * (self.end + 1)
            for line in range(number, first - 1):
                ways_ = (onward(at, self.measures[line], nothing, inf) for at in reached[-1] if at < self.end)
                ends = {c for found in ways_ for _, c in found}
                reached.append(ends)
            for line in range(first - 1, number - 1, -1):
                layers[line] = layer = list(nothing)
                for at in reached[line - number]:
                    if at < self.end:
                        layer[at] = min(onward(at, self.measures[line], layers[line + 1], 0.0))[0]
        return layers

    def _full(self, begin: int, number: int, ahead: list[list[float]], bound: float) -> list[int]:
        """Return the best way with the costs between lines; `bound` is the cost of a way that is known."""
        bound += 1e-9
        first = len(self.measures)
        states: dict[int, dict[_State, tuple[float, int, _State]]] = {}
        start: _State = (min(number, first), 0, -1, 0)
        states[begin] = {start: (0.0, -1, start)}
        for at in range(begin, self.end):
            here = states.get(at)
            if not here:
                continue
            ways: dict[int, Onward] = {}
            left = bound - min(spent for spent, _, _ in here.values())
            for state, (spent, _, _) in here.items():
                line = state[0]
                later = self._layer(ahead, line + 1)
                if line not in ways:
                    ways[line] = self._ways(at, line, ahead, left)
                for least, end in ways[line]:
                    if spent + least > bound:
                        continue
                    extra, hyphens, kind, trend = self.step(state[1:], at, end, self.line_measure(line))
                    if spent + least + extra > bound:
                        continue
                    cost = spent + least + extra - later[end]
                    then: _State = (min(line + 1, first), hyphens, kind, trend)
                    there = states.setdefault(end, {})
                    known = there.get(then)
                    if known is None or cost < known[0]:
                        there[then] = (cost, at, state)
        finish = states.get(self.end)
        if not finish:
            return []
        at, state = self.end, min(finish, key=lambda key: (finish[key][0], key))
        path = []
        while at != begin:
            path.append(at)
            _, at, state = states[at][state]
        return path[::-1]

    def between(self, begin: int, number: int, path: Sequence[int]) -> float:
        """Return what the neighbourhood of the lines of a way costs."""
        total, state, at = 0.0, (0, -1, 0), begin
        for line, end in enumerate(path, number):
            extra, *rest = self.step(state, at, end, self.line_measure(line))
            state = (rest[0], rest[1], rest[2])
            total += extra
            at = end
        return total

    def step(self, before: tuple[int, int, int], at: int, end: int, measure: float) -> tuple[float, int, int, int]:
        """Return what a line costs beside the one before, and the new state: hyphens in a row, class, trend."""
        hyphens, kind, trend = before
        if end == self.end:
            return 0.0, 0, 0, 0
        extra = 0.0
        hyphens = hyphens + 1 if self.chances.flagged[end] else 0
        if hyphens > self.rules.hyphens:
            extra, hyphens = MORE_HYPHENS, self.rules.hyphens
        elif hyphens > 1:
            extra = TWO_HYPHENS
        new = self.kind(at, end, measure)
        if self.rules.justify:
            return extra + (CONTRAST if kind >= 0 and abs(new - kind) > 1 else 0.0), hyphens, new, 0
        turn = 0 if kind < 0 or new == kind else 1 if new > kind else -1
        return extra + (STAIRS if turn and turn == trend else 0.0), hyphens, new, turn

    def kind(self, at: int, end: int, measure: float) -> int:
        """Return a line's class: how far in it ends, in steps; or tight (0), decent, loose, very loose (3)."""
        if not self.rules.justify:
            short = measure - self.chances.ends[end] + self.chances.starts[at]
            return max(0, int(short * _STEPS / self.rules.rag))
        ratio = self.ratio(at, end, measure)
        return 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3

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

    def _ragged(self, at: int, measure: float, ahead: Sequence[float], slack: float = inf) -> Onward:
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

    def _justified(self, at: int, measure: float, ahead: Sequence[float], slack: float = inf) -> Onward:
        """Return the lines that may start at `at`, as far as they are not dearer than the best by more than `slack`."""
        chances, last = self.chances, self.end
        ends, costs, stretch, shrink = chances.ends, chances.costs, chances.stretch, chances.shrink
        start, given, least = chances.starts[at], chances.stretch_after[at], chances.shrink_after[at]
        ways: Onward = []
        best = inf
        high = min(bisect_right(self._tight, measure + 1e-9 + start - least, at + 1, last), last - 1)
        for c in range(high, at, -1):
            short = measure - ends[c] + start
            room = stretch[c] - given if short >= 0 else shrink[c] - least
            ratio = min(short / room, _HOPELESS) if room > 0 else _without_room(short)
            if ratio < -1 - 1e-9:
                continue
            if ratio > _LOOSE and ways:
                break
            cost = (0.1 + abs(ratio) ** 3) ** 2 + costs[c] + LINE + ahead[c]
            ways.append((cost, c))
            best = min(best, cost)
            if ratio > _LOOSE:
                break
            if ratio > 1 and room > 0:  # what is shorter still is dearer than this, but for the width of a hyphen
                ratio = (short - self._hyphen) / room
                if ratio > 0 and (0.1 + ratio**3) ** 2 + LINE > best + slack:
                    break
        tight = self.ratio(at, last, measure)
        if tight >= -1 - 1e-9:
            ways.append((self._last(at, measure) + (0.1 - min(0.0, tight) ** 3) ** 2, last))
        return ways or [self._overfull(at, start + measure, ahead)]


def _without_room(short: float) -> float:
    """Return the ratio of a line without spaces: nothing, if it fits by chance."""
    return 0.0 if abs(short) < 1e-9 else _HOPELESS if short > 0 else -_HOPELESS
