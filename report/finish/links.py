"""The links: one annotation for each link and page, over all its lines, that says where it leads.

Knows: rectangles, targets, what a reader hears. Must never know: where a link's words came from.
"""

from __future__ import annotations

from report.finish.file import number, numbers, text
from report.finish.volume import Volume
from report.proof import Element, Link, Proof


def annotate(volume: Volume) -> None:
    """Write the annotation of every link, as the structure numbered them; without a structure they are found here."""
    tagged = volume.ordered.tagged
    if not tagged and volume.edition.links:
        found = ((kid, element) for element in volume.proof.root.walk() for kid in element.kids)
        volume.links = [(kid, volume.file.reserve(), element) for kid, element in found if isinstance(kid, Link)]
    for key, (link, at, _) in enumerate(volume.links, len(volume.pages)):
        lefts, bottoms, rights, tops = zip(*link.rects, strict=True)
        body = b"/Type/Annot/Subtype/Link/F 4/Border[0 0 0]%s/Rect%s/Contents%s" % (
            b"/StructParent %d" % key if tagged else b"",
            numbers(min(lefts), min(bottoms), max(rights), max(tops)),
            text(link.contents),
        )
        if len(link.rects) > 1:
            # upper left, upper right, lower left, lower right: the order that readers take, not that of the text
            corners = [v for x0, y0, x1, y1 in link.rects for v in (x0, y1, x1, y1, x0, y0, x1, y0)]
            body += b"/QuadPoints" + numbers(*corners)
        volume.file.add(b"<<%s%s>>" % (body, _action(volume, link)), at)


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
