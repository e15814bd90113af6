"""The proof: pages with their ink, and the record of what every mark means.

`typeset` makes it, `finish` turns it into files; both editions of one ink are finished from the same proof. All
measures are points, y grows upward from the lower left corner of the trimmed page (PDF's own way). Knows: nothing
but plain data. Must never know which standard was ordered or which PDF library writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from report.findings import Finding
from report.records import field, record

Rect = tuple[float, float, float, float]  # left, bottom, right, top


@record(frozen=True)
class Mark:
    """One marked-content sequence: page index (from 0) and its number on that page."""

    page: int
    mcid: int


@record(eq=False)
class Element:
    """A structure element in the trade's role; `kids` in reading order: marks, elements, links.

    Roles: document section heading-1 … heading-6 paragraph quotation list item label body table table-head table-body
    row head-cell cell figure caption link span note contents contents-item reference. `kids` of a figure's picture
    and caption stay in one `figure`: standards decide where the caption goes.
    """

    role: str
    kids: list[Element | Mark | Link | Tick] = field(default_factory=list)
    of: str = ""  # path of the article field its words came from
    lang: str = ""  # only where it differs from the parent's
    alt: str = ""  # what a picture shows
    actual: str = ""  # words to read instead of the marks
    title: str = ""
    scope: str = ""  # head-cell: column, row
    colspan: int = 1
    rowspan: int = 1
    numbering: str = ""  # list: none, disc, decimal
    box: tuple[int, Rect] | None = None  # figure: page index and its box on the page

    def walk(self) -> Iterator[Element]:
        """Walk this element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


@record(eq=False)
class Link:
    """A link's place on one page: one annotation with one rectangle a line. `target` is an address or `#page` index."""

    page: int
    rects: list[Rect]
    target: str
    contents: str  # what a reader hears: the alternative text of the annotation


@record(eq=False)
class Tick:
    """A box that a person may tick on the screen: its place on one page, its name as it is heard, the tick's ink."""

    page: int
    rect: Rect
    name: str
    ink: bytes  # operators, from the lower left corner of the box


@record()
class Page:
    """One page: trimmed size, bleed around it, its content stream (uncompressed operators) and what it names.

    `content` names faces `/F0`, pictures `/P0`, forms `/X0`, spot inks `/C0`: the keys of the proof's `fonts`,
    `pictures`, `forms`, `inks`.
    `owners[mcid]` is the element that owns the mark.
    """

    width: float
    height: float
    bleed: float
    content: bytes
    fonts: tuple[str, ...]
    pictures: tuple[str, ...]
    forms: tuple[str, ...]
    owners: list[Element]
    label: str  # the page number as printed or counted: 1, 2, iv
    master: str = ""
    slug: float = 0.0  # round the bleed: room for marks
    inks: tuple[str, ...] = ()


@record()
class Font:
    """A subset ready to embed: one CID per (glyph, text), a TrueType program, and measures in 1/1000 em."""

    name: str  # PostScript name without subset tag
    program: bytes
    widths: list[int]  # by CID
    to_gid: list[int]  # CID -> glyph of the subset program
    text: list[str]  # CID -> the characters it stands for
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    stem: int
    italic: bool = False
    serif: bool = False


@record()
class Picture:
    """A raster picture that a page names; its bytes are made per edition. `crop` in fractions of the turned picture."""

    source: str  # path of the file
    width: float  # placed size of the whole crop, points (the largest use)
    height: float
    crop: Rect = (0.0, 0.0, 1.0, 1.0)  # left, top, right, bottom, of the upright picture


@record()
class Form:
    """A drawing that pages name: operators in its own coordinates, its box."""

    content: bytes
    box: Rect
    inks: tuple[str, ...] = ()


@record(frozen=True)
class Ink:
    """A plate of its own in the press: its name on the plate, and the CMYK percent that stand for it elsewhere."""

    name: str
    cmyk: tuple[float, float, float, float]


@record()
class ImageData:
    """A picture's finished bytes: how one edition embeds it. `filter` is DCTDecode or FlateDecode."""

    width: int
    height: int
    space: str  # DeviceRGB, DeviceGray, DeviceCMYK
    bits: int
    filter: str
    data: bytes
    soft_mask: ImageData | None = None
    inverted: bool = False  # CMYK JPEG with inverted values


@record(frozen=True)
class OutlineEntry:
    """A bookmark: level from 1, its words, where it leads (page index, y of the destination), the element it names."""

    level: int
    title: str
    page: int
    y: float
    element: Element


@record()
class About:
    """What the file says of itself: for the document information and XMP. Dates are ISO 8601 texts or empty."""

    title: str
    language: str
    authors: tuple[str, ...] = ()
    subject: str = ""
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""
    date: str = ""  # the article's date; empty: no dates anywhere
    identifier: str = ""  # the publication's id
    draft: bool = False


@record()
class Proof:
    """The whole: pages, structure, what both name, and what was noticed on the way."""

    about: About
    pages: list[Page]
    root: Element
    fonts: dict[str, Font]
    pictures: dict[str, Picture]
    forms: dict[str, Form]
    outline: list[OutlineEntry]
    fields: dict[str, list[tuple[int, Rect]]]  # article field -> page index and box, in page order
    lines: Callable[[], list[str]]  # the set lines as text: page, region, position, style, words; made when asked for
    taken: list[tuple[str, str]]  # choice -> the option that fitted
    findings: list[Finding]
    inks: dict[str, Ink] = field(default_factory=dict)


def structure(element: Element, depth: int = 0) -> str:
    """Return a structure as indented lines: role, facts, the pages of its marks."""
    facts = [
        f"{name}={value}"
        for name in ("of", "lang", "alt", "actual", "title", "scope")
        if (value := getattr(element, name))
    ]
    pages = [str(kid.page + 1) for kid in element.kids if isinstance(kid, Mark)]
    head = " ".join(("  " * depth + element.role, *facts, *((f"pages {','.join(pages)}",) if pages else ())))
    lines = [head]
    for kid in element.kids:
        if isinstance(kid, Element):
            lines.append(structure(kid, depth + 1))
        elif isinstance(kid, Link):
            lines.append(f"{'  ' * (depth + 1)}-> {kid.target} ({kid.contents})")
    return "\n".join(lines)
