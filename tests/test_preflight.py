"""Preflight: a good file passes, and every rule can fail: each is provoked by one deliberate fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from report.preflight import check
from report.preflight.letters import _advances, _to_unicode, _widths
from report.preflight.reading import Tag
from report.preflight.structure import _FILE_NAME
from report.preflight.tables import widths
from tests.handmade import broken, good

Change = Callable[[pikepdf.Pdf], object]


def content(*pairs: tuple[str, str]) -> Change:
    """Replace text in the page's content stream."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].obj.Contents
        text = stream.read_bytes().decode()
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        stream.write(text.encode())

    return change


def tag(role: str, number: int = 0) -> Callable[[pikepdf.Pdf], Any]:
    """Find the `number`th element of a role."""

    def find(pdf: pikepdf.Pdf) -> Any:
        found = [item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == f"/{role}"]
        return [item for item in found if item.get("/Type") == "/StructElem"][number]

    return find


def put(find: Callable[[pikepdf.Pdf], Any], key: str, value: Any) -> Change:
    """Set or (None) take away one key of what `find` finds."""

    def change(pdf: pikepdf.Pdf) -> None:
        holder = find(pdf)
        if value is None:
            del holder[key]
        else:
            holder[key] = value

    return change


def font(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Resources.Font.F0


def inner(pdf: pikepdf.Pdf) -> Any:
    return font(pdf).DescendantFonts[0]


def link(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Annots[0]


def page(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj


def root(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root


def mark_in_form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/P <</MCID 90>> BDC 0 0 9 9 re f EMC")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    page(pdf).Resources.XObject = Dictionary(X0=form)
    content(("/Artifact", "/X0 Do /Artifact"))(pdf)


def reword(said: str) -> Change:
    """Let the first shown letter read as `said` (UTF-16 in hex)."""

    def change(pdf: pikepdf.Pdf) -> None:
        cmap = font(pdf).ToUnicode.read_bytes().decode()
        font(pdf).ToUnicode.write(re.sub(r"(beginbfchar\s*<\w+>) <\w+>", rf"\1 <{said}>", cmap, count=1).encode())

    return change


def wrong_width(pdf: pikepdf.Pdf) -> None:
    inner(pdf).W[1][0] = float(inner(pdf).W[1][0]) + 2


def no_glyphs(pdf: pikepdf.Pdf) -> None:
    inner(pdf).CIDToGIDMap.write(bytes(2))


def second_owner(pdf: pikepdf.Pdf) -> None:
    tag("H2")(pdf).K.append(tag("H1")(pdf).K[0])


def inside(holder: str, role: str) -> Change:
    """Hang the first element of `role` below the first of `holder`."""

    def change(pdf: pikepdf.Pdf) -> None:
        moved = tag(role)(pdf)
        kids = [kid for kid in moved.P.K if not isinstance(kid, Dictionary) or kid.objgen != moved.objgen]
        moved.P.K = Array(kids)
        tag(holder)(pdf).K.append(moved)

    return change


def no_objr(pdf: pikepdf.Pdf) -> None:
    holder = tag("Link")(pdf)
    holder.K = Array([holder.K[0]])


def no_words(pdf: pikepdf.Pdf) -> None:
    holder = tag("Link")(pdf)
    tag("P")(pdf).K.append(holder.K[0])
    holder.K = Array([holder.K[1]])


def short_row(pdf: pikepdf.Pdf) -> None:
    tag("TD", 1)(pdf).A = Dictionary(O=Name.Table, ColSpan=2)


def action(kind: str, **facts: Any) -> Change:
    return put(link, "/A", Dictionary(S=Name("/" + kind), **facts))


def headless(pdf: pikepdf.Pdf) -> None:
    for number in (1, 0):
        tag("TH", number)(pdf).S = Name.TD


def no_zip(pdf: pikepdf.Pdf) -> None:
    page(pdf).Thumb = pdf.make_stream(b"kein Zip", Filter=Name.FlateDecode)


def blank_listing(pdf: pikepdf.Pdf) -> None:
    listing = tag("LI")(pdf)
    listing.K = Array([listing.K[0]])


FAULTS: list[tuple[str, Change]] = [
    ("preflight.ink-unmarked", content(("/Artifact", "0 0 9 9 re f /Artifact"))),
    ("preflight.ink-unmarked", content(("/Artifact <</Type /Pagination>> BDC", "/Span BMC"))),
    ("preflight.ink-unmarked", content(("/Artifact", "BI /W 1 /H 1 /BPC 8 /CS /G ID \x01 EI /Artifact"))),
    ("preflight.mark-unbalanced", content(("/Artifact", "EMC /Artifact"))),
    ("preflight.mark-unbalanced", content(("/Artifact", "/Artifact BMC /Artifact"))),
    ("preflight.mark-nested", content(("/Artifact", "/Artifact BMC /P <</MCID 91>> BDC EMC EMC /Artifact"))),
    ("preflight.mark-nested", content(("BDC", "BDC /Artifact BMC EMC"))),
    ("preflight.mark-in-form", mark_in_form),
    ("preflight.mark-doubled", content(("<</MCID 1>>", "<</MCID 0>>"))),
    ("preflight.mark-absent", content(("<</MCID 1>>", "<</MCID 0>>"))),
    ("preflight.mark-unowned", put(tag("H1"), "/K", Array([]))),
    ("preflight.mark-shared", second_owner),
    ("preflight.untagged", put(root, "/StructTreeRoot", None)),
    ("preflight.root", put(tag("Document"), "/S", Name.Sect)),
    ("preflight.nesting", inside("P", "H2")),
    ("preflight.nesting", inside("Sect", "LI")),
    ("preflight.nesting", inside("L", "P")),
    ("preflight.nesting", put(tag("TR"), "/S", Name.Div)),
    ("preflight.nesting", put(tag("Sect"), "/S", Name.Document)),
    ("preflight.loose-words", put(tag("H2"), "/S", Name.Sect)),
    ("preflight.empty", put(tag("H2"), "/K", Array([]))),
    ("preflight.heading-jump", put(tag("H2"), "/S", Name.H3)),
    ("preflight.heading-jump", put(tag("H1"), "/S", Name.H2)),
    ("preflight.heading-unlevelled", put(tag("H1"), "/S", Name.H)),
    ("preflight.list-item", blank_listing),
    ("preflight.list-numbering", put(tag("L"), "/A", None)),
    ("preflight.alt-missing", put(tag("Figure"), "/Alt", None)),
    ("preflight.alt-missing", put(tag("Figure"), "/Alt", String("  "))),
    ("preflight.alt-file-name", put(tag("Figure"), "/Alt", String("rathaus-vorne.jpg"))),
    ("preflight.figure-box", put(tag("Figure"), "/A", None)),
    ("preflight.figure-box", put(tag("Figure"), "/A", Dictionary(O=Name.Layout, BBox=Array([9, 9, 9, 9])))),
    ("preflight.table-headless", headless),
    ("preflight.head-scope", put(tag("TH"), "/A", None)),
    ("preflight.table-irregular", short_row),
    ("preflight.link-silent", put(link, "/Contents", None)),
    ("preflight.link-loose", put(tag("Link"), "/S", Name.Span)),
    ("preflight.link-dead", no_objr),
    ("preflight.link-wordless", no_words),
    ("preflight.link-flags", put(link, "/F", 0)),
    ("preflight.link-flags", put(link, "/F", 6)),
    ("preflight.tab-order", put(page, "/Tabs", None)),
    ("preflight.address", action("URI", URI=String("file:///C:/Geheim.txt"))),
    ("preflight.address", action("URI", URI=String("javascript:alert(1)"))),
    ("preflight.action", action("JavaScript", JS=String("1"))),
    ("preflight.action", action("Launch", F=String("rechner.exe"))),
    ("preflight.action", action("GoToR", F=String("anderes.pdf"))),
    ("preflight.action", put(root, "/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1")))),
    ("preflight.action", put(page, "/AA", Dictionary(O=Dictionary(S=Name.SubmitForm)))),
    ("preflight.action", action("GoTo", D=Array([0, Name.Fit]), Next=Dictionary(S=Name.Launch))),
    ("preflight.action", put(root, "/Outlines", Dictionary(First=Dictionary(A=Dictionary(S=Name.Named))))),
    ("preflight.carries-javascript", put(root, "/Names", Dictionary(JavaScript=Dictionary(Names=Array([]))))),
    ("preflight.carries-embeddedfiles", put(root, "/Names", Dictionary(EmbeddedFiles=Dictionary(Names=Array([]))))),
    ("preflight.title-missing", put(root, "/Metadata", None)),
    ("preflight.title-missing", lambda pdf: pdf.Root.Metadata.write(b"<kein XMP")),
    ("preflight.title-hidden", put(root, "/ViewerPreferences", None)),
    ("preflight.language", put(root, "/Lang", None)),
    ("preflight.language-part", put(tag("P"), "/Lang", String("Deutsch!"))),
    ("preflight.unmarked", put(root, "/MarkInfo", None)),
    ("preflight.boxes", put(page, "/MediaBox", Array([0, 0, 0, 0]))),
    ("preflight.boxes", put(page, "/TrimBox", Array([0, 0, 900, 900]))),
    ("preflight.boxes", put(page, "/CropBox", Array([0, 0, 0, 0]))),
    ("preflight.syntax", no_zip),
    ("preflight.font-not-embedded", lambda pdf: inner(pdf).FontDescriptor.__delitem__("/FontFile2")),
    ("preflight.letter-unnamed", put(font, "/ToUnicode", None)),
    ("preflight.letter-private", reword("E000")),
    ("preflight.letter-private", reword("0000")),
    ("preflight.letter-private", reword("FFFE")),
    ("preflight.glyph-missing", no_glyphs),
    ("preflight.width-wrong", wrong_width),
]  # fmt: skip


def test_a_good_file_has_no_findings() -> None:
    assert check(good()) == []


@pytest.mark.parametrize(("rule", "change"), FAULTS, ids=[f"{i}-{rule[10:]}" for i, (rule, _) in enumerate(FAULTS)])
def test_a_fault_is_found(rule: str, change: Change) -> None:
    assert rule in {finding.rule for finding in check(broken(change))}


def test_every_rule_is_provoked() -> None:
    folder = Path(__file__).parents[1] / "report" / "preflight"
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    written = set(re.findall(r"\"(preflight\.[a-z-]+)\"", source)) | {"preflight.carries-javascript"}
    assert written <= {rule for rule, _ in FAULTS} | {"preflight.unreadable"}


def test_a_finding_tells_page_place_and_words() -> None:
    (finding,) = check(broken(put(tag("H2"), "/S", Name.H3)))
    assert (finding.place.page, finding.place.block) == (1, "H3 “Liste”")
    assert str(finding) == "p. 1, H3 “Liste”: A heading of level 3 follows level 1: a level is left out."


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7\n", b"no such thing", good()[:900], bytes(5000)], ids=len)
def test_what_is_no_pdf_is_one_finding(raw: bytes) -> None:
    assert [finding.rule for finding in check(raw)] == ["preflight.unreadable"]


def test_a_missing_file_is_one_finding(tmp_path: Path) -> None:
    assert [finding.rule for finding in check(tmp_path / "fort.pdf")] == ["preflight.unreadable"]


def test_a_path_is_read_as_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "blätt.pdf"
    path.write_bytes(broken(put(root, "/Lang", None)))
    assert [finding.rule for finding in check(path)] == ["preflight.language"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_file_never_raises(data: st.DataObject) -> None:
    raw = bytearray(good())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(raw))


@pytest.mark.parametrize(
    ("alt", "is_name"),
    [
        ("IMG_2034.JPG", True), ("bilder/cover town.svg", True), ("DSC 0012", True), ("C:\\Bilder\\x.png", True),
        ("foto 12", True), ("Das Rathaus von Gladbeck, 2024", False), ("Vier Kinder spielen Fußball.", False),
        ("Die Seite gladbeck.de auf einem Bildschirm", False), ("1919", True),
    ],
)  # fmt: skip
def test_names_of_files_are_told_from_words(alt: str, is_name: bool) -> None:
    assert bool(_FILE_NAME.match(alt)) is is_name


def rows(*spans: tuple[tuple[int, int], ...]) -> list[Tag]:
    return [Tag("TR", [Tag("TD", attrs={"ColSpan": c, "RowSpan": r}) for c, r in row]) for row in spans]


def test_cells_that_hang_over_rows_count_in_each() -> None:
    assert widths(rows(((1, 3), (2, 1)), ((1, 1), (1, 2)), ((1, 1),))) == [3, 3, 3]
    assert widths(rows(((1, 1), (1, 1)), ((1, 1),))) == [2, 1]


def test_to_unicode_ranges_and_lists_are_read() -> None:
    cmap = b"2 beginbfrange <0001> <0003> <0041> <0005> <0006> [<00660066> <D83DDE00>] endbfrange"
    cmap += b" 1 beginbfchar <09><00DF> endbfchar"
    assert _to_unicode(cmap) == {1: "A", 2: "B", 3: "C", 5: "ff", 6: "😀", 9: "ß"}


def test_widths_come_in_lists_and_in_runs() -> None:
    assert dict(_widths([3, [500, 600.5], 7, 9, 250])) == {3: 500, 4: 600.5, 7: 250, 8: 250, 9: 250}


@given(st.binary(max_size=400))
def test_advances_of_any_bytes_are_a_list(program: bytes) -> None:
    assert isinstance(_advances(program), list)
