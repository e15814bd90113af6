"""Columns of plain text: as wide as their words, narrower where the line is full, or none where they cannot fit.

Pure functions. Must never know what a table means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_APART = 2  # signs between two columns
_NUMBER = re.compile(r"[-–+]?\d[\d.,]*(?:[ \u00a0\u202f]?\S{1,4})?")  # a column of these stands at its right edge


def grid(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    wrapped: Callable[[str, int], list[str]],
    length: Callable[[str], int],
) -> list[str] | None:
    """Return the lines of a table, its head underlined; None where even the longest words leave it no room."""
    every = [*([list(head)] if head else []), *rows]
    count = max((len(row) for row in every), default=0)
    full = [list(row) + [""] * (count - len(row)) for row in every]
    measures = _measures(full, count, width, length)
    if measures is None:
        return None
    figures = [all(_NUMBER.fullmatch(row[at] or "0") for row in full[bool(head) :]) for at in range(count)]
    found: list[str] = []
    for number, row in enumerate(full):
        cells = [wrapped(cell, measure) for cell, measure in zip(row, measures, strict=True)]
        found += _row(cells, measures, figures, length)
        if head and number == 0:
            found.append((" " * _APART).join("-" * measure for measure in measures))
    return found


def _row(
    cells: Sequence[Sequence[str]], measures: Sequence[int], figures: Sequence[bool], length: Callable[[str], int]
) -> list[str]:
    lines = []
    for at in range(max((len(cell) for cell in cells), default=0)):
        parts = [cell[at] if at < len(cell) else "" for cell in cells]
        padded = []
        for part, measure, right in zip(parts, measures, figures, strict=True):
            space = " " * (measure - length(part))
            padded.append(space + part if right else part + space)
        lines.append((" " * _APART).join(padded).rstrip(" "))
    return lines


def _measures(
    rows: Sequence[Sequence[str]], count: int, width: int, length: Callable[[str], int]
) -> list[int] | None:
    """Return the width of each column: all its words in one line, or its share of what the longest words leave."""
    room = width - _APART * (count - 1)
    wishes = [max(length(line) for row in rows for line in row[at].split("\n")) for at in range(count)]
    if sum(wishes) <= room:
        return wishes
    least = [
        max(length(word) for row in rows for word in row[at].replace("\n", " ").split(" ")) for at in range(count)
    ]
    spare = room - sum(least)
    if spare < 0:
        return None
    wanted = [wish - need for wish, need in zip(wishes, least, strict=True)]
    return [need + spare * want // sum(wanted) for need, want in zip(least, wanted, strict=True)]
