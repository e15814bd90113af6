"""Markup becomes the content tree, and every fault in it is told at once, with its line.

White space: between blocks it means nothing; inside a block that holds words each run of it is one space, none at the
block's ends or beside a line break. No-break spaces and soft hyphens are words, not white space. Elements without
words are left out. Knows: XML, the vocabulary. Must never know points, fonts, standards, or who wrote the markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from report.compose.vocabulary import DROPPED_WHEN_EMPTY, INLINE, KINDS, Kind
from report.content import Node
from report.errors import LayoutFault
from report.findings import N_, Finding, Place, nearest

DEEPEST = 48  # elements inside each other; a page with nested choices needs about twelve
_SPACE = " \t\r\n"
_SPACES = re.compile("[ \t\r\n]+")
_ONLY = re.compile(r"""\sonly\s*=\s*["']([^"']*)""")  # words of an article cannot look so: their marks are escaped
_ENOUGH = 100  # faults told; the rest are likely echoes


def content(markup: str, name: str, edition: str = "") -> Node:
    """Return the tree of `markup` (called `name` in messages), without what other editions than `edition` keep.

    Raise LayoutFault with every fault. With no `edition` everything is kept.
    """
    reader = _Reader(name, edition)
    reader.read(markup)
    if not (reader.faults or reader.pages):
        reader.faults.append(Finding("layout.markup", N_("The layout writes no page."), {}, Place(name, 1)))
    if reader.faults:
        raise LayoutFault(*reader.faults)
    assert reader.root is not None  # the XML parser refuses a text without a root
    return reader.root


def selection(markup: str, edition: str) -> tuple[bool, ...]:
    """Return which elements that are not for all `edition` keeps: editions with the same answer have the same tree."""
    return tuple(edition in names.split() for names in _ONLY.findall(markup))


class _Enough(Exception):
    """Reading stops: the rest cannot be understood."""


class _Reader:
    """Builds the tree from the parser's events; `open` holds the elements that are not closed yet."""

    def __init__(self, name: str, edition: str) -> None:
        self.name = name
        self.edition = edition
        self.faults: list[Finding] = []
        self.root: Node | None = None
        self.open: list[tuple[Node, Kind | None, bool]] = []  # node, its row, whether the edition keeps it
        self.right: set[tuple[str, str]] = set()  # attributes looked at already: regions and styles come back often
        self.parser: Any = None
        self.pages = 0

    def read(self, markup: str) -> None:
        from xml.parsers import expat

        parser = self.parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.words
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        try:
            parser.Parse(markup, True)
        except expat.ExpatError as error:
            self.broken(expat.ErrorString(error.code), error.lineno)
        except UnicodeEncodeError:
            self.broken("not a character", 0)
        except _Enough:
            pass
        finally:
            self.parser = None  # the parser and this object hold each other

    # -- faults

    def fault(self, message: str, line: int = 0, remedy: str = "", **values: object) -> None:
        where = Place(self.name, line or self.parser.CurrentLineNumber)
        self.faults.append(Finding("layout.markup", message, values, where, remedy=remedy))
        if len(self.faults) >= _ENOUGH:
            raise _Enough

    def broken(self, reason: str, line: int) -> None:
        values: dict[str, object] = {"reason": reason, "element": f"<{self.open[-1][0].kind}>" if self.open else "-"}
        if reason == "no element found":
            message = N_("The template writes nothing.")
        elif reason == "undefined entity":
            message = N_("Named characters such as &nbsp; are not known: write the character itself or &#160;.")
        else:
            message = N_("The markup is not well-formed ({reason}); open here: {element}.")
        self.faults.append(Finding("layout.markup", message, values, Place(self.name, line)))

    def doctype(self, *_: object) -> None:
        self.fault(N_("A document type (<!DOCTYPE>) is not allowed."))
        raise _Enough

    def instruction(self, target: str, data: str) -> None:
        self.fault(N_("A processing instruction (<?{target}?>) is not allowed."), target=target)

    # -- events

    def start(self, name: str, attrs: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        kind = KINDS.get(name)
        if kind is None:
            self.unknown(N_("There is no element <{name}>."), name, KINDS)
        else:
            self.check(kind, attrs)
        above = self.open[-1][1] if self.open else None
        if above is None or name not in above.children or name == "a":
            self.place(name)
        kept = not self.edition or "only" not in attrs or self.edition in attrs["only"].split()
        node = Node(name, attrs, [], line)
        if not self.open:
            self.root = node
        self.open.append((node, kind, kept))
        self.pages += name == "page"
        if len(self.open) > DEEPEST:
            self.fault(N_("Elements are nested more than {limit} deep."), limit=DEEPEST)
            raise _Enough

    def words(self, words: str) -> None:
        node, kind, _ = self.open[-1]
        if kind is None or kind.holds in ("words", "either"):
            node.children.append(words)
        elif words.strip(_SPACE):
            shown = words.strip(_SPACE).split("\n")[0][:40]
            self.fault(N_("Words cannot stand directly in <{name}>: “{words}”."), name=node.kind, words=shown)

    def end(self, name: str) -> None:
        node, kind, kept = self.open.pop()
        if kind is not None and name not in INLINE:
            self.settle(node, kind)
        if not self.open or not kept:
            return
        if not node.children and name in DROPPED_WHEN_EMPTY:
            return
        self.open[-1][0].children.append(node)

    def settle(self, node: Node, kind: Kind) -> None:
        """Bring the white space of a finished block in order and look at what it holds."""
        if kind.holds == "either" and any(child.kind not in INLINE and child.kind != "text" for child in node.nodes()):
            loose = [child for child in node.children if isinstance(child, str) or child.kind in INLINE]
            if any(child.strip(_SPACE) if isinstance(child, str) else True for child in loose):
                message = N_("<{name}> holds words and blocks side by side: put the words into a <p>.")
                self.fault(message, name=node.kind)
            node.children = [child for child in node.children if isinstance(child, Node)]
        elif kind.holds in ("words", "either"):
            settled(node)
        elif node.kind == "choice":
            names = [option.get("name") for option in node.nodes()]
            if not names:
                self.fault(N_("A <choice> needs at least one <option>."), node.line)
            for name in sorted({name for name in names if names.count(name) > 1}):
                self.fault(N_("Two options of one choice are called “{name}”."), node.line, name=name)

    # -- the vocabulary

    def check(self, kind: Kind, attrs: dict[str, str]) -> None:
        for attr, value in attrs.items():
            if (attr, value) in self.right and attr in kind.attrs:
                continue
            right = kind.checks.get(attr)
            if attr not in kind.attrs:
                self.unknown(N_("<{element}> has no attribute “{name}”."), attr, kind.attrs, element=kind.name)
            elif right is not None and not right[0](value):
                self.fault(right[1], element=kind.name, name=attr, value=value[:80])
            elif kind.name != "meta":
                self.right.add((attr, value))
        for attr in kind.required:
            if not attrs.get(attr, "").strip(_SPACE):
                self.fault(N_("<{element}> needs the attribute “{name}”."), element=kind.name, name=attr)
        if kind.name == "img" and not attrs.get("alt", "").strip(_SPACE) and attrs.get("decorative") != "yes":
            self.fault(N_("<img> needs alt (words for who cannot see it) or decorative=“yes”."))

    def unknown(self, message: str, name: str, known: Iterable[str], element: str = "") -> None:
        near = nearest(name, sorted(known), 0.5)
        remedy = N_("The nearest known name is “{near}”.") if near else ""
        self.fault(message, remedy=remedy, name=name, near=near, element=element)

    def place(self, name: str) -> None:
        """See that the element `name` may stand where it stands."""
        if not self.open:
            if name != "document":
                self.fault(N_("The markup must begin with <document>, not with <{name}>."), name=name)
            return
        if name == "a" and any(node.kind == "a" for node, _, _ in self.open):
            self.fault(N_("A link cannot stand in a link."))
        above = self.open[-1][1]
        if above is not None and name in KINDS and name not in above.children:
            self.fault(N_("<{name}> cannot stand in <{above}>."), name=name, above=above.name)


def settled(block: Node) -> None:
    """Collapse the white space of a block that holds words, across the elements inside a line."""
    children = block.children
    if len(children) == 1 and isinstance(children[0], str):
        words = _collapsed(children[0]).strip(" ")
        block.children = [words] if words else []
        return
    line = _Line()
    line.take(block)
    line.close()
    _prune(block)


def _collapsed(words: str) -> str:
    if "\n" in words or "  " in words or "\t" in words or "\r" in words:  # looking is far cheaper than replacing
        return _SPACES.sub(" ", words)
    return words


class _Line:
    """Walks the words of one line; `bare`: nothing stands yet; `last`: where the words stand that end with a space."""

    def __init__(self) -> None:
        self.bare = True
        self.last: tuple[list[Node | str], int] | None = None

    def take(self, node: Node) -> None:
        for index, child in enumerate(node.children):
            if isinstance(child, str):
                words = _collapsed(child)
                if self.bare or self.last is not None:
                    words = words.removeprefix(" ")
                node.children[index] = words
                if words:
                    self.bare = False
                    self.last = (node.children, index) if words.endswith(" ") else None
            elif child.kind in ("br", "text"):
                self.close()
            elif child.kind == "pageref":  # words that the typesetter knows: a number
                self.bare, self.last = False, None
            else:
                self.take(child)

    def close(self) -> None:
        if self.last is not None:
            children, index = self.last
            children[index] = str(children[index]).removesuffix(" ")
        self.bare, self.last = True, None


def _prune(node: Node) -> None:
    """Join neighbouring runs of words and leave out what has become empty."""
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node):
            if child.kind != "text":
                _prune(child)
            if child.children or child.kind not in DROPPED_WHEN_EMPTY:
                kept.append(child)
        elif child and kept and isinstance(kept[-1], str):
            kept[-1] += child
        elif child:
            kept.append(child)
    node.children = kept
