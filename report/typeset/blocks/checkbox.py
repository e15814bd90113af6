"""A box to tick: square, as large as its style's size, drawn once; on the screen a field that is heard by its name.

The machine never ticks it. Knows: its place and its name. Must never know what is asked.
"""

from __future__ import annotations

from report.proof import Tick
from report.typeset.block import Leaf, Piece, Slice, Spot
from report.typeset.blocks.rule import WEIGHT
from report.typeset.desk import Desk
from report.typeset.ink import number
from report.typeset.pen import Pen
from report.typeset.setting import Setting

_UNDER = 0.24  # of its side stands under the baseline: level with the middle of capitals beside it
_CROSS = 0.22  # of its side is left free round the cross
_STROKE = 0.11  # of its side


class Checkbox(Piece):
    """One box, in a region's stack or in a table's cell."""

    right = False

    def __init__(self, leaf: Leaf, setting: Setting, grid: float) -> None:
        self.setting, style = setting, setting.style
        super().__init__(leaf, [Slice(style.leading / grid)])
        self.before, self.after = style.before, style.after
        self.snap, self.keep_next = style.snap, style.keep_next
        self.measure = setting.size

    def dump(self, spot: Spot) -> list[str]:
        """Return the box as a line of the record."""
        return [f"{spot.region.name:<14} {spot.baselines[0]:>6.2f} {self.setting.style.name:<14} [ ] {self.name}"]

    @property
    def name(self) -> str:
        """What a listener hears."""
        return self.leaf.node.get("name")

    def draw(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Draw the frame as an artifact and lay the field over it."""
        side, left = self.setting.size, spot.region.left
        bottom = desk.y(spot.baselines[0]) - _UNDER * side
        inner = side - 2 * WEIGHT
        frame = (left, bottom, side, side, left + WEIGHT, bottom + WEIGHT, inner, inner)
        with pen.artifact():
            pen.write(
                desk.inks.rule(self.setting.swatch),
                b"%s %s %s %s re %s %s %s %s re f*\n" % tuple(number(value).encode() for value in frame),
            )
        element = desk.elements.get(id(self.leaf.node))
        if element is not None:
            desk.attach(element)
            element.kids.append(Tick(pen.page, (left, bottom, left + side, bottom + side), self.name, self.cross(desk)))

    def cross(self, desk: Desk) -> bytes:
        """Return the ink of the tick, from the box's lower left corner."""
        low, high = self.setting.size * _CROSS, self.setting.size * (1 - _CROSS)
        strokes = ((low, low, high, high), (low, high, high, low))
        lines = " ".join("{} {} m {} {} l".format(*map(number, stroke)) for stroke in strokes)
        pen = f"{number(self.setting.size * _STROKE)} w 1 J {lines} S Q\n"
        return b"q " + desk.inks.stroke(self.setting.swatch) + pen.encode()
