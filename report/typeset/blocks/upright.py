"""A timeline that runs down: discs on an upright rule, date and note beside each. For columns too narrow for a strip.

Read as the other timeline is: a list, each event one item, its date before its note.
"""

from __future__ import annotations

from report.layout import Region
from report.typeset.block import Leaf, Piece, Slice, Spot
from report.typeset.blocks.rule import WEIGHT
from report.typeset.blocks.text import Text
from report.typeset.blocks.timeline import DISC, Timeline, disc
from report.typeset.desk import Desk
from report.typeset.ink import number
from report.typeset.pen import Pen
from report.units import MM

_INSET = 7 * MM  # from the discs' edge to the words
_NOTE, _NEXT = 1.0, 1.5  # lines under the date, and from the last line of a note to the next date
_RISE = 0.24  # of a line: the middle of small letters above their baseline


class Upright(Timeline):
    """The timeline of one region, from top to bottom; never divided."""

    def __init__(self, leaf: Leaf, desk: Desk, region: Region, ground: str) -> None:
        Piece.__init__(self, leaf, [])  # of a timeline only the drawing is shared
        self.region = region
        self.events = list(leaf.node.nodes())
        self.parts: list[tuple[Text, Text]] = []
        self.at: list[float] = []
        down = depth = 0.0
        for event in self.events:
            texts = (self._text(child, desk, ground, region.width - _INSET, event) for child in list(event.nodes())[:2])
            date, note = texts
            self.parts.append((date, note))
            self.at.append(down)
            depth = down + _tall(date) + (_NOTE + _tall(note) if note.slices else 0.0)
            down = depth + _NEXT
        if any(text.set.overfull for pair in self.parts for text in pair):
            self.faults.append("overfull")
        self.slices = [Slice(1.0, depth)]

    def spots(self, spot: Spot) -> list[Spot]:
        """Return where the dates and notes stand."""
        found = []
        region = Region(spot.region.name, spot.region.left + _INSET, 0.0, 0.0, 0.0)
        for down, (date, note) in zip(self.at, self.parts, strict=True):
            first = spot.baselines[0] + down
            for text, start in ((date, first), (note, first + _tall(date) + _NOTE)):
                lines = [start + i * text.slices[0].lead for i in range(len(text.slices))]
                found.append(Spot(text, region, 0, len(text.slices), lines, spot.ground))
        return found

    def draw(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Draw rule and discs as an artifact, then dates and notes."""
        heights = [desk.y(spot.baselines[0] + down - _RISE) for down in self.at]
        x = spot.region.left + DISC / 2
        rule = desk.settings.get(self.leaf.style, spot.ground, self.leaf.node.line)
        with pen.artifact():
            box = (x - WEIGHT / 2, heights[-1], WEIGHT, heights[0] - heights[-1])
            pen.write(desk.inks.rule(rule.swatch), b"%s %s %s %s re f\n" % tuple(number(v).encode() for v in box))
            pen.write(desk.inks.fill(desk.settings.swatch("accent", self.leaf.node.line)))
            for y in heights:
                pen.write(disc(x, y, DISC / 2))
        for inner in self.spots(spot):
            inner.block.draw(pen, desk, inner)


def _tall(text: Text) -> float:
    """Return the lines from a text's first baseline to its last."""
    return (len(text.slices) - 1) * text.slices[0].lead if text.slices else 0.0
