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
from report.typeset.setting import Setting

TEXT = frozenset("h1 h2 h3 h4 h5 h6 p text li figcaption caption".split())
BOXED = frozenset("img panel ornament qr".split())
FURNITURE = frozenset("folio running-head stamp".split())
OWN = frozenset("rule timeline table checkbox".split())
CONTAINERS = frozenset("document section choice option page div blockquote ul ol figure".split())


def is_leaf(node: Node) -> bool:
    """Tell whether a node is set by itself: it holds words, or it is of a kind with a setting of its own."""
    if node.kind in BOXED or node.kind in OWN or node.kind in FURNITURE:
        return True
    return node.kind in TEXT and not any(child.kind in ("text", "p", "ul", "ol") for child in node.nodes())


def block_for(leaf: Leaf, desk: Desk, region: Region, ground: str, previous: Flowing | None) -> Flowing:
    """Return the measured block of a leaf that flows in a region."""
    if leaf.node.kind in FURNITURE:
        return Furniture(leaf, desk, region, ground)
    if leaf.node.kind == "rule":
        return Rule(leaf, desk, region)
    if leaf.node.kind == "timeline" and leaf.node.get("upright") == "yes":
        from report.typeset.blocks.upright import Upright  # few layouts have columns that narrow

        return Upright(leaf, desk, region, ground)
    if leaf.node.kind == "timeline":
        return Timeline(leaf, desk, region, ground)
    if leaf.node.kind == "table":
        return Table(leaf, desk, region, ground)
    setting = desk.settings.get(leaf.style, ground, leaf.node.line)
    if leaf.node.kind == "checkbox":
        from report.typeset.blocks.checkbox import Checkbox  # few documents ask anything

        return Checkbox(leaf, setting, desk.layout.grid.leading)
    indented = (
        bool(setting.style.indent)
        and leaf.bearer.kind == "p"
        and isinstance(previous, Text)
        and previous.leaf.bearer.kind == "p"
        and previous.leaf.style == leaf.style
    )
    return _text(leaf, desk, setting, region.width, indented)


def _text(leaf: Leaf, desk: Desk, setting: Setting, measure: float, indented: bool) -> Text:
    """Return the block of a text; planning asks for the same text again and again, so it is measured once."""
    key = (id(leaf.node), id(setting), measure, indented)
    known: Text | None = desk.texts.get(key)
    if known is not None:
        return known.of(leaf)
    made = Text(leaf, setting, measure, desk.layout.grid.leading, indented=indented)
    if not _is_numbered(leaf.node):
        desk.texts[key] = made
    return made


def _is_numbered(node: Node) -> bool:
    """Tell whether a page number to come stands in the words: they change while the pages are planned."""
    return any(child.kind == "pageref" or _is_numbered(child) for child in node.nodes())


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
        return _text(block.leaf, desk, setting, region.width, indented)
    if isinstance(block, Table):
        if ground == block.ground and abs(region.width - block.region.width) < 0.01:
            return block
        return Table(block.leaf, desk, region, ground)
    return block
