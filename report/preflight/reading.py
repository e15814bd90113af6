"""A finished file opened as a stranger opens it: its pages' ink, its structure tree, its annotations.

Everything the rules look at stands here as plain data, so that no rule touches the PDF library for marks and tags.
Home of pikepdf. Must never know how the file was made, nor which findings follow.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from report.preflight.ink import Inked, Reader, Stroke
from report.preflight.letters import Face
from report.records import field, record

_DEEPEST = 200  # of the structure tree


@record(frozen=True)
class Spot:
    """A mark that an element owns: page from 1, and its number on that page."""

    page: int
    mcid: int


@record(frozen=True)
class Hold:
    """An annotation that an element owns; `key` is its number in the file."""

    page: int
    key: tuple[int, int]


@record(eq=False)
class Tag:
    """A structure element: its standard type, its facts, its kids in reading order."""

    role: str
    kids: list[Tag | Spot | Hold] = field(default_factory=list)
    page: int = 0
    alt: str | None = None
    actual: str | None = None
    title: str | None = None
    lang: str | None = None
    attrs: dict[str, Any] = field(default_factory=dict)
    namespace: str = ""
    identifier: str = ""

    def tags(self) -> list[Tag]:
        """Return the kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def walk(self) -> Iterator[Tag]:
        """Walk this element and all below it, in reading order."""
        yield self
        for kid in self.tags():
            yield from kid.walk()

    def spots(self) -> Iterator[Spot]:
        """Walk the marks of this element and of all below it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Spot):
                yield kid
            elif isinstance(kid, Tag):
                yield from kid.spots()


@record()
class Paper:
    """The file: the library's own object for what only it can tell, and the plain data read from it."""

    pdf: Any
    pages: list[Inked]
    faces: list[Face]
    roots: list[Tag]

    def tags(self) -> Iterator[Tag]:
        """Walk every element of the file, in reading order."""
        for root in self.roots:
            yield from root.walk()

    def words(self, tag: Tag) -> str:
        """Return the words of an element and of all below it, in reading order."""
        return "".join(stroke.words for spot in tag.spots() for stroke in self.strokes(spot))

    def strokes(self, spot: Spot) -> list[Stroke]:
        """Return the ink under a mark; none where the page or the mark is not there."""
        return self.pages[spot.page - 1].under.get(spot.mcid, []) if 0 < spot.page <= len(self.pages) else []

    def page_of(self, tag: Tag) -> int:
        """Return the page where an element begins, 0 where it has no ink."""
        return tag.page or next((spot.page for spot in tag.spots()), 0)


@contextmanager
def opened(source: bytes | Path) -> Iterator[Paper]:
    """Open a finished file and read it; the library's own faults pass through."""
    import pikepdf

    with pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source) as pdf:
        reader = Reader()
        pages = [reader.read(page, number) for number, page in enumerate(pdf.pages, 1)]
        yield Paper(pdf, pages, list(reader.faces.values()), _roots(pdf))


def key_of(thing: Any) -> tuple[int, int]:
    """Return the number of an object in its file."""
    number, generation = thing.objgen
    return int(number), int(generation)


def _roots(pdf: Any) -> list[Tag]:
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return []
    pages = {key_of(page.obj): number for number, page in enumerate(pdf.pages, 1)}
    roles = {str(name): str(meant) for name, meant in root.get("/RoleMap", {}).items()}
    reading = _Tree(pages, roles)
    return [tag for kid in _listed(root.get("/K")) if isinstance(tag := reading.kid(kid, 0, 0), Tag)]


def _listed(kids: Any) -> list[Any]:
    from pikepdf import Array

    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


@record()
class _Tree:
    pages: dict[tuple[int, int], int]
    roles: dict[str, str]
    seen: set[tuple[int, int]] = field(default_factory=set)

    def kid(self, kid: Any, page: int, depth: int) -> Tag | Spot | Hold | None:
        if isinstance(kid, int):
            return Spot(page, kid)
        if depth > _DEEPEST or not hasattr(kid, "keys"):
            return None
        page = self.pages.get(key_of(kid["/Pg"]), page) if "/Pg" in kid else page
        if kid.get("/Type") == "/MCR":
            return Spot(page, int(kid.get("/MCID", -1)))
        if kid.get("/Type") == "/OBJR":
            return Hold(page, key_of(kid["/Obj"])) if "/Obj" in kid else None
        if kid.is_indirect:
            if key_of(kid) in self.seen:
                return None
            self.seen.add(key_of(kid))
        return self._tag(kid, page, depth)

    def _tag(self, kid: Any, page: int, depth: int) -> Tag:
        tag = Tag(
            role=self._role(str(kid.get("/S", "/?"))),
            page=page if "/Pg" in kid else 0,
            alt=_text(kid, "/Alt"),
            actual=_text(kid, "/ActualText"),
            title=_text(kid, "/T"),
            lang=_text(kid, "/Lang"),
            namespace=str(kid["/NS"].get("/NS", "")) if "/NS" in kid else "",
            identifier=_text(kid, "/ID") or "",
        )
        for attributes in _listed(kid.get("/A")):
            if hasattr(attributes, "keys"):
                tag.attrs.update((str(name)[1:], _plain(value)) for name, value in attributes.items() if name != "/O")
        read = (self.kid(inner, page, depth + 1) for inner in _listed(kid.get("/K")))
        tag.kids = [inner for inner in read if inner is not None]
        return tag

    def _role(self, name: str) -> str:
        for _ in range(8):
            if name not in self.roles or self.roles[name] == name:
                break
            name = self.roles[name]
        return name[1:]


def _text(holder: Any, key: str) -> str | None:
    return str(holder[key]) if key in holder else None


def _plain(value: Any) -> Any:
    from pikepdf import Array, Name

    if isinstance(value, Array):
        return tuple(_plain(item) for item in value)
    if isinstance(value, Name):
        return str(value)[1:]
    if isinstance(value, (bool, int)):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)
