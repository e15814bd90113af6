"""A table: rows of cells on the grid, its head repeated where it goes on in another region.

Column widths follow the words, unless the layout gives them: none is narrower than its widest word, the rest is
shared by how much each column has to say. Read as a table once: a repeated head is an artifact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from report.content import Node
from report.errors import LayoutFault
from report.findings import N_, Finding
from report.house import Swatch
from report.layout import Region
from report.typeset.block import Leaf, Slice, Spot
from report.typeset.blocks.box import rectangle
from report.typeset.blocks.rule import WEIGHT
from report.typeset.blocks.text import Text
from report.typeset.desk import Desk
from report.typeset.paragraph import Lines, runs, set_lines
from report.typeset.pen import Pen
from report.typeset.setting import Setting

if TYPE_CHECKING:
    from report.typeset.blocks.checkbox import Checkbox

_GAP = 8.0  # points between columns
_ROW_GAP = 0.5  # lines of the grid between rows, where the rule stands
_WHOLE = 6  # rows: a table of so many is kept whole
_ENDLESS = 100_000.0
_WIDE = N_("The table is wider than its column: its widest words need more room.")
_COLUMNS = N_("The table has {count} columns, but columns=“{value}” gives the widths of {given}.")
_LESS = N_("Shorten the words, mark places of division with |, or take fewer columns.")


_FIGURES = frozenset("0123456789.,–-+%€ \u00a0\u202f")


class Cell(Text):
    """One cell's words; its element is its own. Figures stand at the right edge of their column."""

    right = False


class Table:
    """The rows of one table, measured for one region."""

    def __init__(self, leaf: Leaf, desk: Desk, region: Region, ground: str) -> None:
        self.leaf, self.region, self.ground = leaf, region, ground
        self.grid = desk.layout.grid.leading
        style = leaf.style
        self.plain = desk.settings.get(style, ground, leaf.node.line)
        heads = [row for part in leaf.node.nodes() if part.kind == "thead" for row in part.nodes()]
        bodies = [row for part in leaf.node.nodes() if part.kind == "tbody" for row in part.nodes()]
        self.heads = len(heads)
        self.rows = [list(row.nodes()) for row in (*heads, *bodies)]
        self.faults: list[str] = []
        self.figures = _figures(self.rows[self.heads :])
        self.gap = desk.layout.grid.gutter if leaf.node.get("columns") else _GAP
        self.widths = self.given_columns(desk) or self.measure_columns(desk, ground, region.width)
        self.cells = [self.row(row, desk, ground) for row in self.rows]
        lead = self.plain.leading / self.grid
        spans = [max((len(cell.slices) - 1 for _, cell in row), default=0) * lead for row in self.cells]
        self.slices = [Slice(lead + (_ROW_GAP if i else 0), span) for i, span in enumerate(spans)]
        self.before, self.after = self.plain.style.before, (self.plain.style.after or lead) + _ROW_GAP
        self.snap, self.keep_next = "", 0

    def _setting(self, node: Node, desk: Desk, ground: str, column: int) -> Setting:
        """Return a cell's setting; figures that stand under each other are all of one width."""
        head = "table-head" if node.kind == "th" and "table-head" in desk.layout.styles else ""
        setting = desk.settings.get(node.get("style") or head or self.leaf.style, ground, node.line)
        if column in self.figures and node.kind == "td":
            return desk.settings.tabular(setting)
        return setting

    def given_columns(self, desk: Desk) -> list[float]:
        """Return the widths that the layout gives, in columns of the grid; none where it leaves them to the words."""
        value = self.leaf.node.get("columns")
        given = [desk.layout.grid.measure(float(part)) for part in value.split()]
        if given and len(given) != self.count():
            values: dict[str, object] = {"count": self.count(), "value": value, "given": len(given)}
            raise LayoutFault(Finding("layout.columns", _COLUMNS, values, desk.settings.place(self.leaf.node.line)))
        return given

    def count(self) -> int:
        """Return the number of columns."""
        return max((sum(int(cell.get("colspan") or 1) for cell in row) for row in self.rows), default=1)

    def measure_columns(self, desk: Desk, ground: str, available: float) -> list[float]:
        """Return the width of each column in points."""
        count = self.count()
        wanted = self._widest(count, desk, ground, _ENDLESS)
        room = available - self.gap * (count - 1)
        if sum(wanted) <= room:
            wordy = [column for column in range(count) if column not in self.figures] or [count - 1]
            return [want + (room - sum(wanted)) * (column == wordy[-1]) for column, want in enumerate(wanted)]
        least = self._widest(count, desk, ground, 1.0)
        if sum(least) > room + 0.1:
            self.faults.append("table")
            return [room * width / (sum(least) or 1.0) for width in least]
        spare = room - sum(least)
        more = [want - low for want, low in zip(wanted, least, strict=True)]
        return [low + spare * extra / (sum(more) or 1.0) for low, extra in zip(least, more, strict=True)]

    def _widest(self, count: int, desk: Desk, ground: str, measure: float) -> list[float]:
        """Return the widest line of each column where all its cells are set to `measure`."""
        found = [0.0] * count
        for row in self.rows:
            at = 0
            for node in row:
                span = int(node.get("colspan") or 1)
                box = next((child for child in node.nodes() if child.kind == "checkbox"), None)
                if box is not None:
                    style = box.get("style") or node.get("style") or self.leaf.style
                    found[at] = max(found[at], desk.settings.get(style, ground, box.line).size)
                elif span == 1:
                    lines = set_lines(runs(node)[0], self._setting(node, desk, ground, at), measure)
                    found[at] = max(found[at], _widest(lines))
                at += span
        return found

    def row(self, row: list[Node], desk: Desk, ground: str) -> list[tuple[float, Cell | Checkbox]]:
        """Return the cells of a row, each with its left edge inside the region."""
        found: list[tuple[float, Cell | Checkbox]] = []
        at = 0
        for node in row:
            span = int(node.get("colspan") or 1)
            width = sum(self.widths[at : at + span]) + self.gap * (span - 1)
            box = next((child for child in node.nodes() if child.kind == "checkbox"), None)
            inner = box or node
            style = inner.get("style") or node.get("style") or self.leaf.style
            of = node.get("of") or self.leaf.of
            leaf = Leaf(inner, self.leaf.region, style, inner, of, node.get("lang"), False)
            left = sum(self.widths[:at]) + self.gap * at
            if box is not None:
                from report.typeset.blocks.checkbox import Checkbox  # few tables ask anything

                found.append((left, Checkbox(leaf, desk.settings.get(style, ground, box.line), self.grid)))
            else:
                cell = Cell(leaf, self._setting(node, desk, ground, at), width, self.grid)
                cell.right = at in self.figures and span == 1
                cell.quiet = "table" in self.faults  # told once, of the table
                found.append((left, cell))
            at += span
        return found

    def breakable(self, at: int) -> bool:
        """Allow a break between rows of a table that is not small, with two rows on each side."""
        rows = len(self.slices) - self.heads
        return rows > _WHOLE and at > self.heads + 1 and at < len(self.slices) - 1

    def head(self) -> int:
        """Return the number of head rows."""
        return self.heads

    def spots(self, spot: Spot) -> list[Spot]:
        """Return where every cell of `spot` stands."""
        found = []
        for index, first in zip(range(spot.start, spot.stop), spot.baselines, strict=True):
            found += self._row_spots(index, first, spot)
        return found

    def _row_spots(self, index: int, first: float, spot: Spot) -> list[Spot]:
        found = []
        for left, cell in self.cells[index]:
            free = 0.0
            if isinstance(cell, Cell) and cell.right and len(cell.set.lines) == 1:
                free = cell.measure - cell.set.lines[0].width
            region = Region(spot.region.name, spot.region.left + left + free, 0.0, 0.0, 0.0)
            lines = [first + i * cell.slices[0].lead for i in range(len(cell.slices))]
            found.append(Spot(cell, region, 0, len(cell.slices), lines, spot.ground))
        return found

    def dump(self, spot: Spot) -> list[str]:
        """Return the cells' lines for the record."""
        return [line for inner in self.spots(spot) for line in inner.block.dump(inner)]

    def rules(self, desk: Desk, spot: Spot) -> list[tuple[Swatch, float, float]]:
        """Return the rules under the rows: colour, weight in points, line. Strong under the head and at the end."""
        under = (self.plain.leading / self.grid + _ROW_GAP) * 0.45
        quiet = desk.settings.swatch("sky", self.leaf.node.line) if spot.ground == "white" else self.plain.swatch
        found = [
            (self.plain.swatch, WEIGHT, at + self.slices[self.heads - 1].span + under)
            for at in spot.repeats[-1:]
            if self.heads
        ]
        for index, first in zip(range(spot.start, spot.stop), spot.baselines, strict=True):
            strong = index in (self.heads - 1, len(self.slices) - 1)
            found.append((self.plain.swatch if strong else quiet, WEIGHT, first + self.slices[index].span + under))
        return found

    def draw(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Draw rules as artifacts, the repeated head as an artifact, then the cells."""
        if "table" in self.faults:
            desk.find("table.too-wide", _WIDE, self.leaf.node, of=self.leaf.of, page=pen.page + 1, remedy=_LESS)
        with pen.artifact():
            for swatch, weight, end in self.rules(desk, spot):
                box = (spot.region.left, desk.y(end), spot.region.width, weight)
                pen.write(desk.inks.rule(swatch), rectangle(box, b"f"))
            for index, first in enumerate(spot.repeats):
                for inner in self._row_spots(index, first, spot):
                    inner.block.draw(pen, desk, inner)
        for inner in self.spots(spot):
            inner.block.draw(pen, desk, inner)


def _figures(rows: list[list[Node]]) -> frozenset[int]:
    """Return the columns that hold figures only."""
    columns = range(max((len(row) for row in rows), default=0))
    return frozenset(
        column
        for column in columns
        if all(
            len(row) > column and _FIGURES.issuperset(words := row[column].text()) and any(map(str.isdigit, words))
            for row in rows
        )
    )


def _widest(lines: Lines) -> float:
    return max((line.width for line in lines.lines), default=0.0)
