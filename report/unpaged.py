"""The spine's shorter way: a content tree becomes a web page or plain text, without pages between.

What such a file says and shows, and its bytes. Knows: the doors of `weave` and of the typesetter's pictures. Must never
know how either works.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.article import Article
from report.content import Node
from report.editions import Edition
from report.errors import LayoutFault, PictureFault
from report.findings import N_, Finding, Place
from report.house import House
from report.layout import Layout
from report.proof import About, Element, Picture, Proof
from report.records import replace
from report.screen import Still

STYLE = "style.css"
_SHOWN = ("img", "ornament")


def record(tree: Node, article: Article) -> Proof:
    """Return what such a file says and shows, as a proof without pages."""
    pictures: dict[str, Picture] = {}
    fields: dict[str, list[tuple[int, tuple[float, float, float, float]]]] = {}
    for node, _ in _walk(tree):
        if node.kind in _SHOWN:
            pictures[node.get("src")] = Picture(str(article.folder / node.get("src")), 0.0, 0.0)
        if node.get("of") and (node.text() or node.kind in (*_SHOWN, "figure")):
            fields.setdefault(node.get("of"), [])
    about = About(tree.get("title"), tree.get("lang"))
    return Proof(about, [], Element("document"), {}, pictures, {}, [], fields, list, [], [])


def woven(tree: Node, style: House, layout: Layout, article: Article, edition: Edition, markup: str) -> bytes:
    """Return the finished file; raise LayoutFault or PictureFault with every fault of its kind.

    `markup` is what messages call the text that the tree was read from.
    """
    try:
        return _woven(tree, style, layout, article, edition)
    except LayoutFault as stop:
        places = (fault.place if fault.place.file else replace(fault.place, file=markup) for fault in stop.faults)
        pairs = zip(stop.faults, places, strict=True)
        raise LayoutFault(*(replace(fault, place=place) for fault, place in pairs)) from None


def _woven(tree: Node, style: House, layout: Layout, article: Article, edition: Edition) -> bytes:
    from report import weave

    if edition.form == "txt":
        return weave.text(tree)
    from report.typeset.screen import typefaces

    name = f"{layout.name}/{STYLE}"
    try:
        sheet = (layout.folder / STYLE).read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        message = N_("The style sheet of the layout cannot be read: {reason}.")
        raise LayoutFault(Finding("layout.style", message, {"reason": reason}, Place(name))) from None
    return weave.html(tree, style, sheet, _stills(tree, style, article, edition.dpi), typefaces(style), name)


def _stills(tree: Node, style: House, article: Article, dpi: int) -> dict[str, Still]:
    """Return every picture that the page shows, under the name that the tree has for it."""
    from report.typeset.screen import still

    found: dict[str, Still] = {}
    faults: list[Finding] = []
    for node, of in _walk(tree):
        source = node.get("src")
        if node.kind not in _SHOWN or source in found:
            continue
        logo = style.logo if source == "house:logo" else None
        path, folder = (logo.file, style.folder) if logo else (article.folder / source, article.folder)
        try:
            found[source] = still(path, folder, style, dpi)
        except PictureFault as stop:
            faults += (_named(fault, of) for fault in stop.faults)
    if faults:
        raise PictureFault(*faults)
    return found


def _named(fault: Finding, of: str) -> Finding:
    """Return a fault with the field of its picture; a drawing's faults keep their file and line."""
    return fault if fault.place.line or not of else replace(fault, place=Place(path=of))


def unread() -> Finding:
    """Return the note that nobody read the finished file: that is done with PDF alone. It is told once for all."""
    message = N_("Web page and text were not read as by a stranger: --preflight and --report do so with PDF only.")
    remedy = N_("Look at them once in a browser or an editor before they go out.")
    return Finding("flow.unread", message, {}, Place(), "note", remedy)


def _walk(node: Node, of: str = "") -> Iterator[tuple[Node, str]]:
    """Walk what is shown, of a choice the first option, each with the field that it belongs to."""
    of = node.get("of") or of
    yield node, of
    for child in [next(node.nodes())] if node.kind == "choice" else node.nodes():
        yield from _walk(child, of)
