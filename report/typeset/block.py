"""Blocks: what stands in a region, measured but not yet placed.

A flowing block is a row of *slices* that are never divided: the lines of a text, the rows of a table. A boxed block
(picture, panel, QR code) fills the box of its region. Knows: slices, distances. Must never know where it will stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from report.content import Node
from report.layout import Box, Region
from report.proof import Element
from report.records import field, record
from report.typeset.desk import Desk
from report.typeset.pen import Pen


@record(frozen=True)
class Slice:
    """One undividable strip, in lines of the grid: from the baseline before to its first, and from that to its last."""

    lead: float
    span: float = 0.0


@record(eq=False)
class Leaf:
    """A node set by itself: its region and style, own or inherited, and the node whose element it belongs to."""

    node: Node
    region: str
    style: str
    bearer: Node
    of: str
    lang: str
    artifact: bool
    parents: tuple[Node, ...] = ()
    shift: Node | None = None
    notes: tuple[Leaf, ...] = ()  # marginal notes, set level with its first line


class Flowing(Protocol):
    """A block that stands in a region's stack of lines."""

    leaf: Leaf
    before: float
    after: float
    snap: str
    keep_next: int
    faults: list[str]

    @property
    def slices(self) -> Sequence[Slice]:
        """The strips, top to bottom."""
        ...

    def breakable(self, at: int) -> bool:
        """Tell whether the block may be divided before slice `at`."""
        ...

    def head(self) -> int:
        """Return how many slices at the start are repeated where the block goes on (a table's head)."""
        ...

    def draw(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Write the slices of `spot`."""
        ...

    def dump(self, spot: Spot) -> list[str]:
        """Return the set lines of `spot` as text."""
        ...


class Piece:
    """What all flowing blocks of one piece share: they are never divided, and nothing of them is repeated."""

    def __init__(self, leaf: Leaf, slices: list[Slice]) -> None:
        self.leaf, self.slices = leaf, slices
        self.before = self.after = 0.0
        self.snap = ""
        self.keep_next = 0
        self.faults: list[str] = []

    def breakable(self, at: int) -> bool:
        """Say no: it is one piece."""
        return False

    def head(self) -> int:
        """Say none: nothing of it is repeated."""
        return 0


class Boxed(Protocol):
    """A block that fills its region's box."""

    leaf: Leaf
    faults: list[str]

    def draw(self, pen: Pen, desk: Desk, spot: BoxSpot) -> None:
        """Write the block into the box of `spot`."""
        ...


@record()
class Spot:
    """Where slices `start` to `stop` of a block stand: first baselines in grid lines, one a slice."""

    block: Flowing
    region: Region
    start: int
    stop: int
    baselines: list[float]
    ground: str
    repeats: list[float] = field(default_factory=list)  # baselines of a repeated head


@record()
class BoxSpot:
    """A boxed block in its box."""

    block: Boxed
    region: Region
    box: Box
    ground: str


def last_baseline(spot: Spot) -> float:
    """Return the last baseline of what `spot` holds, in grid lines."""
    return spot.baselines[-1] + spot.block.slices[spot.stop - 1].span


Elements = dict[int, Element]  # by id() of the content node
