"""The folding dummy: the same sheets in grey, each page with its number alone, to be printed and folded by hand.

Numbers are drawn as strokes, so that no font is needed. Knows: sides. Must never know what is on a page.
"""

from __future__ import annotations

from report.sheets.marks import joined, number
from report.sheets.plan import Side, Spot
from report.units import MM

# strokes on a net of 4 × 6, from the foot
_STROKES = {
    "0": "1 0 3 0 4 1 4 5 3 6 1 6 0 5 0 1 1 0",
    "1": "1 5 2 6 2 0;1 0 3 0",
    "2": "0 5 1 6 3 6 4 5 4 4 0 0 4 0",
    "3": "0 6 4 6 2 4 3 4 4 3 4 1 3 0 1 0 0 1",
    "4": "3 0 3 6 0 2 4 2",
    "5": "4 6 0 6 0 3 3 3 4 2 4 1 3 0 1 0 0 1",
    "6": "3 6 1 5 0 3 0 1 1 0 3 0 4 1 4 2 3 3 0 3",
    "7": "0 6 4 6 1 0",
    "8": "1 3 0 4 0 5 1 6 3 6 4 5 4 4 3 3 1 3 0 2 0 1 1 0 3 0 4 1 4 2 3 3",
    "9": "1 0 3 1 4 3 4 5 3 6 1 6 0 5 0 4 1 3 4 3",
}
_UNIT = 6 * MM
_STEP = 6  # units from one figure to the next


def drawn(side: Side) -> str:
    """Return the operators of one side, from the trim's corner."""
    parts = [f"q .9 g {joined(0, 0, side.width, side.height)} re f", "0 G .6 w"]
    parts += [f"{joined(x0, y0, x1 - x0, y1 - y0)} re S" for x0, y0, x1, y1 in (spot.box for spot in side.spots)]
    parts += [_figures(spot) for spot in side.spots]
    parts.append(f"[{joined(2 * MM, 2 * MM)}] 0 d")
    parts += [f"{joined(fold, 0)} m {joined(fold, side.height)} l S" for fold in side.folds]
    return "\n".join((*parts, "Q"))


def _figures(spot: Spot) -> str:
    """Return a page's number in the middle of its place, turned as the page is."""
    left, bottom, right, top = spot.box
    digits = str(spot.page + 1)
    wide, high = (_STEP * len(digits) - 2) * _UNIT, 6 * _UNIT
    turn = "-1 0 0 -1" if spot.turn else "1 0 0 1"
    lines = [f"q {turn} {joined((left + right) / 2, (bottom + top) / 2)} cm {number(_UNIT * 0.6)} w 1 J 1 j"]
    for place, digit in enumerate(digits):
        for stroke in _STROKES[digit].split(";"):
            net = [int(value) for value in stroke.split()]
            points = [
                joined((x + place * _STEP) * _UNIT - wide / 2, y * _UNIT - high / 2)
                for x, y in zip(net[::2], net[1::2], strict=True)
            ]
            lines.append(" l ".join((f"{points[0]} m {points[1]}", *points[2:])) + " l S")
    return "\n".join((*lines, "Q"))
