"""A drawing's file as a tree of tags that know their lines; whatever reaches outside the file is refused here.

No document type (so no entities), no style sheet, no script, no address but `#id`; size, depth and number of tags
are bounded. Home of the XML parser in this room. Knows: XML and which names SVG has. Must never know what is painted.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from report.errors import PictureFault
from report.findings import N_, Finding, Place
from report.records import field, record
from report.typeset.svgstyle import PROPERTIES, idle

LARGEST = 8_000_000  # bytes
DEEPEST = 64
MOST = 60_000  # tags

SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "http://www.w3.org/1999/xlink href"

REMEDY = N_(
    "A drawing may hold flat shapes only: paths, rectangles, circles, ellipses, lines, polygons, groups and clips. "
    "Convert text to paths and export the file as plain SVG without styles, effects and pictures."
)

_SHAPES = {
    "rect": "x y width height rx ry",
    "circle": "cx cy r",
    "ellipse": "cx cy rx ry",
    "line": "x1 y1 x2 y2",
    "polyline": "points",
    "polygon": "points",
    "path": "d",
}
SHAPES = frozenset(_SHAPES)
_HOLDERS = {
    "svg": "x y width height viewBox preserveAspectRatio version baseProfile zoomAndPan "
    "contentScriptType contentStyleType",
    "g": "",
    "defs": "",
    "symbol": "viewBox preserveAspectRatio x y width height refX refY",
    "use": "href x y width height",
    "clipPath": "clipPathUnits",
}
_WORDS = frozenset(("title", "desc", "metadata"))
_COMMON = (
    "id class style transform lang role tabindex focusable pathLength "
    "requiredFeatures requiredExtensions systemLanguage"
)
_ATTRIBUTES = {
    name: frozenset(f"{own} {_COMMON}".split()) | PROPERTIES for name, own in (*_SHAPES.items(), *_HOLDERS.items())
}
# They paint nothing where they stand; what refers to one of them is told where it refers.
_LATENT = frozenset(("linearGradient", "radialGradient", "pattern", "filter", "mask", "marker", "stop", "view"))
_SCRIPTED = re.compile(r"on[a-z]+$")
_URL = re.compile(r"url\(\s*(?!['\"]?#)", re.IGNORECASE)


@record()
class Tag:
    """One element of SVG: local name, attributes without prefixes, children of SVG, its words, its line."""

    name: str
    attrs: dict[str, str]
    line: int
    kids: list[Tag] = field(default_factory=list)
    words: str = ""


def fault(file: str, line: int, message: str, remedy: str = "", **values: object) -> Finding:
    """Return the finding about a drawing that says `message` of the line."""
    return Finding("picture.drawing", message, values, Place(file, line), remedy=remedy)


def parse(raw: bytes, path: Path) -> tuple[Tag, list[Finding]]:
    """Return the root tag of the drawing in `raw` and the faults found on the way; raise where it is no drawing."""
    if len(raw) > LARGEST:
        raise PictureFault(
            fault(path.name, 0, N_("The drawing is larger than {limit} MB."), limit=LARGEST // 1_000_000)
        )
    return _Parser(path.name).run(raw)


class _Parser:
    """Builds the tree from the parser's events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Finding] = []
        self.open: list[Tag | None] = []  # None: a foreign element, which paints nothing
        self.root: Tag | None = None
        self.count = 0
        self.expat = expat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = self.end
        self.expat.CharacterDataHandler = self.text
        self.expat.StartDoctypeDeclHandler = self.doctype
        self.expat.ProcessingInstructionHandler = self.instruction

    def run(self, raw: bytes) -> tuple[Tag, list[Finding]]:
        try:
            self.expat.Parse(raw, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code) or "?"
            self.stop(N_("The drawing is not well-formed XML: {reason}"), line=error.lineno, reason=reason)
        except (LookupError, ValueError, UnicodeError) as error:  # an encoding that nobody knows
            self.stop(N_("The drawing is not well-formed XML: {reason}"), reason=str(error))
        if self.root is None:
            self.stop(N_("This is not a drawing: its first element is not “svg”."))
        return self.root, self.faults

    def stop(self, message: str, line: int = 0, **values: object) -> NoReturn:
        raise PictureFault(fault(self.file, line or self.expat.CurrentLineNumber, message, "", **values))

    def tell(self, message: str, **values: object) -> None:
        if len(self.faults) < 30:
            self.faults.append(fault(self.file, self.expat.CurrentLineNumber, message, REMEDY, **values))

    def doctype(self, name: str, system: str | None, public: str | None, internal: bool) -> None:
        self.stop(N_("A drawing must not declare a document type (<!DOCTYPE …>): delete that line."))

    def instruction(self, target: str, data: str) -> None:
        if target == "xml-stylesheet":
            self.tell(N_("A style sheet is not understood."))

    def start(self, name: str, attrs: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self.count += 1
        if self.count > MOST or len(self.open) > DEEPEST:
            self.stop(
                N_("The drawing has more than {most} elements or more than {deep} levels."), most=MOST, deep=DEEPEST
            )
        above = self.open[-1] if self.open else None
        if self.open and (above is None or above.name in _WORDS or space not in (SVG, "")):
            self.open.append(None)
            return
        tag = Tag(local, self.attributes(local, attrs), self.expat.CurrentLineNumber)
        if above is not None:
            above.kids.append(tag)
        elif local == "svg" and space in (SVG, ""):
            self.root = tag
        else:
            self.stop(N_("This is not a drawing: its first element is not “svg”."))
        if local == "svg" and above is not None:
            self.tell(N_("A drawing inside a drawing (<svg> in <svg>) is not understood."))
        elif local not in _ATTRIBUTES and local not in _WORDS and local not in _LATENT:
            self.tell(N_("<{name}> is not understood in a flat drawing."), name=local)
        self.open.append(tag)

    def attributes(self, tag: str, attrs: dict[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in attrs.items():
            if name in (_XLINK_HREF, "href"):
                if not value.strip().startswith("#"):
                    self.tell(
                        N_("“{value}” lies outside the drawing: only references to its own parts are allowed."),
                        value=value[:60],
                    )
                found["href"] = value.strip()
                continue
            if " " in name:  # another namespace: an editor's notes
                continue
            if _URL.search(value):
                self.tell(
                    N_("“{value}” lies outside the drawing: only references to its own parts are allowed."),
                    value=value[:60],
                )
            elif _SCRIPTED.match(name):
                self.tell(N_("A script ({name}) is not allowed."), name=name)
            elif tag in _ATTRIBUTES and not self.known(tag, name):
                self.tell(N_("The attribute “{name}” of <{tag}> is not understood."), name=name, tag=tag)
            found[name] = value
        return found

    @staticmethod
    def known(tag: str, name: str) -> bool:
        return name in _ATTRIBUTES[tag] or idle(name) or name.startswith(("data-", "aria-"))

    def end(self, name: str) -> None:
        self.open.pop()

    def text(self, data: str) -> None:
        tag = self.open[-1] if self.open else None
        if tag is not None and tag.name in _WORDS:
            tag.words += data
