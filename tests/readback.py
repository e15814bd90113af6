"""A finished PDF read back as a stranger reads it: what its tags say, in order, and what its pages show.

The structure is read from the file's own tree, through marks and content streams, the words through ToUnicode; page
text and pictures come from PDFium, which knows nothing of either.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from report.preflight.reading import Paper, Spot, Tag, key_of, opened

Source = bytes | Path
INLINE = frozenset({"Span", "Link", "Quote", "Em", "Strong", "Reference", "Sub", "Code"})
SPOKEN_OFF = str.maketrans("", "", "\u00ad\u200b\u2060")
_SPACES = {"dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}


def outline(source: Source) -> str:
    """Return the structure tree as indented text: type, facts, words in reading order, pages where they change."""
    with opened(source) as paper:
        targets = {key_of(item): _target(item) for page in paper.pdf.pages for item in page.obj.get("/Annots", [])}
        return "\n".join(line for root in paper.roots for line in _Outline(paper, targets).lines(root, 0)) + "\n"


class _Outline:
    def __init__(self, paper: Paper, targets: dict[tuple[int, int], str]) -> None:
        self.paper, self.targets, self.page = paper, targets, 0

    def lines(self, tag: Tag, depth: int) -> Iterator[str]:
        pad = "  " * depth
        runs = list(self._runs(tag))
        if len(runs) == 1 and isinstance(runs[0], str):
            yield f"{pad}{tag.role}{_facts(tag)} {runs[0]}"
            return
        yield f"{pad}{tag.role}{_facts(tag)}"
        for run in runs:
            if isinstance(run, Tag):
                yield from self.lines(run, depth + 1)
            else:
                yield f"{pad}  {run}"

    def _runs(self, tag: Tag) -> Iterator[Tag | str]:
        """Join neighbouring marks of one page; name what has no words."""
        words, inked = "", False
        for kid in tag.kids:
            if isinstance(kid, Spot):
                turned = "" if kid.page == self.page else f"[p. {kid.page}] "
                if turned and inked:
                    yield _quoted(words)
                    words = ""
                if turned:
                    yield turned.strip()
                self.page, inked = kid.page, True
                words += "".join(stroke.words for stroke in self.paper.strokes(kid))
                continue
            if inked:
                yield _quoted(words)
            words, inked = "", False
            yield kid if isinstance(kid, Tag) else f"-> {self.targets.get(kid.key, '?')}"
        if inked:
            yield _quoted(words)


def _quoted(words: str) -> str:
    return f"“{words}”".replace("\u00ad", "·").replace("\u00a0", "⍽").replace("\u202f", "⍽") if words else "(ink)"


def _facts(tag: Tag) -> str:
    facts = [
        f"{name}={value!r}" for name, value in (("alt", tag.alt), ("actual", tag.actual), ("lang", tag.lang)) if value
    ]
    for name, value in sorted(tag.attrs.items()):
        shown = tuple(round(side) for side in value) if name == "BBox" else value
        facts.append(f"{name}={shown}")
    return " {" + ", ".join(facts) + "}" if facts else ""


def _target(annotation: Any) -> str:
    action = annotation.get("/A", {})
    where = str(action["/URI"]) if "/URI" in action else "inside"
    return f"{where} ({annotation.get('/Contents', '')})"


def words(source: Source) -> list[tuple[str, str]]:
    """Return (type, words) of every element with words of its own, inline ones joined to it, in reading order."""
    with opened(source) as paper:
        return [pair for root in paper.roots for pair in _words(paper, root)]


def _words(paper: Paper, tag: Tag) -> Iterator[tuple[str, str]]:
    said = "".join(_own(paper, tag))
    if said:
        yield tag.role, said
    for kid in tag.tags():
        if kid.role not in INLINE or not said:
            yield from _words(paper, kid)


def _own(paper: Paper, tag: Tag) -> Iterator[str]:
    if tag.actual:
        yield tag.actual
        return
    for kid in tag.kids:
        if isinstance(kid, Spot):
            yield "".join(stroke.words for stroke in paper.strokes(kid))
        elif isinstance(kid, Tag) and kid.role in INLINE:
            yield from _own(paper, kid)


def plain(text: str) -> str:
    """Return `text` without soft hyphens, each white space one blank."""
    return " ".join(text.translate(SPOKEN_OFF).split())


def artifacts(source: Source) -> list[list[str]]:
    """Return the words of each page's artifacts, in paint order."""
    with opened(source) as paper:
        return [[stroke.words for stroke in page.strokes if stroke.artifact and stroke.words] for page in paper.pages]


def bookmarks(source: Source) -> list[tuple[int, str, int]]:
    """Return (level from 1, words, page from 1) of every bookmark."""
    with _document(source) as document:
        found = []
        for item in document.get_toc():
            where = item.get_dest()
            page = where.get_index() if where is not None else None
            found.append((item.level + 1, item.get_title(), -1 if page is None else page + 1))
        return found


def links(source: Source) -> list[tuple[int, str]]:
    """Return (page from 1, target and words heard) of every link annotation."""
    with opened(source) as paper:
        pages = enumerate(paper.pdf.pages, 1)
        return [(number, _target(item)) for number, page in pages for item in page.obj.get("/Annots", [])]


def labels(source: Source) -> list[str]:
    """Return the label of each page, as a viewer shows it."""
    with _document(source) as document:
        return [document.get_page_label(index) for index in range(len(document))]


def about(source: Source) -> dict[str, str]:
    """Return what the XMP packet says: `dc:title` and so on, lists joined by semicolons; and language and version."""
    with opened(source) as paper:
        facts = {"language": str(paper.pdf.Root.get("/Lang", "")), "version": paper.pdf.pdf_version}
        packet = paper.pdf.Root.Metadata.read_bytes()
    prefixes: dict[str, str] = {}
    for _, (prefix, uri) in ElementTree.iterparse(io.BytesIO(packet), events=["start-ns"]):
        prefixes[uri] = prefix
    for description in ElementTree.fromstring(packet).iter(f"{{{_SPACES['rdf']}}}Description"):
        shorthand = [(name, value) for name, value in description.attrib.items() if not name.endswith("}about")]
        for name, value in shorthand + [(item.tag, _said(item)) for item in description]:
            uri, _, local = name[1:].partition("}")
            facts[f"{prefixes.get(uri, '?')}:{local}"] = value
    return facts


def _said(item: ElementTree.Element) -> str:
    listed = [entry.text or "" for entry in item.iter(f"{{{_SPACES['rdf']}}}li")]
    return "; ".join(listed) if listed else (item.text or "").strip()


def page_text(source: Source) -> list[str]:
    """Return the text of each page as PDFium finds it."""
    with _document(source) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def picture(source: Source, page: int, width: int = 240) -> Image.Image:
    """Return page `page` (from 1) drawn by PDFium, `width` pixels wide."""
    with _document(source) as document:
        sheet = document[page - 1]
        drawn: Image.Image = sheet.render(scale=width / sheet.get_width()).to_pil()
        return drawn.convert("RGB")


def sizes(source: Source) -> set[tuple[float, str]]:
    """Return the sizes in which letters stand, each with the name of its face."""
    found = set()
    with _document(source) as document:
        for sheet in document:
            text = sheet.get_textpage()
            for index in range(text.count_chars()):
                if not chr(pdfium.FPDFText_GetUnicode(text, index)).strip():
                    continue
                name = ctypes.create_string_buffer(128)
                pdfium.FPDFText_GetFontInfo(text, index, name, 128, ctypes.c_int())
                found.add((round(pdfium.FPDFText_GetFontSize(text, index), 2), name.value.decode("utf-8", "replace")))
    return found


def _document(source: Source) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(source)
