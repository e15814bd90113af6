"""A layout as data: page, grid, named styles and masters. `layoutfile` reads it from `layouts/<name>/layout.yaml`.

The layout owns sizes, leadings and positions; faces, tracking and colours are the house's. All measures are points
from the top left corner of the trimmed page; a *line* is a baseline, counted in the grid's leading. Knows: lengths
and names. Must never know articles, fonts, or how a page is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report.records import field, record


@record(frozen=True)
class Grid:
    """The page's net: leading, left margin, column width and gutter in points, number of columns."""

    leading: float
    left: float
    columns: int
    column: float
    gutter: float

    def x(self, column: float) -> float:
        """Return the left edge of `column` (from 1)."""
        return self.left + (column - 1) * (self.column + self.gutter)

    def measure(self, columns: float) -> float:
        """Return the width of so many columns with the gutters between them."""
        return columns * (self.column + self.gutter) - self.gutter


@record(frozen=True)
class Style:
    """How a text block is set. Sizes in points, distances in lines of the grid, from baseline to baseline."""

    name: str
    voice: str
    size: float
    leading: float
    swatch: str = "text"
    on: Mapping[str, str] = field(default_factory=dict)
    align: str = "left"  # left (ragged), right, justify
    hyphenate: str = "no"  # yes, joints, no, never
    indent: float = 0.0  # of the first line, except after a heading or a quotation
    inset: float = 0.0  # of all lines
    before: float = 0.0  # 0: the block's own leading
    after: float = 0.0
    snap: str = ""  # first, last: which baseline stands on a whole line
    hang: bool = False
    ink_edge: bool = False
    optical: float = 0.0  # em
    close_points: float = 0.0  # em
    tracking: float | None = None  # em; None: the voice's
    wanted_breaks: bool = False
    keep_next: int = 0
    keep_lines: bool = False  # never divided over regions
    drop_cap: int = 0
    strong_swatch: str = ""
    rag: float = 42.5  # points: depth of the rag that is thought good
    line: int = 0  # of the layout's file


@record(frozen=True)
class Box:
    """A rectangle from the page's top left; a side in `bleeds` reaches over the trim."""

    left: float
    top: float
    right: float
    bottom: float
    bleeds: frozenset[str] = frozenset()

    def holds(self, other: Box) -> bool:
        """Tell whether `other` lies wholly inside (half a point of tolerance)."""
        return (
            self.left <= other.left + 0.5
            and self.top <= other.top + 0.5
            and self.right >= other.right - 0.5
            and self.bottom >= other.bottom - 0.5
        )


@record(frozen=True)
class Region:
    """A named place of a master: a column of text by lines, or a box for colour and pictures."""

    name: str
    left: float
    width: float
    line: float  # first baseline; growing upward: the highest one allowed
    to: float  # last baseline allowed
    grow_up: bool = False
    until: str = ""
    after: str = ""
    gap: float = 0.0
    then: str = ""
    balance: bool = False
    ground: str = ""
    box: Box | None = None
    turn: int = 0  # 90: its lines run upward, measured from the foot (left, width) and from the left edge (line)
    beside: str = ""  # what stands here is a marginal note: level with what follows it in that region


@record(frozen=True)
class Master:
    """A page pattern: its trimmed size, its ground and its regions."""

    name: str
    width: float
    height: float
    ground: str
    regions: Mapping[str, Region]
    line: int = 0  # of the layout's file
    panel: str = ""  # its place on an open sheet; several masters may stand there in turn


@record(frozen=True)
class Placed:
    """Where the page of a panel stands on an open sheet: its top left corner, and how far it is turned (0 or 180)."""

    panel: str
    left: float
    top: float
    turn: int = 0


@record(frozen=True)
class OpenSheet:
    """One side of a sheet that folds: its trimmed size, its panels (a later one lies over an earlier), its folds."""

    name: str
    width: float
    height: float
    panels: tuple[Placed, ...]
    folds: tuple[float, ...]  # from the left edge
    line: int = 0  # of the layout's file


@record(frozen=True)
class Layout:
    """One layout: the trimmed page, its grid, styles and masters, and the folder of its template."""

    name: str
    folder: Path
    width: float
    height: float
    bleed: float
    grid: Grid
    styles: Mapping[str, Style]
    masters: Mapping[str, Master]
    sheets: tuple[OpenSheet, ...] = ()  # its pages are the panels of sheets that fold
    stitched: bool = False  # its pages are folded into each other and stapled
    flows: bool = False  # it has no pages: a web page and plain text are made from it
    title: str = ""  # what people call it: Faltblatt
