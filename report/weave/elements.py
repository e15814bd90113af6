"""The content tree's elements as HTML's: the right element for each thing, and a class for each of the layout's styles.

Soft hyphens are left out of running text: a browser divides German words by itself, and whoever copies the words gets
no hidden signs. Headings keep those that the article sets by hand. Knows: the tree, HTML's elements. Must never know
colours or the page's head.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping

from report.content import Node
from report.screen import Still
from report.weave.tree import BREAKS, UNSEEN, shown, walk, words

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_PLAIN = frozenset("p ul ol li figcaption caption thead tbody tr em strong".split())
_IN_LINE = frozenset("em strong a span artifact br pageref text".split())


def escaped(words_: str) -> str:
    """Return words as they stand in HTML, in an attribute too."""
    return words_.translate(_ESCAPES)


class Weaver:
    """Turns nodes into HTML; `targets` are the fields that inner links lead to."""

    def __init__(self, tree: Node, pictures: Mapping[str, Still]) -> None:
        self.pictures = pictures
        links = (node.get("href") for node in walk(tree) if node.kind == "a")
        self.targets = {href[1:] for href in links if href.startswith("#")}
        self.placed: set[str] = set()  # targets that have their id: the first of a field's elements
        self.heading = ""  # the words above: they name a table that has no caption

    def blocks(self, node: Node) -> str:
        """Return the children of a node that holds blocks, one a line."""
        return "\n".join(self.block(child) for child in shown(node) if isinstance(child, Node))

    def block(self, node: Node) -> str:
        """Return one block."""
        kind = node.kind
        if kind in _HEADINGS:
            self.heading = words(node)
            return f"<{kind}{self.attrs(node)}>{self.line(node, soft=True)}</{kind}>"
        if kind in ("section", "div"):
            return self.group(node)
        if kind in ("img", "ornament"):
            return self.picture(node)
        if kind == "blockquote":
            return f"<blockquote{self.attrs(node)}>\n{self.blocks(node)}\n</blockquote>"
        if kind == "figure":
            return self.figure(node)
        if kind == "table":
            return self.table(node)
        if kind == "timeline":
            return f"<ol{self.attrs(node, 'timeline')}>\n{self.blocks(node)}\n</ol>"
        if kind == "event":
            return self.event(node)
        return self.plain(node)

    def plain(self, node: Node) -> str:
        """Return a paragraph, a list, or a part of one."""
        kind = node.kind if node.kind in _PLAIN else "p"
        marker = ("unmarked",) if node.get("marker") == "no" else ()
        return f"<{kind}{self.attrs(node, *marker)}>{self.either(node)}</{kind}>"

    def either(self, node: Node) -> str:
        """Return what a node holds, words or blocks."""
        children = list(shown(node))
        if any(isinstance(child, Node) and child.kind not in _IN_LINE for child in children):
            return f"\n{self.blocks(node)}\n"
        return self.line(node)

    def group(self, node: Node) -> str:
        """Return a section; a box only where it has a style of its own, or another language."""
        inner = self.blocks(node)
        if node.kind == "div":
            attrs = self.attrs(node)
            return f"<div{attrs}>\n{inner}\n</div>" if attrs else inner
        pictured = ("pictured",) if any(child.kind == "figure" for child in node.nodes()) else ()
        return f"<section{self.attrs(node, *pictured)}>\n{inner}\n</section>"

    def event(self, node: Node) -> str:
        """Return an event of a timeline: the words of its date, then what happened."""
        first, *others = [child for child in shown(node) if isinstance(child, Node)] or [Node("p")]
        date = f'<p{self.attrs(first)}><time datetime="{escaped(node.get("at"))}">{self.line(first)}</time></p>'
        return f"<li{self.attrs(node)}>{''.join((date, *(self.block(child) for child in others)))}</li>"

    # -- pictures and tables

    def figure(self, node: Node) -> str:
        """Return a picture with its caption; it tells the style sheet its kind and how it stands."""
        image = next((child for child in walk(node) if child.kind == "img"), None)
        still = self.pictures.get(image.get("src")) if image else None
        told = (still.kind, _standing(still), _held(still, image)) if still and image else ()
        return f"<figure{self.attrs(node, *told)}>\n{self.blocks(node)}\n</figure>"

    def picture(self, node: Node) -> str:
        """Return a picture with the words for who cannot see it; what only adorns has none."""
        still = self.pictures[node.get("src")]
        decorative = node.kind == "ornament" or node.get("decorative") == "yes"
        data = base64.b64encode(still.data).decode()
        size = f'width="{round(still.width)}" height="{round(still.height)}"'
        alt = "" if decorative else escaped(node.get("alt").translate(BREAKS))
        told = () if node.kind == "img" else ("ornament", _standing(still))
        return f'<img{self.attrs(node, *told)} src="data:{still.media};base64,{data}" {size} alt="{alt}">'

    def table(self, node: Node) -> str:
        """Return a table in a box that can be moved sideways, with the keyboard too, where the screen is narrow."""
        caption = next((words(child) for child in node.nodes() if child.kind == "caption"), "")
        label = escaped(caption or self.heading)
        named = f' role="group" aria-label="{label}"' if label else ""
        numerals = _numerals(node)
        rows = "\n".join(self.rows(child, numerals) for child in node.nodes())
        return f'<div class="table" tabindex="0"{named}>\n<table{self.attrs(node)}>\n{rows}\n</table>\n</div>'

    def rows(self, node: Node, numerals: frozenset[int]) -> str:
        """Return the caption, the head or the body of a table."""
        if node.kind == "caption":
            return self.plain(node)
        rows = (
            "".join(self.cell(cell, at in numerals) for at, cell in enumerate(row.nodes())) for row in node.nodes()
        )
        inner = "\n".join(f"<tr>{row}</tr>" for row in rows)
        return f"<{node.kind}>\n{inner}\n</{node.kind}>"

    def cell(self, node: Node, numeral: bool) -> str:
        """Return one cell; in a column of numbers words stand at the right edge, as the numbers do."""
        scope = f' scope="{node.get("scope")}"' if node.kind == "th" else ""
        span = f' colspan="{node.get("colspan")}"' if node.get("colspan") else ""
        told = ("numeral",) if numeral and not span else ()
        return f"<{node.kind}{scope}{span}{self.attrs(node, *told)}>{self.either(node)}</{node.kind}>"

    # -- words

    def line(self, node: Node, soft: bool = False) -> str:
        """Return the words of a line with their marks; parts that stand apart on a page are parted by a space."""
        found: list[str] = []
        for child in shown(node):
            if isinstance(child, str):
                found.append(escaped(child.translate(UNSEEN if soft else BREAKS)))
            elif child.kind == "br":
                found.append("<br>")
            elif child.kind == "text":
                found.append(f"<span{self.attrs(child)}>{self.line(child, soft)}</span> ")
            elif child.kind != "pageref":
                found.append(self.mark(child, soft))
        return "".join(found).strip(" ")

    def mark(self, node: Node, soft: bool) -> str:
        """Return words with a mark."""
        inner = self.line_inside(node, soft)
        if node.kind == "artifact":
            return f'<span aria-hidden="true">{inner}</span>'
        if node.kind == "a":
            href = node.get("href")
            return f'<a href="{escaped(anchor(href[1:]) if href[:1] == "#" else href)}"{self.attrs(node)}>{inner}</a>'
        return f"<{node.kind}{self.attrs(node)}>{inner}</{node.kind}>"

    def line_inside(self, node: Node, soft: bool) -> str:
        """Return a mark's words, with the spaces at their ends."""
        all_of_it = node.text()
        before, after = all_of_it[:1] == " ", all_of_it[1:][-1:] == " "
        return f"{' ' * before}{self.line(node, soft)}{' ' * after}"

    def attrs(self, node: Node, *classes: str) -> str:
        """Return class, language and, where a link leads to it, the id of an element."""
        names = [name for name in (node.get("style"), *classes) if name]
        found = f' class="{" ".join(names)}"' if names else ""
        found += f' lang="{escaped(node.get("lang"))}"' if node.get("lang") else ""
        of = node.get("of")
        if of in self.targets - self.placed:
            self.placed.add(of)
            found += f' id="{anchor(of)[1:]}"'
        return found


def anchor(field: str) -> str:
    """Return the address of a field inside the page."""
    return "#" + "".join(sign if sign.isalnum() else "-" for sign in field).strip("-")


def _standing(still: Still) -> str:
    ratio = still.width / still.height
    return "tall" if ratio < 0.8 else "wide" if ratio > 1.2 else "square"


def _held(still: Still, image: Node) -> str:
    """Return what a style sheet must keep of a picture: the edge of a drawing, or all where the article has a frame."""
    if image.get("frame"):
        return "whole"
    down = still.anchor[1]
    return "from-foot" if down > 0.75 else "from-top" if down < 0.25 else ""


def _numerals(table: Node) -> frozenset[int]:
    """Return the columns, from 0, that hold numbers alone below their heads."""
    rows = [list(row.nodes()) for part in table.nodes() if part.kind == "tbody" for row in part.nodes()]
    rows = [row for row in rows if not any(cell.get("colspan") for cell in row)]
    count = max((len(row) for row in rows), default=0)
    said = ([words(row[at]) for row in rows if at < len(row)] for at in range(count))
    full = [[cell for cell in column if cell] for column in said]
    return frozenset(at for at, column in enumerate(full) if column and all(map(_is_number, column)))


def _is_number(text: str) -> bool:
    """Tell whether a cell holds a number, perhaps with a sign or a unit behind it."""
    first, _, rest = text.replace("\u202f", " ").replace("\u00a0", " ").partition(" ")
    figures = first.strip("+-–−€%").replace(".", "").replace(",", "")
    return figures.isdecimal() and len(rest) <= 6 and not _spelled(rest.split())


def _spelled(parts: Iterable[str]) -> bool:
    return any(len(part) > 5 for part in parts)
