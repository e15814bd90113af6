"""The elements of the structure, made from the content tree before any ink.

Each element-bearing node gets one Element in the trade's role; a node that only places (div, page, choice) hands its
children up. Inline elements are attached at their first ink. Knows: nodes and roles. Must never know standards.
"""

from __future__ import annotations

from report.content import Node
from report.proof import Element
from report.typeset.desk import Desk

# fmt: off
ROLES = {
    "document": "document", "section": "section", "p": "paragraph", "blockquote": "quotation",
    "ul": "list", "ol": "list", "timeline": "list", "figure": "figure", "qr": "figure", "figcaption": "caption",
    "table": "table", "caption": "caption", "thead": "table-head", "tbody": "table-body", "tr": "row",
    "checkbox": "form", "th": "head-cell", "td": "cell", **{f"h{level}": f"heading-{level}" for level in range(1, 7)},
}
# fmt: on
_ARTIFACTS = frozenset("folio running-head stamp panel ornament rule artifact meta".split())
_INLINE = {"a": "link", "span": "span"}


def build(document: Node, picks: dict[int, Node], desk: Desk) -> Element:
    """Return the root of the structure; `desk.elements` maps each node's id() to its element."""
    root = Element("document", lang="")
    desk.elements[id(document)] = root
    for child in document.nodes():
        _add(child, root, picks, desk)
    return root


def _add(node: Node, parent: Element, picks: dict[int, Node], desk: Desk) -> None:
    if node.kind in _ARTIFACTS:
        return
    if node.kind == "choice":
        option = picks.get(id(node))
        for child in option.nodes() if option else ():
            _add(child, parent, picks, desk)
        return
    if node.kind in ("div", "page", "text", "option", "em", "strong", "img"):
        for child in node.nodes():
            _add(child, parent, picks, desk)
        return
    if node.kind in _INLINE:
        _inline(node, parent, picks, desk)
        return
    if node.kind == "figure" and _decorative(node):
        for child in node.nodes():
            if child.kind == "figcaption":
                _block(child, "paragraph", parent, picks, desk)
        return
    if node.kind in ("li", "event"):
        _item(node, parent, picks, desk)
        return
    role = ROLES.get(node.kind)
    if role:
        _block(node, role, parent, picks, desk)


def _block(node: Node, role: str, parent: Element, picks: dict[int, Node], desk: Desk) -> None:
    element = _element(node, role, desk)
    if role == "figure":
        image = node if node.kind == "qr" else next((child for child in node.nodes() if child.kind == "img"), node)
        element.alt = image.get("alt")
    if role == "section":
        element.title = node.get("title")
    parent.kids.append(element)
    for child in node.nodes():
        _add(child, element, picks, desk)


def _item(node: Node, parent: Element, picks: dict[int, Node], desk: Desk) -> None:
    item, body = _element(node, "item", desk), Element("body", of=node.get("of"))
    parent.kids.append(item)
    words = _sign(node, parent)
    if words and not any(child.kind in ("p", "ul", "ol", "text") for child in node.nodes()):
        label = Element("label")
        desk.labels[id(node)] = label, words
        item.kids.append(label)
    item.kids.append(body)
    desk.elements[id(node)] = body
    for child in node.nodes():
        _add(child, body, picks, desk)


def _sign(node: Node, parent: Element) -> str:
    """Return the sign of a list's item: a dash, its number, or nothing."""
    if node.kind != "li" or parent.numbering == "none":
        return ""
    count = sum(1 for kid in parent.kids if isinstance(kid, Element) and kid.role == "item")
    return f"{count}." if parent.numbering == "decimal" else "–"


def _inline(node: Node, parent: Element, picks: dict[int, Node], desk: Desk) -> None:
    element = _element(node, _INLINE[node.kind], desk)
    desk.parents[id(element)] = parent
    for child in node.nodes():
        _add(child, element, picks, desk)


def _element(node: Node, role: str, desk: Desk) -> Element:
    element = Element(role, of=node.get("of"), lang=node.get("lang"))
    if role in ("cell", "head-cell"):
        element.colspan, element.rowspan = int(node.get("colspan") or 1), int(node.get("rowspan") or 1)
        element.scope = {"col": "column", "row": "row"}.get(node.get("scope"), "")
    if role == "list":
        unsigned = node.kind == "timeline" or node.get("marker", "yes" if node.kind == "ol" else "no") == "no"
        element.numbering = "none" if unsigned else "decimal" if node.kind == "ol" else "disc"
    desk.elements[id(node)] = element
    return element


def _decorative(figure: Node) -> bool:
    return any(child.kind == "img" and child.get("decorative") == "yes" for child in figure.nodes())


def prune(element: Element) -> bool:
    """Drop elements that got no ink (except cells, which keep a table regular); tell whether `element` has any."""
    if element.role == "figure":  # the picture is read first, its words after it
        element.kids.sort(key=lambda kid: isinstance(kid, Element) and kid.role == "caption")
    element.kids = [
        kid for kid in element.kids if not isinstance(kid, Element) or prune(kid) or kid.role in ("cell", "head-cell")
    ]
    return bool(element.kids)
