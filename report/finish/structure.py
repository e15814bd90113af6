"""The structure tree: what each mark on the pages means, in the words of the ordered standard.

An element of the proof becomes a structure element with its kids in reading order; a tree in the other direction
leads from each page's marks and from each link back to it. Knows: roles, marks. Must never know: how ink is set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.finish.file import name, numbers, ref, text
from report.finish.links import inner, landing
from report.finish.volume import Volume
from report.proof import Element, Link, Mark
from report.standards.row import PDF17, PDF20

_CELLS = ("cell", "head-cell")  # empty ones stay, else rows lose their shape
_NUMBERING = {"disc": b"Disc", "decimal": b"Decimal"}
_SCOPES = {"column": b"/Scope/Column", "row": b"/Scope/Row", "both": b"/Scope/Both"}
_IN_LINES = ("paragraph", "span", "link", "label", "reference")
_BRANCH = 64  # entries a leaf of a number tree


def build(volume: Volume) -> None:
    """Write the tree and both directions of reference; fill `elements` and `links`."""
    if not volume.ordered.tagged:
        return
    root = volume.file.reserve()
    tree = _Tree(volume, root)
    top = tree.element(volume.proof.root, "document", root, None)
    for aim, page in tree.aims:
        volume.file.add(b"[%s]" % volume.elements.get(landing(volume.proof, page), top), aim)
    parents = _number_tree(volume, _parents(volume))
    entries = b"/Type/StructTreeRoot/K[%s]/ParentTree %s/ParentTreeNextKey %d" % (
        top,
        parents,
        len(volume.pages) + len(volume.links),
    )
    if tree.namespaces:
        entries += b"/Namespaces[%s]" % b" ".join(tree.namespaces.values())
    if tree.named:
        pairs = b" ".join(b"%s %s" % pair for pair in sorted(tree.named))
        entries += b"/IDTree<</Names[%s]>>" % pairs
    volume.file.add(b"<<%s>>" % entries, root)
    volume.catalogue |= {"StructTreeRoot": ref(root), "MarkInfo": {"Marked": "true"}}


class _Tree:
    """Writes elements; `named` collects those with an identifier, `aims` what lists of contents lead to."""

    def __init__(self, volume: Volume, root: int) -> None:
        self.volume = volume
        self.file = volume.file
        self.pages = volume.pages
        self.named: list[tuple[bytes, bytes]] = []
        self.aims: list[tuple[int, int]] = []  # number of the entry's aim, page
        self.namespaces = self._namespaces()
        self.version = volume.ordered.version
        self.after = volume.ordered.caption == "after"
        self.types = {role: self._type(role) for role in volume.ordered.roles}
        if not volume.edition.links:
            self.types["link"] = self.types["span"]

    def _namespaces(self) -> dict[str, bytes]:
        used = {tag.namespace for tag in self.volume.ordered.roles.values()}
        return {
            uri: ref(self.file.add(b"<</Type/Namespace/NS%s>>" % text(uri))) for uri in (PDF17, PDF20) if uri in used
        }

    def _type(self, role: str) -> bytes:
        tag = self.volume.ordered.roles[role]
        space = self.namespaces.get(tag.namespace)
        return b"/S" + name(tag.name) + (b"/NS " + space if space else b"")

    def element(self, element: Element, role: str, parent: int, within: Element | None) -> bytes:
        """Write `element` and all below it; return its reference."""
        at = self.file.reserve()
        own = self.volume.elements[element] = b"%d 0 R" % at
        kids: list[bytes] = []
        page = -1
        for kid in element.kids:
            if isinstance(kid, Mark):
                if page < 0:
                    page = kid.page
                if kid.page == page:
                    kids.append(b"%d" % kid.mcid)
                else:
                    kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self.pages[kid.page], kid.mcid))
            elif isinstance(kid, Element):
                kids += [self.element(part, part_role, at, element) for part, part_role in self.parts(kid, element)]
            elif self.volume.edition.links:
                annotation = self.file.reserve()
                self.volume.links.append((kid, annotation, element))
                kids.append(b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (annotation, self.pages[kid.page]))
        body = b"<<%s/P %d 0 R" % (self.types[role], parent)
        if page >= 0:
            body += b"/Pg %d 0 R" % self.pages[page]
        if kids:
            body += b"/K " + kids[0] if len(kids) == 1 else b"/K[%s]" % b" ".join(kids)
        if role == "contents-item" and self.volume.ordered.structure_destinations:
            body += self.aim(element)
        self.file.add(body + self.says(element, own) + _attributes(element, within, self.version) + b">>", at)
        return own

    def parts(self, kid: Element, within: Element) -> Sequence[tuple[Element, str]]:
        """Return what stands for `kid`, with roles: itself, nothing if it bears nothing, a figure and its caption."""
        if kid.role == "figure":
            return tuple(self.figure(kid))
        beside = kid.role == "caption" and within.role == "figure" and self.after
        return () if beside or not _bears(kid) else ((kid, kid.role),)

    def figure(self, figure: Element) -> Iterator[tuple[Element, str]]:
        """Yield a figure and, where the standard wants them beside it, its captions before or after."""
        captions = [kid for kid in figure.kids if isinstance(kid, Element) and kid.role == "caption" and _bears(kid)]
        others = [kid for kid in figure.kids if not isinstance(kid, Element) or (kid not in captions and _bears(kid))]
        if not others:  # a picture without meaning: its words stand for themselves
            yield from ((caption, "paragraph") for caption in captions)
        elif not self.after:
            yield figure, "figure"
        else:
            first = captions[:1] if captions and captions[0] is figure.kids[0] else []
            yield from ((caption, "caption") for caption in first)
            yield figure, "figure"
            yield from ((caption, "caption") for caption in captions[len(first) :])

    def aim(self, entry: Element) -> bytes:
        """Return what an entry of a list of contents leads to (ISO 14289-2 8.2.5.8); it is known at the end only."""
        links = (kid for element in entry.walk() for kid in element.kids if isinstance(kid, Link))
        page = next((page for page in map(inner, links) if page is not None), None)
        if page is None:
            return b""
        self.aims.append((self.file.reserve(), page))
        return b"/Ref %d 0 R" % self.aims[-1][0]

    def says(self, element: Element, own: bytes) -> bytes:
        """Return the entries with words of their own: language, alternative, replacement, title, identifier."""
        if not (element.lang or element.alt or element.actual or element.title or element.role == "note"):
            return b""
        body = b""
        if element.lang:
            body += b"/Lang" + text(element.lang)
        if element.alt:
            body += b"/Alt" + text(element.alt)
        if element.actual:
            body += b"/ActualText" + text(element.actual)
        if element.title:
            body += b"/T" + text(element.title)
        if element.role == "note":  # ISO 14289-1 7.9: each with an identifier of its own
            key = text(f"note-{len(self.named) + 1:05}")
            self.named.append((key, own))
            body += b"/ID" + key
        return body


def _attributes(element: Element, within: Element | None, version: str) -> bytes:
    """Return the attribute dictionary that the role wants, or nothing."""
    if element.role in _CELLS:
        body = _SCOPES.get(element.scope, b"") if element.role == "head-cell" else b""
        body += b"/ColSpan %d" % element.colspan if element.colspan > 1 else b""
        body += b"/RowSpan %d" % element.rowspan if element.rowspan > 1 else b""
        return b"/A<</O/Table%s>>" % body if body else b""
    if element.role == "list":
        return b"/A<</O/List/ListNumbering/%s>>" % _numbering(element, version)
    if element.box and element.role == "figure":
        placement = b"Inline" if within is not None and within.role in _IN_LINES else b"Block"
        return b"/A<</O/Layout/Placement/%s/BBox%s>>" % (placement, numbers(*element.box[1]))
    return b""


def _numbering(listing: Element, version: str) -> bytes:
    """Return how a list counts; with signs before its items it may not say None (ISO 14289-2 8.2.5.25)."""
    if listing.numbering not in ("", "none"):
        return _NUMBERING[listing.numbering]
    items = [kid for kid in listing.kids if isinstance(kid, Element)]
    parts = [part for item in items for part in item.kids if isinstance(part, Element)]
    signs = any(part.role == "label" and _bears(part) for part in parts)
    return b"None" if not signs else b"Unordered" if version == "2.0" else b"Disc"


def _bears(element: Element) -> bool:
    """Whether there is a mark or a link in it or below: an element without any says nothing and is left out."""
    return element.role in _CELLS or any(not isinstance(kid, Element) or _bears(kid) for kid in element.kids)


def _parents(volume: Volume) -> list[bytes]:
    """Return, by key, what each page's marks and each link's annotation belong to."""
    elements = volume.elements
    pages = [b"[%s]" % b" ".join([elements[owner] for owner in page.owners]) for page in volume.proof.pages]
    return pages + [elements[element] for _, _, element in volume.links]


def _number_tree(volume: Volume, values: list[bytes]) -> bytes:
    leaves = []
    for start in range(0, len(values), _BRANCH):
        part = values[start : start + _BRANCH]
        pairs = b" ".join([b"%d %s" % pair for pair in enumerate(part, start)])
        limits = b"/Limits[%d %d]" % (start, start + len(part) - 1)
        leaves.append(ref(volume.file.add(b"<<%s/Nums[%s]>>" % (limits, pairs))))
    return ref(volume.file.add(b"<</Kids[%s]>>" % b" ".join(leaves)))
