"""What both forms ask of the content tree: its three parts, what it says in the end, and its words.

Knows: the tree. Must never know how a page or a text is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.content import Node
from report.errors import LayoutFault
from report.findings import N_, Finding, Place

PARTS = ("header", "main", "footer")  # the parts of a page that a reader can jump to, in their order
SILENT = frozenset("meta panel rule folio running-head stamp qr checkbox".split())  # only pages have them
UNSEEN = str.maketrans({"\u200b": None})  # where only a page may break a line
BREAKS = str.maketrans({"\u00ad": None, "\u200b": None})


def parts(tree: Node) -> list[tuple[str, Node]]:
    """Return header, main and footer, each at most once and in this order; raise LayoutFault for anything else."""
    found = [(node.get("master"), node) for node in tree.nodes() if node.kind == "page"]
    names = [name for name, _ in found]
    loose = [node for node in tree.nodes() if node.kind not in ("page", "meta")]
    faults = []
    if names != [name for name in PARTS if name in names] or "main" not in names:
        message = N_("A layout that flows has the pages “header”, “main”, “footer”, in this order; here are: {names}.")
        faults.append(_fault(message, tree, names=", ".join(names)))
    for node in loose:
        message = N_("<{element}> must stand in one of the pages “header”, “main”, “footer”.")
        faults.append(_fault(message, node, element=node.kind))
    titles = [node for _, part in found for node in walk(part) if node.kind == "h1"]
    if len(titles) != 1:
        message = N_("A web page has one title (<h1>); here are {count}.")
        faults.append(_fault(message, tree, count=len(titles)))
    if faults:
        raise LayoutFault(*faults)
    return found


def _fault(message: str, node: Node, **values: object) -> Finding:
    return Finding("layout.flow", message, values, Place(line=node.line))


def walk(node: Node) -> Iterator[Node]:
    """Walk a node and all below it that is shown, in reading order: of a choice the first option."""
    yield node
    for child in shown(node):
        if isinstance(child, Node):
            yield from walk(child)


def shown(node: Node) -> Iterator[Node | str]:
    """Walk the children that a web page and a text show, with those of boxes that only group."""
    for child in node.children:
        if isinstance(child, Node) and child.kind == "choice":
            yield from shown(next(child.nodes()))
        elif isinstance(child, str) or child.kind not in SILENT:
            yield child


def words(node: Node) -> str:
    """Return the words of a node without marks, for names and labels; ink without meaning is left out."""
    found: list[str] = []
    for child in shown(node):
        if isinstance(child, str):
            found.append(child)
        elif child.kind == "br":
            found.append(" ")
        elif child.kind != "artifact":
            found += [" " if child.kind == "text" else "", words(child)]
    return " ".join("".join(found).translate(BREAKS).split(" ")).strip()
