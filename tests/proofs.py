"""Proofs made by hand: a tiny typesetter, so that finishing is tested on what a test can see at a glance."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any

import pikepdf
import uharfbuzz as hb

from report.editions import EDITIONS, Edition
from report.finish import finish
from report.paths import shipped
from report.proof import (
    About,
    Element,
    Font,
    Form,
    ImageData,
    Link,
    Mark,
    OutlineEntry,
    Page,
    Picture,
    Proof,
    Rect,
)
from report.standards import Ordered, combine

MAIL = EDITIONS["mail"]
OLD, NEW = combine(("ua1", "a2a")), combine(("ua2", "a4"))

ABOUT = About(
    title="Gladbeck für Familien (Auszug) & mehr <2025>",
    language="de-DE",
    authors=("Stadt Gladbeck", "Pressestelle"),
    subject="Auszeichnung als familiengerechte Kommune",
    keywords=("Familie", "Öffentlichkeitsarbeit"),
    publisher="Stadt Gladbeck",
    rights="© Stadt Gladbeck",
    date="2025-03-01",
    identifier="familienkommune",
)
LETTERS = "".join(map(chr, range(32, 127))) + "ÄÖÜäöüß„“–…é\u00a0\u00ad"


@cache
def font(file: str = "SourceSans3-Regular.ttf") -> tuple[Font, dict[str, int]]:
    """Subset a face to LETTERS; return it and the code of each letter (code 0 is the missing glyph)."""
    face = hb.Face(hb.Blob.from_file_path(str(shipped("assets", "fonts", file))))
    shaper = hb.Font(face)
    gids = [0, *(shaper.get_nominal_glyph(ord(sign)) or 0 for sign in LETTERS)]
    wish = hb.SubsetInput()
    wish.sets(hb.SubsetInputSets.GLYPH_INDEX).set(set(gids))
    wish.flags = hb.SubsetFlags.NO_HINTING
    for tag in ("GSUB", "GPOS", "GDEF", "name", "OS/2", "post"):
        wish.sets(hb.SubsetInputSets.DROP_TABLE_TAG).add(int.from_bytes(tag.encode(), "big"))
    plan = hb.SubsetPlan(face, wish)
    new = plan.old_to_new_glyph_mapping
    made = Font(
        name=file.removesuffix(".ttf"),
        program=plan.execute().blob.data,
        widths=[round(shaper.get_glyph_h_advance(gid) * 1000 / face.upem) for gid in gids],
        to_gid=[new[gid] for gid in gids],
        text=["", *LETTERS],
        box=(-454, -293, 2159, 968),
        ascent=750,
        descent=-250,
        cap_height=660,
        italic_angle=0.0,
        stem=80,
        serif="Serif" in file,
    )
    return made, {sign: code for code, sign in enumerate(LETTERS, 1)}


class Hand:
    """Sets words on pages and hangs the marks on elements, in the order of the calls."""

    def __init__(self, about: About = ABOUT, fonts: Sequence[str] = ("SourceSans3-Regular.ttf",)) -> None:
        self.about = about
        self.root = Element("document")
        self.pages: list[Page] = []
        self.ink: list[list[bytes]] = []
        self.fonts = {f"F{index}": font(file)[0] for index, file in enumerate(fonts)}
        self.pictures: dict[str, Picture] = {}
        self.images: dict[str, ImageData] = {}
        self.forms: dict[str, Form] = {}
        self.outline: list[OutlineEntry] = []

    def page(self, label: str = "", width: float = 420, height: float = 595, bleed: float = 0) -> None:
        """Begin a page."""
        label = label or str(len(self.pages) + 1)
        self.pages.append(Page(width, height, bleed, b"", ("F0",), (), (), [], label))
        self.ink.append([])
        self.y = height - 60

    def add(self, role: str, within: Element | None = None, **facts: object) -> Element:
        """Put an element below `within`, or below the root."""
        made = Element(role, **facts)  # type: ignore[arg-type]
        (within or self.root).kids.append(made)
        return made

    def say(self, element: Element, words: str, size: float = 11, x: float = 40, face: str = "F0") -> Rect:
        """Show `words` under a new mark of `element`; return their rectangle."""
        self.mark(element, self.words(words, size, x, face))
        width = sum(self.fonts[face].widths[font()[1][sign]] for sign in words) * size / 1000
        return (x, self.y - 3, x + width, self.y + size)

    def words(self, words: str, size: float = 11, x: float = 40, face: str = "F0") -> bytes:
        """Return the operators that show `words` on the next line."""
        self.y -= 1.4 * size
        if face not in self.pages[-1].fonts:
            self.pages[-1].fonts += (face,)
        codes = b"".join(font()[1][sign].to_bytes(2, "big") for sign in words).hex()
        return f"BT /{face} {size} Tf {x} {self.y:.2f} Td <{codes}> Tj ET".encode()

    def mark(self, element: Element, operators: bytes) -> None:
        """Put `operators` under a new mark of `element`."""
        page = self.pages[-1]
        mark = Mark(len(self.pages) - 1, len(page.owners))
        page.owners.append(element)
        element.kids.append(mark)
        self.ink[-1].append(b"/P <</MCID %d>> BDC\n%s\nEMC" % (mark.mcid, operators))

    def artifact(self, operators: bytes) -> None:
        """Put `operators` down as ink without meaning."""
        self.ink[-1].append(b"/Artifact BMC\n%s\nEMC" % operators)

    def picture(self, element: Element, key: str, data: ImageData, box: Rect) -> None:
        """Place a picture under a mark of `element`."""
        self.pictures[key] = Picture(f"{key}.png", box[2] - box[0], box[3] - box[1])
        self.images[key] = data
        if key not in self.pages[-1].pictures:
            self.pages[-1].pictures += (key,)
        left, bottom, right, top = box
        self.mark(element, f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm /{key} Do Q".encode())
        element.box = (len(self.pages) - 1, box)

    def link(self, element: Element, rects: list[Rect], target: str, contents: str = "Seite der Stadt") -> None:
        """Lay a link's area on the page."""
        element.kids.append(Link(len(self.pages) - 1, rects, target, contents))

    def bookmark(self, level: int, title: str, element: Element) -> None:
        """Make a bookmark that leads to the present place."""
        self.outline.append(OutlineEntry(level, title, len(self.pages) - 1, self.y + 20, element))

    def proof(self) -> Proof:
        """Close the pages and return the whole."""
        for page, ink in zip(self.pages, self.ink, strict=True):
            page.content = b"\n".join(ink)
        return Proof(
            self.about, self.pages, self.root, self.fonts, self.pictures, self.forms, self.outline, {}, [], [], []
        )


def picture(width: int = 4, height: int = 3, alpha: bool = False) -> ImageData:
    """Return a small picture of a blue slope, with alpha if wished."""
    pixels = bytes(value for y in range(height) for x in range(width) for value in (x * 40 % 256, y * 60 % 256, 200))
    mask = bytes(255 - 20 * (x % 10) for _ in range(height) for x in range(width))
    soft = ImageData(width, height, "DeviceGray", 8, "FlateDecode", zlib.compress(mask)) if alpha else None
    return ImageData(width, height, "DeviceRGB", 8, "FlateDecode", zlib.compress(pixels), soft)


def everything() -> Hand:
    """Return a proof with all that a proof can hold, over three pages."""
    hand = Hand(fonts=("SourceSans3-Regular.ttf", "SourceSerif4-Regular.ttf"))
    hand.page("i")
    section = hand.add("section", title="Anfang")
    title = hand.add("heading-1", section)
    hand.say(title, "Gladbeck für Familien", 20)
    hand.bookmark(1, "Gladbeck für Familien", title)
    _words(hand, section)
    _list(hand, section)
    figures(hand, section)
    running = hand.add("paragraph", section)
    hand.say(running, "Dieser Absatz beginnt hier")
    link = hand.add("link", running)
    area = hand.say(link, "und sein Verweis")
    hand.link(link, [area], "https://www.gladbeck.de/")
    table = hand.add("table", section)
    _table(hand, table, 3)
    hand.artifact(hand.words("Seite 1", 8))
    hand.page("ii")
    area = hand.say(link, "läuft auf die zweite Seite")
    hand.link(link, [area], "https://www.gladbeck.de/")
    hand.say(running, "weiter, wo er endet.")
    hand.artifact(hand.words("Name Betrag"))
    _rows(hand, next(kid for kid in table.kids if isinstance(kid, Element) and kid.role == "table-body"), 3)
    hand.page("1")
    _contents(hand, title)
    return hand


def _words(hand: Hand, section: Element) -> None:
    second = hand.add("heading-2", section)
    hand.bookmark(2, "Worte (und Zeichen)", second)
    hand.say(second, "Worte", 14)
    paragraph = hand.add("paragraph", section)
    hand.say(paragraph, "Ein Absatz mit einem")
    hand.say(hand.add("span", paragraph, lang="en"), "foreign word,", face="F1")
    hand.say(hand.add("span", paragraph, actual="Zusammenarbeit"), "Zusammen\u00adarbeit")
    hand.add("span", paragraph)  # bears nothing: not in the file
    link = hand.add("link", paragraph)
    areas = [hand.say(link, "Verweis über"), hand.say(link, "zwei Zeilen")]
    hand.link(link, areas, "https://www.gladbeck.de/öffnungszeiten")
    quotation = hand.add("quotation", section)
    hand.say(hand.add("paragraph", quotation), "„Das ist ein Zitat“")
    note = hand.add("note", section)
    hand.say(hand.add("label", note), "1")
    hand.say(hand.add("paragraph", note), "Eine Anmerkung.")


def _list(hand: Hand, section: Element) -> None:
    listing = hand.add("list", section, numbering="decimal")
    for count in ("1.", "2."):
        item = hand.add("item", listing)
        hand.say(hand.add("label", item), count)
        body = hand.add("body", item)
        hand.say(hand.add("paragraph", body), "Punkt der Liste")


def figures(hand: Hand, section: Element) -> None:
    """Add a figure with caption, one with alpha and its caption before, a meaningless one, a drawing."""
    plain = hand.add("figure", section, alt="Ein blauer Verlauf")
    hand.picture(plain, "P0", picture(), (300, 300, 340, 330))
    hand.say(hand.add("paragraph", hand.add("caption", plain)), "Unterschrift hinten")
    clear = hand.add("figure", section, alt="Ein durchscheinender Verlauf")
    caption = hand.add("caption", clear)
    hand.say(caption, "Unterschrift vorn")
    hand.picture(clear, "P1", picture(alpha=True), (300, 250, 340, 280))
    dumb = hand.add("figure", section)
    hand.say(hand.add("caption", dumb), "Worte ohne Bild")
    hand.forms["X0"] = Form(b"0.2 0.4 0.6 rg 0 0 10 10 re f", (0, 0, 10, 10))
    hand.pages[-1].forms += ("X0",)
    drawing = hand.add("figure", section, alt="Ein Quadrat")
    hand.mark(drawing, b"q 3 0 0 3 300 200 cm /X0 Do Q")
    drawing.box = (len(hand.pages) - 1, (300, 200, 330, 230))


def _table(hand: Hand, table: Element, rows: int) -> None:
    hand.say(hand.add("caption", table), "Preise")
    row = hand.add("row", hand.add("table-head", table))
    hand.say(hand.add("head-cell", row, scope="column"), "Name")
    hand.say(hand.add("head-cell", row, scope="column", colspan=2), "Betrag")
    _rows(hand, hand.add("table-body", table), rows)


def _rows(hand: Hand, body: Element, rows: int) -> None:
    for _ in range(rows):
        row = hand.add("row", body)
        hand.say(hand.add("head-cell", row, scope="row"), "Kita")
        hand.say(hand.add("paragraph", hand.add("cell", row)), "10.000 Euro")
        hand.add("cell", row)  # empty, and stays


def _contents(hand: Hand, title: Element) -> None:
    section = hand.add("section")
    heading = hand.add("heading-2", section)
    hand.bookmark(3, "Inhalt – Übersicht", heading)
    hand.say(heading, "Inhalt", 14)
    item = hand.add("contents-item", hand.add("contents", section))
    link = hand.add("link", hand.add("reference", item))
    hand.link(link, [hand.say(link, "Gladbeck für Familien, Seite i")], "#0", "Zum Anfang")


def made(hand: Hand, ordered: Ordered = OLD, edition: Edition = MAIL) -> bytes:
    """Finish what a hand has made."""
    return finish(hand.proof(), ordered, edition, hand.images)


@cache
def whole(names: tuple[str, ...] = ("ua1", "a2a")) -> bytes:
    """Return the file with everything in it."""
    return made(everything(), combine(names))


def opened(data: bytes) -> pikepdf.Pdf:
    """Open a file with pikepdf."""
    return pikepdf.open(io.BytesIO(data))


def all_of(pdf: pikepdf.Pdf, key: str, value: str) -> list[Any]:
    """Return all objects in which `key` has this name for its value."""
    kinds = (pikepdf.Dictionary, pikepdf.Stream)
    return [item for item in pdf.objects if isinstance(item, kinds) and item.get(key) == value]
