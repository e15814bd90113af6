"""The links: one annotation for each link and page, over all its lines, that says where it leads. And boxes to tick.

Knows: rectangles, targets, what a reader hears. Must never know: where a link's words came from, or what is asked.
"""

from __future__ import annotations

from report.finish.file import number, numbers, ref, text
from report.finish.volume import Volume
from report.proof import Element, Link, Proof, Tick


def annotate(volume: Volume) -> None:
    """Write the annotation of every link, as the structure numbered them; without a structure they are found here."""
    tagged = volume.ordered.tagged
    if not tagged and volume.edition.links:
        found = ((kid, one) for one in volume.proof.root.walk() for kid in one.kids if isinstance(kid, Link | Tick))
        volume.links = [(kid, volume.file.reserve(), one) for kid, one in found]
    form = _Form(volume)
    for key, (kid, at, _) in enumerate(volume.links, len(volume.pages)):
        parent = b"/StructParent %d" % key if tagged else b""
        body = form.box(kid) if isinstance(kid, Tick) else _link(volume, kid)
        volume.file.add(b"<</Type/Annot/F 4%s%s>>" % (parent, body), at)
    fields = [ref(at) for kid, at, _ in volume.links if isinstance(kid, Tick)]
    if fields:
        volume.catalogue["AcroForm"] = {"Fields": fields}  # no NeedAppearances: ISO 19005-2 6.4.1


def _link(volume: Volume, link: Link) -> bytes:
    lefts, bottoms, rights, tops = zip(*link.rects, strict=True)
    body = b"/Subtype/Link/Border[0 0 0]/Rect%s/Contents%s" % (
        numbers(min(lefts), min(bottoms), max(rights), max(tops)),
        text(link.contents),
    )
    if len(link.rects) > 1:
        # upper left, upper right, lower left, lower right: the order that readers take, not that of the text
        corners = [v for x0, y0, x1, y1 in link.rects for v in (x0, y1, x1, y1, x0, y0, x1, y0)]
        body += b"/QuadPoints" + numbers(*corners)
    return body + _action(volume, link)


class _Form:
    """Writes boxes to tick; those that look alike share their two appearances. None is ever ticked here."""

    def __init__(self, volume: Volume) -> None:
        self.volume = volume
        self.looks: dict[tuple[bytes, float, float], bytes] = {}
        self.names: dict[str, int] = {}

    def box(self, tick: Tick) -> bytes:
        """Return the entries of the field and of its one widget."""
        left, bottom, right, top = tick.rect
        own = tick.name.replace(".", " ").strip()  # a full stop would begin the name of a field inside
        self.names[own] = count = self.names.get(own, 0) + 1
        return b"/Subtype/Widget/FT/Btn/T%s/TU%s/Contents%s/V/Off/AS/Off/Rect%s/P %d 0 R/AP<</N%s>>" % (
            text(own if count == 1 else f"{own} {count}"),
            text(tick.name),
            text(tick.name),
            numbers(*tick.rect),
            self.volume.pages[tick.page],
            self.look(tick.ink, right - left, top - bottom),
        )

    def look(self, ink: bytes, width: float, height: float) -> bytes:
        """Return the appearances, ticked and not: the box itself is ink of the page."""
        key = (ink, width, height)
        if key not in self.looks:
            head = b"/Type/XObject/Subtype/Form/BBox%s/Resources<<>>" % numbers(0, 0, width, height)
            made = tuple(self.volume.file.stream(content, head) for content in (ink, b""))
            self.looks[key] = b"<</Yes %d 0 R/Off %d 0 R>>" % made
        return self.looks[key]


def _action(volume: Volume, link: Link) -> bytes:
    page = inner(link)
    if page is None:
        return b"/A<</S/URI/URI%s>>" % address(link.target)
    view = b"/XYZ 0 %s null" % number(volume.proof.pages[page].height)
    return destination(volume, page, view, landing(volume.proof, page))


def inner(link: Link) -> int | None:
    """Return the index of the page that a link leads to, if it leads to one."""
    return int(link.target[1:]) if link.target[:1] == "#" and link.target[1:].isdecimal() else None


def landing(proof: Proof, page: int) -> Element:
    """Return the element that a link to a page means: its first heading, else what begins it."""
    owners = proof.pages[page].owners
    headings = (owner for owner in owners if owner.role.startswith("heading"))
    return next(headings, owners[0] if owners else proof.root)


def destination(volume: Volume, page: int, view: bytes, element: Element) -> bytes:
    """Return the action that leads to a place in the file: to the page, and to the element where that is wanted."""
    body = b"/A<</S/GoTo/D[%d 0 R%s]" % (volume.pages[page], view)
    if volume.ordered.structure_destinations:
        known = volume.elements.get(element) or volume.elements[volume.proof.root]
        body += b"/SD[%s%s]" % (known, view)
    return body + b">>"


def address(target: str) -> bytes:
    """Return an address as a string in ASCII, other signs percent-encoded."""
    raw = target.encode("utf-8")
    return text("".join(chr(byte) if 32 < byte < 127 else f"%{byte:02X}" for byte in raw))
