"""The rack of block kinds: which kinds there are and who sets each. The lists are written by hand."""

from __future__ import annotations

from report.content import Node
from report.layout import Region
from report.typeset.block import Boxed, Flowing, Leaf
from report.typeset.blocks.box import Panel, Picture
from report.typeset.blocks.code import Code
from report.typeset.blocks.furniture import Furniture
from report.typeset.blocks.rule import Rule
from report.typeset.blocks.table import Table
from report.typeset.blocks.text import Text
from report.typeset.blocks.timeline import Timeline
from report.typeset.desk import Desk

TEXT = frozenset("h1 h2 h3 h4 h5 h6 p text li figcaption caption".split())
BOXED = frozenset("img panel ornament qr".split())
FURNITURE = frozenset("folio running-head stamp".split())
OWN = frozenset("rule timeline table".split())
CONTAINERS = frozenset("document section choice option page div blockquote ul ol figure".split())


def is_leaf(node: Node) -> bool:
    """Tell whether a node is set by itself: it holds words, or it is of a kind with a setting of its own."""
    if node.kind in BOXED or node.kind in OWN or node.kind in FURNITURE:
        return True
    return node.kind in TEXT and not any(child.kind in ("text", "p", "ul", "ol") for child in node.nodes())


def block_for(leaf: Leaf, desk: Desk, region: Region, ground: str, previous: Flowing | None) -> Flowing:
    """Return the measured block of a leaf that flows in a region."""
    grid = desk.layout.grid.leading
    if leaf.node.kind in FURNITURE:
        return Furniture(leaf, desk, region, ground)
    if leaf.node.kind == "rule":
        return Rule(leaf, desk, region)
    if leaf.node.kind == "timeline":
        return Timeline(leaf, desk, region, ground)
    if leaf.node.kind == "table":
        return Table(leaf, desk, region, ground)
    setting = desk.settings.get(leaf.style, ground, leaf.node.line)
    indented = (
        bool(setting.style.indent)
        and leaf.bearer.kind == "p"
        and isinstance(previous, Text)
        and previous.leaf.bearer.kind == "p"
        and previous.leaf.style == leaf.style
    )
    return Text(leaf, setting, region.width, grid, indented=indented)


def box_for(leaf: Leaf, desk: Desk, region: Region, ground: str) -> Boxed:
    """Return the block of a leaf that fills its region's box."""
    if leaf.node.kind == "panel":
        return Panel(leaf, desk)
    if leaf.node.kind == "qr":
        return Code(leaf, desk, ground)
    return Picture(leaf, desk, region)


def moved(block: Flowing, desk: Desk, region: Region, ground: str, *, head: bool = False) -> Flowing:
    """Return the block for another region: in the ink of its ground, in its measure, not indented at its head."""
    if isinstance(block, Text):
        setting = desk.settings.get(block.leaf.style, ground, block.leaf.node.line)
        indented = block.indent > 0 and not head
        if setting is block.setting and abs(region.width - block.measure) < 0.01 and indented == (block.indent > 0):
            return block
        return Text(block.leaf, setting, region.width, desk.layout.grid.leading, indented=indented)
    if isinstance(block, Table):
        if ground == block.ground and abs(region.width - block.region.width) < 0.01:
            return block
        return Table(block.leaf, desk, region, ground)
    return block
