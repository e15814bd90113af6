"""A rule: 0.6 pt, over the width of its region, on its line. An artifact."""

from __future__ import annotations

from report.layout import Region
from report.typeset.block import Leaf, Piece, Slice, Spot
from report.typeset.desk import Desk
from report.typeset.ink import number
from report.typeset.pen import Pen

WEIGHT = 0.6  # points; the one weight of the house of forms


class Rule(Piece):
    """A rule in its region; `style` names the style whose colour it takes."""

    def __init__(self, leaf: Leaf, desk: Desk, region: Region) -> None:
        super().__init__(leaf, [Slice(1.0)])
        self.region = region

    def dump(self, spot: Spot) -> list[str]:
        """Return the rule as a line of the record."""
        return [f"{spot.region.name:<14} {spot.baselines[0]:>6.2f} rule"]

    def draw(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Draw the rule with its top edge on the line."""
        setting = desk.settings.get(self.leaf.style, spot.ground, self.leaf.node.line)
        y = desk.y(spot.baselines[0]) - WEIGHT / 2
        across = (self.region.left, y, self.region.left + self.region.width, y + WEIGHT)
        desk.stands(pen.placed(across), "rule", self.region.name)
        with pen.artifact():
            box = (self.region.left, y, self.region.width, WEIGHT)
            pen.write(desk.inks.rule(setting.swatch), b"%s %s %s %s re f\n" % tuple(number(v).encode() for v in box))
