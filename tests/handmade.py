"""A small tagged PDF made by hand with pikepdf: heading, paragraph with a link, list, table, picture, furniture.

It keeps every rule, so a test may break one thing and see that one rule speaks. Nothing of the project makes it.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from report.paths import shipped

TITLE = "Ein kleines Blatt"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class Maker:
    """Writes one page: content, elements and their marks, in the order of the calls."""

    def __init__(self) -> None:
        from fontTools.ttLib import TTFont

        self.pdf = pikepdf.new()
        self.path = shipped("assets", "fonts", "SourceSans3-Regular.ttf")
        self.font = TTFont(self.path)
        self.cmap, self.order = self.font.getBestCmap(), self.font.getReverseGlyphMap()
        self.used: dict[int, str] = {}
        self.content: list[str] = []
        self.owners: list[Any] = []
        self.page = self.pdf.add_blank_page(page_size=(420, 595)).obj
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.pdf.Root.StructTreeRoot = root
        self.document = self.element(root, "Document")

    def element(self, parent: Any, role: str, **facts: Any) -> Any:
        """Add an element below `parent`."""
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name("/" + role), P=parent, Pg=self.page, K=Array(), **facts)
        )
        if "/K" not in parent:
            parent.K = Array()
        parent.K.append(made)
        return made

    def mark(self, element: Any, operators: str) -> None:
        """Put `operators` under a new mark of `element`."""
        number = len(self.owners)
        self.owners.append(element)
        element.K.append(number)
        self.content.append(f"/{str(element.S)[1:]} <</MCID {number}>> BDC {operators} EMC")

    def text(self, words: str, x: float, y: float, size: float = 11) -> str:
        """Return the operators that show `words`."""
        gids = [self.order[self.cmap[ord(letter)]] for letter in words]
        self.used.update(zip(gids, words, strict=True))
        shown = "".join(f"{gid:04X}" for gid in gids)
        return f"BT /F0 {size} Tf {x} {y} Td <{shown}> Tj ET"

    def finish(self) -> bytes:
        """Write font, page, parents, metadata; return the file."""
        self.page.Contents = self.pdf.make_stream("\n".join(self.content).encode())
        self.page.Resources = Dictionary(Font=Dictionary(F0=self._face()))
        self.page.StructParents = 0
        parents = [0, self.pdf.make_indirect(Array(self.owners))]
        for key, (annotation, owner) in enumerate(getattr(self, "links", []), 1):
            annotation.StructParent = key
            parents += [key, owner]
        self.pdf.Root.StructTreeRoot.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(parents)))
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        self.pdf.Root.Lang = String("de-DE")
        self.pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        self.pdf.Root.Metadata = self.pdf.make_stream(
            _XMP.format(title=TITLE).encode(), Type=Name.Metadata, Subtype=Name.XML
        )
        self.pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        return saved(self.pdf)

    def _face(self) -> Any:
        program = self.path.read_bytes()
        upem, widths = self.font["head"].unitsPerEm, self.font["hmtx"].metrics
        names = self.font.getGlyphOrder()
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/SourceSans3-Regular"), Flags=4,
            FontBBox=Array([-500, -300, 1500, 1000]),
            ItalicAngle=0, Ascent=750, Descent=-250, CapHeight=660, StemV=80,
            FontFile2=self.pdf.make_stream(program, Length1=len(program)),
        )  # fmt: skip
        row: list[Any] = []
        for gid in sorted(self.used):
            row += [gid, Array([round(widths[names[gid]][0] * 1000 / upem)])]
        pairs = "\n".join(f"<{gid:04X}> <{said.encode('utf-16-be').hex()}>" for gid, said in sorted(self.used.items()))
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            f"{len(self.used)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
        )
        gids = b"".join(struct.pack(">H", gid) for gid in range(max(self.used) + 1))
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/SourceSans3-Regular"),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=self.pdf.make_indirect(descriptor), DW=1000, W=Array(row),
            CIDToGIDMap=self.pdf.make_stream(gids),
        )  # fmt: skip
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/SourceSans3-Regular"), Encoding=Name("/Identity-H"),
                DescendantFonts=Array([self.pdf.make_indirect(inner)]), ToUnicode=self.pdf.make_stream(cmap.encode()),
            )
        )  # fmt: skip


def good() -> bytes:
    """Make the file that keeps every rule."""
    maker = Maker()
    section = maker.element(maker.document, "Sect")
    maker.mark(maker.element(section, "H1"), maker.text("Ein Blatt", 40, 540, 20))
    paragraph = maker.element(section, "P")
    maker.mark(paragraph, maker.text("Mehr auf ", 40, 500))
    _link(maker, paragraph)
    maker.mark(paragraph, maker.text(" und im Rathaus.", 140, 500))
    maker.mark(maker.element(section, "H2"), maker.text("Liste", 40, 470, 14))
    _list(maker, section)
    _table(maker, section)
    _figure(maker, section)
    maker.content.append("/Artifact <</Type /Pagination>> BDC " + maker.text("1", 380, 20, 8) + " EMC")
    return maker.finish()


def _link(maker: Maker, paragraph: Any) -> None:
    link = maker.element(paragraph, "Link")
    maker.mark(link, maker.text("gladbeck.de", 85, 500))
    annotation = maker.pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([85, 495, 140, 512]), F=4, Border=Array([0, 0, 0]),
            Contents=String("Netzseite der Stadt"), A=Dictionary(S=Name.URI, URI=String("https://www.gladbeck.de/")),
        )
    )  # fmt: skip
    maker.page.Annots = Array([annotation])
    maker.page.Tabs = Name.S
    link.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=maker.page))
    maker.links = [(annotation, link)]


def _list(maker: Maker, section: Any) -> None:
    listing = maker.element(section, "L", A=Dictionary(O=Name.List, ListNumbering=Name.Disc))
    for row, words in enumerate(("Erstens", "Zweitens")):
        item = maker.element(listing, "LI")
        maker.mark(maker.element(item, "Lbl"), maker.text("•", 40, 450 - 14 * row))
        maker.mark(maker.element(item, "LBody"), maker.text(words, 52, 450 - 14 * row))


def _table(maker: Maker, section: Any) -> None:
    table = maker.element(section, "Table")
    for row, cells in enumerate((("Jahr", "Preis"), ("2024", "10.000 €"))):
        line = maker.element(table, "TR")
        for column, words in enumerate(cells):
            facts = {"A": Dictionary(O=Name.Table, Scope=Name.Column)} if row == 0 else {}
            cell = maker.element(line, "TH" if row == 0 else "TD", **facts)
            maker.mark(cell, maker.text(words, 40 + 80 * column, 400 - 14 * row))


def _figure(maker: Maker, section: Any) -> None:
    box = Dictionary(O=Name.Layout, BBox=Array([40, 300, 140, 360]), Placement=Name.Block)
    figure = maker.element(section, "Figure", Alt=String("Ein blaues Feld"), A=box)
    maker.mark(figure, "q 0 0 1 rg 40 300 100 60 re f Q")
    maker.mark(maker.element(section, "Caption"), maker.text("Das Feld", 40, 286, 9))


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the bytes of `pdf`, the same each time."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, force_version="1.7", fix_metadata_version=False)
    return out.getvalue()


def broken(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Make the good file, let `change` break it, return the file."""
    with pikepdf.open(io.BytesIO(good())) as pdf:
        change(pdf)
        return saved(pdf)
