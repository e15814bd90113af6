"""The content tree as plain text: short lines, headings underlined, lists with dashes, links with their address.

No word is divided and no line is longer than 72 signs, but for a single word that is. What must not be parted at a
line's end stays together; the spaces that say so are written as common ones, and signs that nobody sees are left out,
since people copy from here. Knows: the tree. Must never know HTML, or what the words mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from report.content import Node
from report.weave.grid import grid
from report.weave.tree import parts, shown, words

WIDTH = 72
_SEEN = str.maketrans({"\u00ad": None, "\u200b": None, "\u2060": None})
_COMMON = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})
_GAPS = re.compile("\n{4,}")
_DATES = 20  # signs: where the words of a timeline begin
_UNDER = {"h1": "=", "h2": "-"}
_IN_LINE = frozenset("em strong a span artifact br pageref text".split())


def plain(tree: Node) -> bytes:
    """Return the whole text as UTF-8, parts of the page two lines apart."""
    written = ("\n\n".join("\n".join(block) for block in _blocks(node, WIDTH)) for _, node in parts(tree))
    whole = "\n\n\n".join(part for part in written if part)
    lines = (line.rstrip(" ") for line in whole.translate(_COMMON).split("\n"))
    return (_GAPS.sub("\n\n\n", "\n".join(lines)).strip("\n") + "\n").encode()


def length(text: str) -> int:
    """Return how many signs of a line `text` fills: a mark stands on its letter."""
    return sum(1 for sign in text if not unicodedata.combining(sign))


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` signs, divided at common spaces only; its own line ends stay."""
    found: list[str] = []
    for piece in text.split("\n"):
        line = ""
        for word in filter(None, piece.split(" ")):
            if line and length(line) + 1 + length(word) > width:
                found.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        found.append(line)
    return [line for line in found if line]


def _blocks(node: Node, width: int) -> Iterator[list[str]]:
    """Walk the blocks below `node`, each as its lines."""
    for child in shown(node):
        if isinstance(child, Node):
            yield from (lines for lines in _block(child, width) if lines)


def _block(node: Node, width: int) -> Iterator[list[str]]:
    kind = node.kind
    if kind[0] == "h" and kind[1:].isdigit():
        yield _heading(node, width)
    elif kind in ("section", "div", "page"):
        yield from _blocks(node, width)
    elif kind == "blockquote":
        yield from (_moved(lines, "  ") for lines in _blocks(node, width - 2))
    elif kind in ("ul", "ol"):
        yield _listing(node, width)
    elif kind == "figure":
        yield [line for lines in _blocks(node, width) for line in lines]
    elif kind == "img":
        yield wrapped(f"[{node.get('alt').translate(_SEEN)}]", width) if node.get("decorative") != "yes" else []
    elif kind == "table":
        yield _table(node, width)
    elif kind == "timeline":
        yield [line for child in node.nodes() for line in _event(child, width)]
    elif kind != "ornament":
        yield from _either(node, width)


def _either(node: Node, width: int) -> Iterator[list[str]]:
    """Return what a node holds, words or blocks."""
    if any(isinstance(child, Node) and child.kind not in _IN_LINE for child in shown(node)):
        yield from _blocks(node, width)
    else:
        yield wrapped(_line(node), width)


def _heading(node: Node, width: int) -> list[str]:
    """Return a heading; parts that stand apart on a page have lines of their own."""
    pieces = [child for child in shown(node) if isinstance(child, Node) and child.kind == "text"]
    lines = [line for piece in pieces or [node] for line in wrapped(_line(piece, " "), width)]
    sign = _UNDER.get(node.kind)
    if not (lines and sign):
        return lines
    return [*([""] if sign == "-" else []), *lines, sign * min(width, max(length(line) for line in lines))]


def _listing(node: Node, width: int) -> list[str]:
    found: list[str] = []
    for number, item in enumerate(node.nodes(), 1):
        sign = f"{number}. " if node.kind == "ol" else "– "
        lines = [line for block in _either(item, width - len(sign)) for line in block]
        found += [(sign if at == 0 else " " * len(sign)) + line for at, line in enumerate(lines)]
    return found


def _event(node: Node, width: int) -> list[str]:
    """Return an event: its date, and level with it what happened."""
    first, *others = [child for child in shown(node) if isinstance(child, Node)] or [Node("p")]
    date = _line(first)
    lines = [line for one in others for line in wrapped(_line(one), width - _DATES)]
    if length(date) >= _DATES or not lines:
        return [*wrapped(date, width), *_moved(lines, " " * _DATES)]
    return [date + " " * (_DATES - length(date)) + lines[0], *_moved(lines[1:], " " * _DATES)]


def _table(node: Node, width: int) -> list[str]:
    """Return a table in columns where they fit, else each row by itself, its cells named by their heads."""
    head: list[str] = []
    rows: list[list[str]] = []
    found: list[str] = []
    for part in node.nodes():
        if part.kind == "caption":
            found += [*wrapped(_line(part), width), ""]
            continue
        for row in part.nodes():
            cells = [" ".join(filter(None, _line(cell).split(" "))) for cell in row.nodes()]
            if part.kind == "thead" and not head:
                head = cells
            else:
                rows.append(cells)
    columns = grid(head, rows, width, wrapped, length)
    return [*found, *(columns if columns is not None else _records(head, rows, width))]


def _records(head: list[str], rows: list[list[str]], width: int) -> list[str]:
    """Return each row as a small block of lines: its first cell, then the others level with their heads."""
    found: list[str] = []
    for row in rows:
        named = [(head[at] if at < len(head) else "", cell) for at, cell in enumerate(row)]
        found += [""] if found else []
        found += wrapped(" ".join(part for part in named[0] if part), width)
        pairs = [[name, cell] for name, cell in named[1:] if cell]
        lines = grid([], pairs, width - 2, wrapped, length)
        if lines is None:
            lines = [line for pair in pairs for line in wrapped(" ".join(part for part in pair if part), width - 2)]
        found += _moved(lines, "  ")
    return found


def _moved(lines: list[str], by: str) -> list[str]:
    """Return lines moved to the right."""
    return [f"{by}{line}" if line else line for line in lines]


def _line(node: Node, wanted: str = "\n") -> str:
    """Return a line's words with the addresses of its links; `wanted` stands for a line break."""
    found: list[str] = []
    for child in shown(node):
        if isinstance(child, str):
            found.append(child.translate(_SEEN))
        elif child.kind == "br":
            found.append(wanted)
        elif child.kind == "text":
            found.append(f"{_line(child, wanted)} ")
        elif child.kind not in _IN_LINE:  # a block in a cell: its words, one after the other
            found.append(f" {_line(child, wanted)} ")
        elif child.kind not in ("artifact", "pageref"):
            found += [_line(child, wanted), _address(child)]
    return "".join(found)


def _address(node: Node) -> str:
    """Return where a link leads, unless its words say so already."""
    href = node.get("href")
    if node.kind != "a" or href.startswith("#"):
        return ""
    bare = href.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").removeprefix("tel:")
    said = words(node).translate(_SEEN).translate(_COMMON)
    return "" if said.rstrip("/") in (bare.rstrip("/"), href) else f" <{href}>"
