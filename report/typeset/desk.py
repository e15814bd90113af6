"""The desk: what a block may reach for while it is set and drawn.

Faces in use, settings, pictures, findings and the elements of the structure, all of one document. Knows: what one
document gathers. Must never know the order of things on a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from report.content import Node
from report.findings import Finding, Place, Severity
from report.house import House
from report.layout import Layout, Master
from report.proof import Element, Form, Link, Picture, Rect
from report.records import field, record
from report.typeset.face import Face
from report.typeset.fontuse import FontUse
from report.typeset.ink import Inks
from report.typeset.setting import Settings


@record(frozen=True)
class Standing:
    """What stands on the page that is drawn: where, what it is (logo, words, picture, rule, code), region, field."""

    rect: Rect
    kind: str
    words: str
    region: str
    of: str


@record()
class Desk:
    """All that one document has gathered so far."""

    house: House
    layout: Layout
    settings: Settings
    folder: Path  # of the article: pictures are named from here
    language: str
    inks: Inks = field(default_factory=Inks)
    bleed: float = 0.0  # over the trim, points
    safe: float = 0.0  # from the trim: words nearer are told
    width: float = 0.0  # of the page that is laid or drawn, trimmed
    height: float = 0.0
    findings: list[Finding] = field(default_factory=list)
    elements: dict[int, Element] = field(default_factory=dict)
    parents: dict[int, Element] = field(default_factory=dict)  # inline elements not attached yet -> their parent
    tops: dict[int, float] = field(default_factory=dict)  # where an element's first words begin, by id()
    labels: dict[int, tuple[Element, str]] = field(default_factory=dict)  # list items' signs, by id() of the node
    fonts: dict[int, tuple[str, FontUse]] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    links: list[tuple[Element, Link]] = field(default_factory=list)
    spoken: dict[str, list[tuple[int, Rect]]] = field(default_factory=dict)
    where: dict[str, int] = field(default_factory=dict)  # article field -> index of the page where it first stands
    keys: dict[tuple[object, ...], str] = field(default_factory=dict)
    guarded: bool = False  # the house's logo wants room: what stands on the page that is drawn is kept
    standing: list[Standing] = field(default_factory=list)
    texts: dict[tuple[int, int, float, bool], Any] = field(default_factory=dict)  # text blocks measured before

    def use(self, face: Face) -> tuple[str, FontUse]:
        """Return the name and the document's use of `face`, begun at its first use."""
        known = self.fonts.get(id(face))
        if known is None:
            known = self.fonts[id(face)] = (f"F{len(self.fonts)}", FontUse(face))
        return known

    def turn_to(self, master: Master) -> None:
        """Turn to a page of this master: heights are measured from its foot."""
        self.width, self.height = master.width, master.height

    def y(self, line: float) -> float:
        """Return the height of grid line `line` above the page's foot, in points."""
        return self.height - line * self.layout.grid.leading

    def key(self, kind: str, *identity: object) -> str:
        """Return the name of a picture (P) or form (X), the same for the same identity."""
        known = self.keys.get((kind, *identity))
        if known is None:
            number = sum(1 for other in self.keys if other[0] == kind)
            known = self.keys[kind, *identity] = f"{kind}{number}"
        return known

    def find(
        self,
        rule: str,
        message: str,
        node: Node,
        *,
        of: str = "",
        page: int = 0,
        severity: Severity = "error",
        remedy: str = "",
        **values: object,
    ) -> None:
        """Write down a finding about `node`."""
        self.findings.append(
            Finding(rule, message, values, Place("", 0, of, page, node.get("in") or node.kind), severity, remedy)
        )

    def attach(self, element: Element) -> None:
        """Attach an inline element, and those round it, to its parent at its first ink (so that order is right)."""
        parent = self.parents.pop(id(element), None)
        if parent is not None:
            self.attach(parent)
            parent.kids.append(element)

    def stands(self, rect: Rect, kind: str, region: str, of: str = "", words: str = "") -> None:
        """Keep what stands in `rect` of the page that is drawn, where the logo wants room."""
        if self.guarded:
            self.standing.append(Standing(rect, kind, words, region, of))

    def note(self, of: str, page: int, rect: Rect) -> None:
        """Record that the words of the article field `of` stand in `rect` of `page`."""
        if of:
            self.spoken.setdefault(of, []).append((page, rect))


def union(rects: Iterable[Rect]) -> Rect:
    """Return the smallest rectangle round all `rects`."""
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
