"""A QR code: flat squares in the ink of its style, read as a figure that says where it leads. Home of segno."""

from __future__ import annotations

from functools import lru_cache

from report.typeset.block import BoxSpot, Leaf
from report.typeset.desk import Desk
from report.typeset.ink import number
from report.typeset.pen import Pen


@lru_cache(maxsize=64)
def modules(address: str) -> tuple[tuple[int, int, int], ...]:
    """Return the dark runs of the code as (row, first column, length), and its size as the last entry (size, 0, 0)."""
    import segno

    rows = [bytes(row) for row in segno.make(address, error="m", micro=False, boost_error=False).matrix]
    found = []
    for at, row in enumerate(rows):
        start = None
        for column, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                found.append((at, start, column - start))
                start = None
    return (*found, (len(rows), 0, 0))


class Code:
    """A QR code that fills its box; the quiet zone is the free space round it."""

    def __init__(self, leaf: Leaf, desk: Desk, ground: str) -> None:
        self.leaf = leaf
        self.faults: list[str] = []

    def draw(self, pen: Pen, desk: Desk, spot: BoxSpot) -> None:
        """Draw the dark modules as one path."""
        *runs, (size, _, _) = modules(self.leaf.node.get("href"))
        setting = desk.settings.get(self.leaf.style, spot.ground, self.leaf.node.line)
        side = min(spot.box.right - spot.box.left, spot.box.bottom - spot.box.top)
        unit = side / size
        left, top = spot.box.left, desk.height - spot.box.top
        path = "".join(
            " ".join(map(number, (left + column * unit, top - (row + 1) * unit, length * unit, unit))) + " re\n"
            for row, column, length in runs
        )
        element = desk.elements[id(self.leaf.node)]
        element.box = (pen.page, (left, top - side, left + side, top))
        desk.attach(element)
        with pen.mark(element):
            pen.write(desk.inks.rule(setting.swatch), path.encode(), b"f\n")
        desk.stands(element.box[1], "code", self.leaf.region, self.leaf.of)
        desk.note(self.leaf.of, pen.page, element.box[1])
