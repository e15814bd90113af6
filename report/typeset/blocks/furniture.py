"""Furniture: page numbers and running heads. Artifacts, set when the page is drawn: then its number is known.

`side` keeps a running head for left (verso) or right (recto) pages; an empty folio prints the page's number.
"""

from __future__ import annotations

from report.content import Node
from report.layout import Region
from report.records import replace
from report.typeset.block import Leaf, Piece, Spot
from report.typeset.blocks.text import Text
from report.typeset.desk import Desk
from report.typeset.pen import Pen


class Furniture(Piece):
    """One line at the head or foot of a page; several may share a place, each for its side."""

    def __init__(self, leaf: Leaf, desk: Desk, region: Region, ground: str) -> None:
        super().__init__(leaf, [])  # takes no room: the line it stands on is its region's own
        self.region = region
        self.setting = desk.settings.get(leaf.style, ground, leaf.node.line)
        self.grid = desk.layout.grid.leading

    def dump(self, spot: Spot) -> list[str]:
        """Furniture is left out of the record of lines."""
        return []

    def draw(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Set the line where its side is wanted."""
        side = self.leaf.node.get("side")
        if side and side != ("recto" if pen.page % 2 == 0 else "verso"):
            return
        node = self.leaf.node
        if node.kind == "folio" and not node.children:
            node = Node("folio", node.attrs, [str(pen.page + 1)], node.line)
        text = Text(replace(self.leaf, node=node), self.setting, self.region.width, self.grid)
        lines = [spot.baselines[0] + i * text.slices[0].lead for i in range(len(text.slices))]
        text.draw(pen, desk, Spot(text, self.region, 0, len(text.slices), lines, spot.ground))
