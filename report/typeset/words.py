"""The words of a block: runs of one variant, tokens between spaces, atoms that are never divided.

Pure functions of text. Knows: soft hyphens, no-break spaces, wanted breaks. Must never know faces or measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from report.content import Node

SHY, NBSP, ZERO = "\u00ad", "\u00a0", "\u200b"
CLING = NBSP + ZERO  # a space that may end a line, at a cost


_TOKENS = re.compile(f"{CLING}|[ \n\r\t{NBSP}]|[^ \n\r\t{NBSP}]+")
_SPACED = re.compile(f"[ {NBSP}]|[^ {NBSP}]+")


class Run(NamedTuple):
    """Words in one variant (0 plain, 1 strong, 2 emphasised); `scope` counts the inline elements (0: none)."""

    text: str
    variant: int = 0
    scope: int = 0


class Atom(NamedTuple):
    """A piece of a word that is never divided, or a space.

    `after`: what may follow it ('', '-' drawn, '=' there); of a space, '~' that it clings to the word after it.
    """

    text: str
    width: float  # em
    after: str = ""


def runs(node: Node) -> tuple[list[Run], list[Node]]:
    """Return the words of a text-bearing node as runs, and the inline elements that runs name by `scope` (from 1)."""
    found: list[Run] = []
    scopes: list[Node] = []
    _gather(node, 0, 0, found, scopes)
    return found, scopes


def _gather(node: Node, variant: int, scope: int, found: list[Run], scopes: list[Node]) -> None:
    for child in node.children:
        if isinstance(child, str):
            if child:
                found.append(Run(child, variant, scope))
        elif child.kind == "pageref":
            found.append(Run(child.text() or "0", variant, scope))
        elif child.kind == "br":
            found.append(Run("\r" if child.get("wanted") == "yes" else "\n", variant, scope))
        elif child.kind in ("a", "span", "artifact"):
            scopes.append(child)
            _gather(child, variant, len(scopes), found, scopes)
        else:
            _gather(child, {"strong": 1, "em": 2}.get(child.kind, variant), scope, found, scopes)


def inside_figure(text: str, index: int, ch: str) -> bool:
    """Tell whether `ch` is a point or comma between two figures."""
    return ch in ".," and 0 < index < len(text) - 1 and text[index - 1].isdigit() and text[index + 1].isdigit()


def figures(token: str) -> Iterator[tuple[str, bool]]:
    """Split `10.000` into parts, each with whether the next one closes up to it."""
    start = 0
    for index, ch in enumerate(token):
        if inside_figure(token, index, ch):
            yield token[start:index], True
            yield ch, True
            start = index + 1
    yield token[start:], False


def tokens(text: str, wanted: bool) -> list[str]:
    """Split a run at its spaces and breaks; a wanted break is a space where the style does not take it."""
    found = _TOKENS.findall(text)
    if ZERO in text:
        found = [token if token == CLING else token.lstrip(ZERO) for token in found]
        found = [token for token in found if token]
    if "\r" in text or "\t" in text:
        found = [("\n" if token == "\r" and wanted else " ") if token in "\r\t" else token for token in found]
    return found


def spaced(text: str) -> list[str]:
    """Split words at their spaces; the spaces come too."""
    return _SPACED.findall(text)


def pieces(token: str, hyphenate: bool, whole: bool = False) -> list[tuple[str, str]]:
    """Split a word where it may be divided: at soft hyphens (a hyphen is added), after hard ones (it is there).

    A word that is kept `whole` is divided only where an address may be.
    """
    pieces: list[tuple[str, str]] = []
    start = 0
    for index, ch in enumerate(token):
        if ch == SHY:
            if hyphenate and index > start:
                pieces.append((token[start:index], "-"))
                start = index + 1
        elif ch == ZERO:
            if index > start:
                pieces.append((token[start:index], "="))
            start = index + 1
        elif (
            not whole
            and ch in "-\u2010"
            and 0 < index < len(token) - 1
            and token[index - 1].isalpha()
            and token[index + 1].isalpha()
        ):
            pieces.append((token[start : index + 1], "="))
            start = index + 1
    pieces.append((token[start:], ""))
    return [(text.replace(SHY, ""), after) for text, after in pieces if text.replace(SHY, "")]
