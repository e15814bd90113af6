"""Text blocks: headings, paragraphs, list items, captions, furniture. One kind of setting serves them all.

Knows: lines and how they are written. Must never know which region they stand in until they are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from report.content import Node
from report.findings import N_
from report.proof import Element, Link, Rect
from report.records import replace
from report.typeset.block import Leaf, Slice, Spot
from report.typeset.blocks.dropcap import DropCap, dropped
from report.typeset.desk import Desk
from report.typeset.face import Face
from report.typeset.fontuse import FontUse
from report.typeset.ink import number
from report.typeset.paragraph import Line, Lines, Run, Segment, runs, set_lines
from report.typeset.pen import Pen
from report.typeset.setting import Setting
from report.typeset.textops import show

_UNSAID = str.maketrans("", "", "\u00ad\u200b")


class Text:
    """A block of words in one setting. `label` (a list's sign) hangs in the inset of the first line."""

    def __init__(self, leaf: Leaf, setting: Setting, measure: float, grid: float, *, indented: bool = False) -> None:
        style = setting.style
        self.leaf = leaf
        self.setting = setting
        self.grid = grid
        self.runs, self.scopes = runs(leaf.node)
        self.indent = style.indent if indented else 0.0
        self.inset = style.inset or (style.indent if leaf.node.kind == "li" else 0.0)
        self.drop: DropCap | None = None
        if style.drop_cap and not indented and (found := dropped(self.runs, setting, len(self.scopes) + 1)):
            self.drop, self.runs = found
            self.scopes.append(self.drop.node)
        narrow = (self.drop.lines, self.drop.room) if self.drop else (0, 0.0)
        self.set: Lines = set_lines(self.runs, setting, measure - self.inset, self.indent, narrow)
        self.measure = measure
        lead = style.leading / grid
        self.slices = [Slice(lead)] * len(self.set.lines)
        self.before, self.after = style.before, style.after
        self.snap, self.keep_next = style.snap, style.keep_next
        self.faults: list[str] = []
        self.quiet = False
        limit = leaf.node.get("max-lines")
        if limit and len(self.set.lines) > int(limit):
            self.faults.append("max-lines")
        if self.set.overfull:
            self.faults.append("overfull")

    def of(self, leaf: Leaf) -> Text:
        """Return the same block for another leaf of the same node."""
        if leaf is self.leaf:
            return self
        same = object.__new__(Text)
        same.__dict__.update(self.__dict__, leaf=leaf)
        return same

    def breakable(self, at: int) -> bool:
        """Widows and orphans: two lines stay on each side of a break, and a drop capital's lines stay together."""
        least = max(2, self.drop.lines if self.drop else 0)
        return not self.setting.style.keep_lines and least <= at <= len(self.slices) - 2

    def head(self) -> int:
        """No part of a text is repeated."""
        return 0

    def dump(self, spot: Spot) -> list[str]:
        """Return `region line style “words”` for each line of `spot`."""
        name = f"{spot.region.name:<14} {{:>6.2f}} {self.setting.style.name:<14}"
        return [
            f"{name.format(at)} {line.text}"
            for at, line in zip(spot.baselines, self.set.lines[spot.start : spot.stop], strict=True)
        ]

    def draw(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Write the lines of `spot` under the element that bears them, or as an artifact."""
        self.report(pen, desk)
        self.judge(pen, desk, spot)
        lines = self.set.lines[spot.start : spot.stop]
        left = spot.region.left + self.inset
        places = [
            (left + self.indented(spot.start + i) + self.shifted(line), desk.y(at), line)
            for i, (at, line) in enumerate(zip(spot.baselines, lines, strict=True))
        ]
        if not places:
            return
        if desk.safe:
            from report.typeset import presswork

            presswork.look(desk, pen, self.leaf, self.setting, spot.ground, places)
        for x, y, line in places if desk.guarded else ():
            rect = pen.placed((x, y - 0.2 * self.setting.size, x + line.width, y + 0.7 * self.setting.size))
            desk.stands(rect, "words", self.leaf.region, self.leaf.of, line.text[:60].translate(_UNSAID))
        element = desk.elements.get(id(self.leaf.bearer))
        if self.leaf.artifact or element is None:
            with pen.artifact("Pagination" if self.leaf.node.kind in ("folio", "running-head", "stamp") else "Layout"):
                self.write(pen, desk, places, None)
        else:
            self.sign(pen, desk, spot)
            desk.attach(element)
            with pen.mark(element):
                self.write(pen, desk, places, element)
            self.measured(pen, desk, places, element)

    def shifted(self, line: Line) -> float:
        """Return how far a line stands from the left edge: at the right one, or hanging out of it."""
        if self.setting.style.align == "right":
            return self.measure - self.inset - line.width
        return -line.shift

    def indented(self, line: int) -> float:
        """Return how far in line number `line` begins: a paragraph's indent, or the room of a drop capital."""
        if self.drop and line < self.drop.lines:
            return self.drop.room
        return self.indent if line == 0 else 0.0

    def sign(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Write a list item's sign at the left edge of its first line, under its label."""
        label = desk.labels.get(id(self.leaf.node))
        if label is None or spot.start:
            return
        element, words = label
        text = set_lines([Run(words)], self.setting, self.inset or 100.0)
        with pen.mark(element):
            writer = _Writer(pen, desk, self.setting)
            for segment in text.lines[0].segments:
                writer.put(segment, False, spot.region.left, desk.y(spot.baselines[0]))
            writer.finish()

    def measured(self, pen: Pen, desk: Desk, places: list[tuple[float, float, Line]], element: Element) -> None:
        """Record where the words of the field stand."""
        left = min(x for x, _, _ in places)
        right = max(x + line.width for x, _, line in places)
        under, over = places[-1][1] - 0.25 * self.setting.size, places[0][1] + 0.75 * self.setting.size
        rect = pen.placed((left, under, right, over))
        top = rect[3]
        desk.tops[id(element)] = max(top, desk.tops.get(id(element), 0.0))
        for of in (self.leaf.of, *_fields(self.leaf.node)):
            desk.note(of, pen.page, rect)

    def write(self, pen: Pen, desk: Desk, places: list[tuple[float, float, Line]], element: Element | None) -> None:
        """Write the lines; words of an inline element go under its own mark."""
        rects: dict[int, list[Rect]] = {}
        writer = _Writer(pen, desk, self.setting)
        for x, y, line in places:
            at, last = x, line.segments[-1]
            for segment in line.segments:
                run: Run = self.runs[segment.run]
                strong = run.variant == 1
                width = writer.width(segment) if segment is not last or run.scope else 0.0
                if run.scope and element is not None:
                    scope = self.scopes[run.scope - 1]
                    writer.finish()
                    self.inline(writer, segment, strong, (at, y), scope, element)
                    if scope.kind == "a":
                        box = (at, y - 0.22 * self.setting.size, at + width, y + 0.75 * self.setting.size)
                        rects.setdefault(run.scope, []).append(pen.placed(box))
                else:
                    writer.put(segment, strong, at, y)
                at += width
        writer.finish()
        for which, boxes in rects.items() if pen.tagged else ():
            self.link(pen, desk, self.scopes[which - 1], boxes)

    def inline(
        self, writer: _Writer, segment: Segment, strong: bool, at: tuple[float, float], scope: Node, parent: Element
    ) -> None:
        """Write a segment of a link, of foreign words, or of ink without meaning."""
        pen, desk = writer.pen, writer.desk
        if scope.kind == "artifact":
            with pen.artifact():
                writer.put(segment, strong, *at)
                writer.finish()
            return
        fresh = self.drop is not None and scope is self.drop.node and id(scope) not in desk.elements
        if fresh:
            desk.elements[id(scope)] = Element("span", actual=scope.get("actual"))
            desk.parents[id(desk.elements[id(scope)])] = parent
        inner = desk.elements[id(scope)]
        desk.attach(inner)
        with pen.mark(inner):
            if fresh:
                self.capital(pen, desk, *at)
            writer.put(segment, strong, *at)
            writer.finish()

    def capital(self, pen: Pen, desk: Desk, x: float, y: float) -> None:
        """Write the drop capital left of its lines, standing on the last of their baselines."""
        drop = self.drop
        assert drop is not None
        setting = replace(self.setting, size=drop.size, tracking=0.0)
        big = _Writer(pen, desk, setting)
        under = y - (drop.lines - 1) * self.setting.leading
        big.put(Segment(0, 0, drop.face, [drop.letter]), False, x - drop.room - drop.letter.left * drop.size, under)
        big.finish()

    def link(self, pen: Pen, desk: Desk, scope: Node, boxes: list[Rect]) -> None:
        """Give a link its annotation on this page."""
        element = desk.elements[id(scope)]
        target = scope.get("href")
        if target.startswith("#"):
            target = f"#{desk.where.get(target[1:], pen.page)}"
        link = Link(pen.page, boxes, target, scope.get("title") or scope.text().translate(_UNSAID))
        element.kids.append(link)

    def report(self, pen: Pen, desk: Desk) -> None:
        """Write down what was noticed while the lines were made."""
        node, of = self.leaf.node, self.leaf.of
        if self.set.missing:
            named = [f"{character} (U+{ord(character):04X})" for character in self.set.missing]
            words = ", ".join(named[:_TOLD]) + (" …" if len(named) > _TOLD else "")
            message = _NO_GLYPH if len(named) == 1 else _NO_GLYPHS
            desk.find(
                "text.missing-glyph", message, node, of=of, page=pen.page + 1, remedy=_OTHER_GLYPH, characters=words
            )
        for index in () if self.quiet else self.set.overfull:
            words = self.set.lines[index].text[:60]
            desk.find("text.overfull", _TOO_WIDE, node, of=of, page=pen.page + 1, remedy=_DIVIDE, words=words)

    def judge(self, pen: Pen, desk: Desk, spot: Spot) -> None:
        """Write down what a typesetter would not let pass: a line alone between two columns, lines with wide gaps.

        A first or a last line is never left alone (`breakable`); one from the middle is, where a column holds no more.
        """
        node, of, page = self.leaf.node, self.leaf.of, pen.page + 1
        alone = spot.stop - spot.start == 1 < len(self.slices)
        if alone:
            values = {"words": self.set.lines[spot.start].text[:60].translate(_UNSAID)}
            desk.find("text.alone", _ALONE, node, of=of, page=page, severity="warning", remedy=_ROOM, **values)
        for index in self.set.loose if self.setting.style.align == "justify" else ():
            if spot.start <= index < spot.stop:
                words = self.set.lines[index].text[:60].translate(_UNSAID)
                desk.find("text.loose", _LOOSE, node, of=of, page=page, severity="warning", remedy=_REWORD, words=words)


def _fields(node: Node) -> Iterator[str]:
    """Walk the fields whose words stand inside a line among others'."""
    for child in node.nodes():
        if child.get("of"):
            yield child.get("of")
        yield from _fields(child)


_TOLD = 12  # characters without glyph that are named
_NO_GLYPH = N_("No typeface of the house has the character {characters}.")
_NO_GLYPHS = N_("No typeface of the house has these characters: {characters}.")
_OTHER_GLYPH = N_("Replace what is missing, or give the house a typeface that has it.")
_TOO_WIDE = N_("The line “{words}” is wider than its column.")
_ALONE = N_("One line of a longer paragraph, “{words}”, stands alone in its column.")
_ROOM = N_("Shorten or lengthen the paragraph by a line, or give the column more room in the layout.")
_LOOSE = N_("The spaces in the line “{words}” are very wide.")
_REWORD = N_("Shorten or lengthen the paragraph by a word, or say where a long word may be divided.")
_DIVIDE = N_(
    "Shorten the long word, or say where it may be divided: in a heading with | in the word itself, in running text "
    "by the word's entry under hyphenation, with | at each place."
)


class _Writer:
    """Writes segments into text objects, telling the pen only what changes: face, size, colour, tracking."""

    def __init__(self, pen: Pen, desk: Desk, setting: Setting) -> None:
        self.pen, self.desk, self.setting = pen, desk, setting
        self.parts: list[bytes] = []
        self.x = self.y = 0.0
        self.face: Face | None = None
        self.use: FontUse | None = None
        self.colour = b""

    def width(self, segment: Segment) -> float:
        """Return the width of a segment in points."""
        size, tracking = self.setting.size, self.setting.tracking
        total = 0.0
        for item in segment.items:
            total += item if isinstance(item, float) else (item.width + tracking * len(item.glyphs)) * size
        return total

    def put(self, segment: Segment, strong: bool, x: float, y: float) -> None:
        """Append a segment at (x, y)."""
        setting, parts = self.setting, self.parts
        if not parts:
            self.face, self.colour = None, b""
            self.x = self.y = 0.0
            parts += (b"BT\n", _tracking(setting.tracking * setting.size))
        colour = self.desk.inks.fill(setting.strong_swatch if strong else setting.swatch, setting.size)
        if colour != self.colour:
            parts.append(colour)
            self.colour = colour
        if segment.face is not self.face or self.use is None:
            self.face = segment.face
            name, self.use = self.desk.use(segment.face)
            self.pen.name(self.pen.fonts, name)
            parts.append(_font(name, setting.size))
        # Position is written rounded; the remainder is not lost, since the next move starts from what was written.
        dx, dy = round(x - self.x, 3), round(y - self.y, 3)
        if dx or dy:
            parts.append(f"{number(dx)} {number(dy)} Td\n".encode())
            self.x, self.y = self.x + dx, self.y + dy
        parts.append(show(segment.items, self.use, setting.size))

    def finish(self) -> None:
        """Close the text object."""
        if self.parts:
            self.parts.append(b"ET\n")
            self.pen.write(*self.parts)
            self.parts = []


@lru_cache(maxsize=64)
def _tracking(points: float) -> bytes:
    return f"{number(points, 4)} Tc\n".encode()


@lru_cache(maxsize=64)
def _font(name: str, size: float) -> bytes:
    return f"/{name} {number(size, 2)} Tf\n".encode("ascii")
