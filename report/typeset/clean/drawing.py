"""A drawing's file without what an editor wrote into it: comments, notes, names of layers, paths of other files.

What paints stays, and the drawing's own title and description. Knows: XML, SVG's name space. Must never know what is
painted, or who wants the file.
"""

from __future__ import annotations

from xml.parsers import expat
from xml.sax.saxutils import escape

from report.typeset.clean.words import Unclean
from report.typeset.svgtree import SVG

_XLINK, _XML = "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
_WORDS = frozenset(("title", "desc"))
_PREFIXES = {_XLINK: "xlink", _XML: "xml"}
_ROLE = "data-role"  # which colour of the house a part takes: the only note that paints


def cleaned(data: bytes) -> bytes:
    """Return the drawing anew in UTF-8; raise Unclean where it is no XML."""
    return _Writer().run(data)


class _Writer:
    """Writes again what the parser reads, as far as it belongs to the drawing."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[tuple[str, int]] = []  # name, and how many parts there were then
        self.foreign = 0  # so many elements are open that are none of the drawing's
        self.expat = expat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.ordered_attributes = True
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = self.end
        self.expat.CharacterDataHandler = self.text
        self.expat.StartDoctypeDeclHandler = self.doctype

    def run(self, data: bytes) -> bytes:
        try:
            self.expat.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError):
            raise Unclean from None
        return ("".join(self.parts) + "\n").encode()

    def doctype(self, *_: object) -> None:
        raise Unclean

    def start(self, name: str, attrs: list[str]) -> None:
        space, _, local = name.rpartition(" ")
        if self.foreign or space not in (SVG, "") or local == "metadata":
            self.foreign += 1
            return
        told = "".join(self.attribute(key, value) for key, value in zip(attrs[::2], attrs[1::2], strict=True))
        spaces = f' xmlns="{SVG}" xmlns:xlink="{_XLINK}"' if not self.open else ""
        self.parts.append(f"<{local}{spaces}{told}>")
        self.open.append((local, len(self.parts)))

    @staticmethod
    def attribute(name: str, value: str) -> str:
        space, _, local = name.rpartition(" ")
        if space and space not in _PREFIXES:
            return ""
        if local.startswith("data-") and local != _ROLE:
            return ""
        full = f"{_PREFIXES[space]}:{local}" if space else local
        return f' {full}="{escape(value, {chr(34): "&quot;", chr(10): "&#10;", chr(9): "&#9;"})}"'

    def end(self, name: str) -> None:
        if self.foreign:
            self.foreign -= 1
            return
        local, begin = self.open.pop()
        if len(self.parts) == begin:
            self.parts[-1] = f"{self.parts[-1][:-1]}/>"
        else:
            self.parts.append(f"</{local}>")

    def text(self, data: str) -> None:
        if self.foreign or not self.open:
            return
        if self.open[-1][0] in _WORDS or not data.strip():
            self.parts.append(escape(data))
