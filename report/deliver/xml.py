"""A small writer of XML: a tree of names, attributes and text becomes bytes, always the same for the same tree.

An element has either elements or text in it, never both mixed: so it can stand on lines of its own, moved in by two
spaces, without a word changed. What is None is left out. Knows: XML 1.0. Must never know: what an element means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from report.errors import DeliveryFault
from report.findings import N_, Finding
from report.records import record


@record(frozen=True)
class Node:
    """An element: its name with prefix, its attributes in order, its text, or the elements in it."""

    name: str
    attributes: Mapping[str, str]
    text: str = ""
    inside: tuple[Node, ...] = ()


Child: TypeAlias = "Node | Iterable[Node | None] | None"

_BARRED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2: all but a Char
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTES = {**_SIGNS, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def node(name: str, *inside: Child, **attributes: str) -> Node:
    """Return an element with the elements `inside`, lists of them opened."""
    return Node(name, attributes, "", tuple(_flat(inside)))


def leaf(name: str, text: str, attributes: Mapping[str, str] | None = None) -> Node:
    """Return an element with `text` in it."""
    return Node(name, attributes or {}, text)


def maybe(name: str, text: str) -> Node | None:
    """Return an element with `text` in it; None where there is none."""
    return Node(name, {}, text) if text else None


def given(of: Node, attributes: Mapping[str, str]) -> Node:
    """Return the element with further attributes, such as `xsi:type`, that are no names of Python."""
    return Node(of.name, {**of.attributes, **attributes}, of.text, of.inside)


def written(root: Node) -> bytes:
    """Return the file: UTF-8, with its declaration. Raises DeliveryFault for a sign that XML does not know."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_lines(root, ""))).encode()


def _flat(inside: Iterable[Child]) -> Iterator[Node]:
    for child in inside:
        if isinstance(child, Node):
            yield child
        elif child is not None:
            yield from (one for one in child if one is not None)


def _lines(of: Node, indent: str) -> Iterator[str]:
    told = "".join(f' {name}="{_spelled(value, _IN_ATTRIBUTES)}"' for name, value in of.attributes.items())
    if of.inside:
        yield f"{indent}<{of.name}{told}>\n"
        for child in of.inside:
            yield from _lines(child, indent + "  ")
        yield f"{indent}</{of.name}>\n"
    elif of.text:
        yield f"{indent}<{of.name}{told}>{_spelled(of.text, _SIGNS)}</{of.name}>\n"
    else:
        yield f"{indent}<{of.name}{told}/>\n"


def _spelled(text: str, signs: Mapping[str, str]) -> str:
    barred = _BARRED.search(text)
    if barred:
        message = N_("“{text}” holds the invisible sign {sign}, which no registry and no archive can read.")
        values: dict[str, object] = {"text": _BARRED.sub("□", text), "sign": f"U+{ord(barred[0]):04X}"}
        raise DeliveryFault(Finding("deliver.sign", message, values, remedy=N_("Type that text anew in the article.")))
    return "".join(signs.get(sign, sign) for sign in text)
