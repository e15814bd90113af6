"""The best breaks of a whole paragraph at once (total fit, after Knuth and Plass, 1981).

A paragraph is boxes, spaces and chances to divide. Every line costs something: in justified text for stretched or
shrunk spaces, in ragged text for its distance from the right edge, and for dividing a word; neighbours cost something
for hyphens under each other, for tight beside loose lines, for stairs in the rag. The cheapest paragraph wins.

The search has two steps. First the cheapest way without the costs between neighbours, from the end to the start;
often it has none of those, and then it is the best. Else it is the bound for a full search, in which the first step's
costs tell how dear the rest is at least, so that few ways need to be followed. In justified text a way that is
quickly found bounds both: a line that alone costs more is not looked at. The result is the optimum either way.

Pure functions of numbers. Must never know faces, languages, pages, or what the boxes show.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from report.typeset.chances import Chances
from report.typeset.ways import CONTRAST, MORE_HYPHENS, STAIRS, STEPS, TWO_HYPHENS, Onward, Rules, Ways

_UNSURE = 4  # lines at the end of a piece that the next search looks at again
_WINDOW = 6_000  # chances in one search: a paragraph of more (about 2,500 words) is broken piece by piece

_State = tuple[int, int, int, int]  # line (as far as measures differ), divided lines in a row, class, trend


class Breaker(Ways):
    """One search over the chances of a paragraph. `measures`: of the first lines; `measure`: of all others."""

    def __init__(self, chances: Chances, measures: Sequence[float], measure: float, rules: Rules) -> None:
        super().__init__(chances, rules, measure)
        self.measures = measures
        self._usual: dict[int, Onward] = {}  # the lines that may start at a chance, where the measure is the usual one

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
        if self.rules.justify:
            self.limit(self._quick(begin, number))
        ahead = self._ahead(begin, number)
        path, at, line = [], begin, number
        while at < self.end:
            _, at = min(self._ways(at, line, ahead))
            line += 1
            path.append(at)
        dearer = self.between(begin, number, path)
        if dearer:
            path = self._full(begin, number, ahead, self._layer(ahead, number)[begin] + dearer) or path
        self.loosest = inf
        return path

    def _quick(self, begin: int, number: int) -> float:
        """Return what a way costs that takes the best line each time: the best way costs no more."""
        path, at, line, spent = [], begin, number, 1e-6
        nothing = [0.0] * (self.end + 1)
        while at < self.end:
            cost, at = min(self.onward(at, self.line_measure(line), nothing))
            line += 1
            path.append(at)
            spent += cost
        return spent + self.between(begin, number, path)

    def _ways(self, at: int, line: int, ahead: list[list[float]]) -> Onward:
        """Return the lines that may start at `at` as line number `line`."""
        if line >= len(self.measures):
            return self._usual[at]
        return self.onward(at, self.measures[line], self._layer(ahead, line + 1))

    def _layer(self, ahead: list[list[float]], line: int) -> list[float]:
        return ahead[min(line, len(ahead) - 1)]

    def _ahead(self, begin: int, number: int) -> list[list[float]]:
        """Return, by line number and chance, how dear what follows is at least (the costs between lines left out)."""
        first, onward = len(self.measures), self.onward
        nothing = [0.0] * (self.end + 1)
        reached = [{begin}]  # by the first lines; only what can be reached is looked at
        for line in range(number, first):
            starts = (at for at in reached[-1] if at < self.end)
            reached.append({c for at in starts for _, c in onward(at, self.measures[line], nothing)})
        usual, measure, ways = [inf] * self.end + [0.0], self.measure, self._usual
        for at in self._reachable(reached[-1]):
            ways[at] = here = onward(at, measure, usual)
            usual[at] = min(here)[0] if here else inf
        layers = [usual] * (first + 1)
        for line in range(first - 1, number - 1, -1):
            layers[line] = layer = list(nothing)
            for at in reached[line - number]:
                if at < self.end:
                    layer[at] = min(onward(at, self.measures[line], layers[line + 1]), default=(inf, 0))[0]
        return layers

    def _reachable(self, starts: set[int]) -> list[int]:
        """Return the chances at which lines of the usual measure may start, the last one first."""
        if not starts:
            return []
        if self.loosest is inf:
            return list(range(self.end - 1, min(starts) - 1, -1))
        marks = bytearray(self.end + 1)
        for at in starts:
            marks[at] = 1
        for at in range(min(starts), self.end):
            if marks[at]:
                low, high = self.window(at, self.measure)
                if low < high:
                    marks[low:high] = b"\1" * (high - low)
        return [at for at in range(self.end - 1, min(starts) - 1, -1) if marks[at]]

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
            for state, (spent, _, _) in here.items():
                line = state[0]
                later = self._layer(ahead, line + 1)
                if line not in ways:
                    ways[line] = self._ways(at, line, ahead)
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
            return max(0, int(short * STEPS / self.rules.rag))
        ratio = self.ratio(at, end, measure)
        return 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
