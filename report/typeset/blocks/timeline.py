"""A timeline: discs on a rule, each with a date and a note under it.

Distances follow the years roughly, but every event stands on a column of the grid and keeps room for its note.
Read as a list: each event one item, its date before its note.
"""

from __future__ import annotations

from report.content import Node
from report.layout import Region
from report.typeset.block import Leaf, Piece, Slice, Spot
from report.typeset.blocks.rule import WEIGHT
from report.typeset.blocks.text import Text
from report.typeset.desk import Desk
from report.typeset.ink import number
from report.typeset.pen import Pen
from report.units import MM

DISC = 3.2 * MM  # diameter
_KAPPA = 0.5523
_DATE, _NOTE = 2.0, 3.0  # lines under the rule


def when(at: str) -> float:
    """Return `2024`, `2024-12` or `2024-12-10` as a number of years (a bare year: its beginning)."""
    parts = [int(part) for part in at.split("/", maxsplit=1)[0].split("-")]
    year, month, day = (*parts, 1, 1)[:3] if len(parts) < 3 else parts[:3]
    return year + (month - 1) / 12 + (day - 1) / 366


def columns(times: list[float], available: int, room: int) -> list[int]:
    """Return the column of each event (from 1): as the times lie, on whole columns, `room` columns for each.

    The first stands on column 1, the last leaves `room` columns; where times crowd, events move left from the right.
    """
    count = len(times)
    last = available - room + 1
    if count == 1:
        return [1]
    span = (times[-1] - times[0]) or 1.0
    found = [1 + round((time - times[0]) / span * (last - 1)) for time in times]
    for index in range(count - 2, -1, -1):
        found[index] = min(found[index], found[index + 1] - room)
    found[0] = max(1, found[0])
    for index in range(1, count):
        found[index] = max(found[index], found[index - 1] + room)
    return found


class Timeline(Piece):
    """The timeline of one region; set as one strip that is never divided."""

    def __init__(self, leaf: Leaf, desk: Desk, region: Region, ground: str) -> None:
        super().__init__(leaf, [])
        self.region = region
        grid = desk.layout.grid
        self.columns_in = round((region.width + grid.gutter) / (grid.column + grid.gutter))
        self.events = list(leaf.node.nodes())
        self.room = min(3, self.columns_in // max(1, len(self.events))) if self.events else 3
        if self.room < 2 and len(self.events) > 1:
            self.faults.append("overset")
        at = columns([when(event.get("at")) for event in self.events], self.columns_in, max(1, self.room))
        self.left = [region.left + (column - 1) * (grid.column + grid.gutter) for column in at]
        starts = [*at[1:], self.columns_in + 1]
        self.parts: list[tuple[Text, Text]] = []
        depth = _NOTE
        for event, column, following in zip(self.events, at, starts, strict=True):
            wide = grid.measure(min(following - column, 3))
            date, note = (self._text(child, desk, ground, wide, event) for child in list(event.nodes())[:2])
            self.parts.append((date, note))
        self.under = _NOTE + max(((len(date.slices) - 1) * date.slices[0].lead for date, _ in self.parts), default=0.0)
        for _, note in self.parts:
            depth = max(depth, self.under + (len(note.slices) - 1) * note.slices[0].lead if note.slices else 0)
        overfull = [text for pair in self.parts for text in pair if text.set.overfull]
        for text in overfull if self.faults else ():
            text.quiet = True  # told once, of the timeline
        self.faults += ["overfull"] if overfull else []
        self.slices = [Slice(1.0, depth)]

    def _text(self, node: Node, desk: Desk, ground: str, measure: float, event: Node) -> Text:
        setting = desk.settings.get(node.get("style") or self.leaf.style, ground, node.line)
        leaf = Leaf(
            node,
            self.leaf.region,
            node.get("style"),
            node,
            node.get("of") or event.get("of") or self.leaf.of,
            self.leaf.lang,
            False,
        )
        return Text(leaf, setting, measure, desk.layout.grid.leading)

    def spots(self, spot: Spot) -> list[Spot]:
        """Return where the dates and notes stand."""
        found = []
        for left, (date, note) in zip(self.left, self.parts, strict=True):
            region = Region(spot.region.name, left, 0.0, 0.0, 0.0)
            for text, under in ((date, _DATE), (note, self.under)):
                first = spot.baselines[0] + under
                lines = [first + i * text.slices[0].lead for i in range(len(text.slices))]
                found.append(Spot(text, region, 0, len(text.slices), lines, spot.ground))
        return found

    def dump(self, spot: Spot) -> list[str]:
        """Return dates and notes as lines of the record."""
        return [line for inner in self.spots(spot) for line in inner.block.dump(inner)]

    def draw(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Draw rule and discs as an artifact, then dates and notes."""
        y = desk.y(spot.baselines[0])
        rule = desk.settings.get(self.leaf.style, spot.ground, self.leaf.node.line)
        with pen.artifact():
            box = (spot.region.left, y - WEIGHT / 2, spot.region.width, WEIGHT)
            pen.write(desk.inks.rule(rule.swatch), b"%s %s %s %s re f\n" % tuple(number(v).encode() for v in box))
            pen.write(desk.inks.fill(desk.settings.swatch("accent", self.leaf.node.line)))
            for left in self.left:
                pen.write(disc(left + DISC / 2, y, DISC / 2))
        for inner in self.spots(spot):
            inner.block.draw(pen, desk, inner)


def disc(x: float, y: float, r: float) -> bytes:
    """Return the operators of a filled circle round (x, y)."""
    k = r * _KAPPA
    n = [number(v) for v in (x + r, y, x + r, y + k, x + k, y + r, x, y + r, x - k, y + r, x - r, y + k, x - r, y,
                             x - r, y - k, x - k, y - r, x, y - r, x + k, y - r, x + r, y - k, x + r, y)]  # fmt: skip
    curves = "".join(" ".join(n[i : i + 6]) + " c\n" for i in range(2, 26, 6))
    return f"{n[0]} {n[1]} m\n{curves}f\n".encode()
