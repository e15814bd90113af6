"""The pen: writes a page's content and keeps account of what every mark means.

`with pen.mark(element)` opens a marked-content sequence for a structure element, `with pen.artifact()` one for ink
without meaning; sequences never nest (an inner one closes the outer and reopens it afterwards, so that the kids of
the element come out in reading order). What is opened is closed by the language, not by care. Must never know
layout: it is told where.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from report.proof import Element, Mark, Rect
from report.typeset.ink import number

ARTIFACT = "artifact"


class Pen:
    """Writes one page; where it is not `tagged`, for paper alone, no mark is written and none recorded."""

    def __init__(self, page: int, *, tagged: bool = True) -> None:
        self.page, self.tagged = page, tagged
        self.out: list[bytes] = []
        self.owners: list[Element] = []
        self.fonts: dict[str, None] = {}
        self.pictures: dict[str, None] = {}
        self.forms: dict[str, None] = {}
        self._open: Element | str | None = None
        self._turned: float | None = None  # the page's height, where lines run upward

    def write(self, *operators: bytes) -> None:
        """Append painting operators; only inside a mark or an artifact."""
        if self._open is None and self.tagged:
            raise AssertionError("ink outside of any mark")
        self.out.extend(operators)

    def name(self, used: dict[str, None], name: str) -> bytes:
        """Note that the page uses `name` and return it as an operand."""
        used[name] = None
        return b"/" + name.encode("ascii")

    @contextmanager
    def turned(self, height: float) -> Iterator[None]:
        """Write with lines that run upward: across is measured from the foot, down from the left edge of the page."""
        self.out.append(b"q 0 1 -1 0 %s 0 cm\n" % number(height).encode("ascii"))
        self._turned = height
        yield
        self._turned = None
        self.out.append(b"Q\n")

    def placed(self, rect: Rect) -> Rect:
        """Return where on the page a rectangle stands that was measured as the pen writes now."""
        if self._turned is None:
            return rect
        left, bottom, right, top = rect
        return self._turned - top, left, self._turned - bottom, right

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """Mark what is written inside as content of `element`; inside an artifact everything stays artifact."""
        if self._open == ARTIFACT or not self.tagged:
            yield
            return
        outer = self._open
        self._begin(element)
        try:
            yield
        finally:
            self._end()
            if isinstance(outer, Element):
                self._begin(outer)

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """Mark what is written inside as ink without meaning: Layout, Background, Pagination."""
        outer = self._open
        if outer == ARTIFACT or not self.tagged:
            yield
            return
        self._end()
        self.out.append(b"/Artifact <</Type/%s>> BDC\n" % kind.encode("ascii"))
        self._open = ARTIFACT
        try:
            yield
        finally:
            self.out.append(b"EMC\n")
            self._open = None
            if isinstance(outer, Element):
                self._begin(outer)

    def _begin(self, element: Element) -> None:
        self._end()
        number = len(self.owners)
        self.owners.append(element)
        element.kids.append(Mark(self.page, number))
        self.out.append(b"/%s <</MCID %d>> BDC\n" % (_TAGS.get(element.role, b"Span"), number))
        self._open = element

    def _end(self) -> None:
        if isinstance(self._open, Element):
            if self.out and self.out[-1].endswith(b">> BDC\n"):  # nothing was written: the mark never was
                self.out.pop()
                self.owners.pop()
                self._open.kids.remove(Mark(self.page, len(self.owners)))
            else:
                self.out.append(b"EMC\n")
        self._open = None


# The names beside the marks are for people who read the stream; the structure tree alone gives the role.
# fmt: off
_TAGS = {
    "paragraph": b"P", "heading-1": b"H1", "heading-2": b"H2", "heading-3": b"H3", "heading-4": b"H4",
    "caption": b"Caption", "figure": b"Figure", "link": b"Link", "label": b"Lbl", "body": b"LBody",
    "cell": b"TD", "head-cell": b"TH",
}
# fmt: on
