"""Finishing: what stands in the file is what the proof says, both pairs of standards pass, same bytes every time."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import uuid
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.editions import EDITIONS, Edition
from report.finish import finish
from report.finish.file import File, _differences, _row, name, number, text
from report.finish.links import address
from report.finish.metadata import pdf_date, uuid5
from report.finish.pages import labels
from report.proof import Element, Form, ImageData
from report.standards import combine
from tests import verapdf
from tests.proofs import ABOUT, Hand, picture

MAIL = EDITIONS["mail"]
OLD, NEW = combine(("ua1", "a2a")), combine(("ua2", "a4"))
PRESS = Edition("press", "press", 0, ())


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


def made(hand: Hand, ordered: Any = OLD, edition: Edition = MAIL) -> bytes:
    return finish(hand.proof(), ordered, edition, hand.images)


@cache
def whole(ordered_names: tuple[str, ...] = ("ua1", "a2a")) -> bytes:
    return made(everything(), combine(ordered_names))


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def told(pdf: pikepdf.Pdf) -> list[str]:
    """Return the structure tree as an outline: `role` or `role{attributes}`, two spaces a level, marks as numbers."""
    lines: list[str] = []

    def walk(element: Any, depth: int) -> None:
        role = str(element.S)[1:]
        said = [f"{key[1:]}={element[key]}" for key in ("/Lang", "/Alt", "/ActualText", "/T", "/ID") if key in element]
        attributes = element.get("/A", {})
        said += [f"{key[1:]}={_plain(attributes[key])}" for key in attributes if key != "/O"]
        kids = element.get("/K", pikepdf.Array())
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        inline = []
        for kid in kids:
            if not isinstance(kid, pikepdf.Dictionary):
                inline.append(str(int(kid)))
            elif kid.get("/Type") == "/MCR":
                inline.append(f"+{kid.MCID}")
            elif kid.get("/Type") == "/OBJR":
                inline.append("@")
        lines.append("  " * depth + " ".join([role, *said, *inline]))
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid, depth + 1)

    for top in pdf.Root.StructTreeRoot.K:
        walk(top, 0)
    return lines


def _plain(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return ",".join(str(part) for part in value)
    return str(value).removeprefix("/")


# --- the whole ---


@pytest.mark.parametrize("names", [("ua1", "a2a"), ("ua2", "a4"), ("ua1",), ("a2a",), ("ua2",), ("a4",), ()])
def test_the_file_is_sound(names: tuple[str, ...], tmp_path: Path) -> None:
    data = whole(names)
    with opened(data) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == combine(names).version
        assert len(pdf.pages) == 3
    qpdf = shutil.which("qpdf")
    if qpdf:
        (tmp_path / "a.pdf").write_bytes(data)
        answer = subprocess.run([qpdf, "--check", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stdout + answer.stderr


def test_both_pairs_of_standards_pass(tmp_path: Path) -> None:
    hands = {"all": everything(), "undated": everything(), "draft": everything(), "partial": everything()}
    hands["undated"].about = replace(ABOUT, date="", authors=(), keywords=(), rights="", publisher="", subject="")
    hands["draft"].about = replace(ABOUT, title="Entwurf: Gladbeck", draft=True, date="2025-03-01T12:30:00+01:00")
    hands["partial"].about = replace(ABOUT, date="2022-09")
    failed = {}
    for ordered, flavours in ((OLD, ("ua1", "2a")), (NEW, ("ua2", "4"))):
        files = []
        for key, hand in hands.items():
            files.append(tmp_path / f"{key}-{ordered.version}.pdf")
            files[-1].write_bytes(made(hand, ordered))
        for flavour in flavours:
            failed |= {(flavour, file.name): rules for file, rules in verdict(flavour, files).items() if rules}
    assert failed == {}


def verdict(flavour: str, files: list[Path]) -> dict[Path, list[str]]:
    try:
        return verapdf.run(flavour, files)
    except verapdf.Unavailable as lack:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(lack))


def test_words_come_out_in_the_order_of_the_content() -> None:
    document = pypdfium2.PdfDocument(whole())
    words = document[0].get_textpage().get_text_range()
    assert words.index("Gladbeck für Familien") < words.index("Ein Absatz mit einem") < words.index("Dieser Absatz")
    assert "zweite Seite" in document[1].get_textpage().get_text_range()
    assert document[0].render().to_pil().getpixel((310, 595 - 215)) == (51, 102, 153)  # the drawing's square


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler's pdfinfo is missing: apt install poppler-utils")
def test_a_stranger_reads_the_structure(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(whole())
    answer = subprocess.run(["pdfinfo", "-struct-text", str(tmp_path / "a.pdf")], capture_output=True, check=True)
    words = answer.stdout.decode("utf-8")
    assert '"Dieser Absatz beginnt hier"' in words
    assert words.index("und sein Verweis") < words.index("läuft auf die zweite Seite") < words.index("wo er endet")


def test_same_proof_same_bytes(tmp_path: Path) -> None:
    code = "from tests.test_finish import whole; import sys; sys.stdout.buffer.write(whole())"
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        other = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "RL_pdfMultiLine": "1"},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=True,
        )
        assert other.stdout == whole()
    assert made(everything()) == whole()
    assert made(everything(), NEW) == whole(("ua2", "a4"))


def test_another_content_has_another_identity() -> None:
    other = everything()
    other.page("2")
    first, second = opened(whole()), opened(made(other))
    assert bytes(first.trailer.ID[0]) == bytes(first.trailer.ID[1]) != bytes(second.trailer.ID[0])
    facts = [pdf.open_metadata() for pdf in (first, second)]
    assert facts[0]["xmpMM:DocumentID"] == facts[1]["xmpMM:DocumentID"]
    assert facts[0]["xmpMM:InstanceID"] != facts[1]["xmpMM:InstanceID"]


# --- structure ---


def test_the_tree_says_what_the_proof_says() -> None:
    lines = told(opened(whole()))
    assert lines[:8] == [
        "Document",
        "  Sect T=Anfang",
        "    H1 0",
        "    H2 1",
        "    P 2",
        "      Span Lang=en 3",
        "      Span ActualText=Zusammenarbeit 4",
        "      Link 5 6 @",
    ]
    assert "    L ListNumbering=Decimal" in lines
    assert "    Note ID=note-00001" in lines
    head = lines.index("        TR")
    assert lines[head + 1 : head + 3] == ["          TH Scope=Column 23", "          TH ColSpan=2 Scope=Column 24"]
    assert lines.count("          TD") == 12  # full ones hold a P, empty ones stay
    assert lines.count("      THead") == 1


def test_a_paragraph_over_two_pages_is_one() -> None:
    with opened(whole()) as pdf:
        found = [line for line in told(pdf) if line.startswith("    P") and "+" in line]
        link = next(line for line in told(pdf) if line.startswith("      Link") and "+" in line)
    assert found == ["    P 20 +1"]
    assert link == "      Link 21 @ +0 @"


def test_captions_stand_where_the_standard_wants_them() -> None:
    old = [line.split(" BBox")[0] for line in told(opened(whole()))]
    at = old.index("    Figure Alt=Ein blauer Verlauf")
    roles = [line.split()[0] for line in old[at : at + 7]]
    assert roles == ["Figure", "Caption", "P", "Caption", "Figure", "P", "Figure"]
    new = [line.split(" BBox")[0] for line in told(opened(whole(("ua2", "a4"))))]
    at = new.index("    Figure Alt=Ein blauer Verlauf")
    shown = [(len(line) - len(line.lstrip()), line.split()[0]) for line in new[at : at + 7]]
    assert shown == [
        (4, "Figure"), (6, "Caption"), (8, "P"), (4, "Figure"), (6, "Caption"), (4, "P"), (4, "Figure")
    ]  # fmt: skip


@pytest.mark.parametrize(("ordered", "signs"), [(OLD, "Disc"), (NEW, "Unordered")])
def test_a_list_with_signs_says_so(ordered: Any, signs: str) -> None:
    hand = Hand()
    hand.page()
    for numbering, label in (("none", ""), ("none", "–"), ("", "–"), ("decimal", "1."), ("disc", "–")):
        item = hand.add("item", hand.add("list", numbering=numbering))
        if label:
            hand.say(hand.add("label", item), label)
        hand.say(hand.add("body", item), "Punkt")
    said = [line.split("=")[1].split()[0] for line in told(opened(made(hand, ordered))) if "ListNumbering" in line]
    assert said == ["None", signs, signs, "Decimal", "Disc"]


def test_every_mark_and_link_finds_its_element() -> None:
    hand = everything()
    pdf = opened(made(hand))
    tree: dict[int, Any] = {}
    for leaf in pdf.Root.StructTreeRoot.ParentTree.Kids:
        tree |= dict(zip((int(key) for key in leaf.Nums[0::2]), leaf.Nums[1::2], strict=True))
    for page, ours in zip(pdf.pages, hand.pages, strict=True):
        owners = tree[int(page.StructParents)]
        assert [str(owner.S) for owner in owners] == [
            "/P" if _wordless(owner, hand) else "/" + OLD.roles[owner.role].name for owner in ours.owners
        ]
        for annotation in page.get("/Annots", []):
            element = tree[int(annotation.StructParent)]
            assert element.S == "/Link"
            assert any(kid.get("/Obj") == annotation for kid in element.K if isinstance(kid, pikepdf.Dictionary))
    assert sorted(tree) == list(range(len(tree)))
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == len(tree)


def _wordless(owner: Element, hand: Hand) -> bool:
    """Whether it is the caption of a figure without a picture."""
    return owner.role == "caption" and any(item.kids == [owner] for item in hand.root.walk() if item.role == "figure")


def test_namespaces_of_pdf_2() -> None:
    pdf = opened(whole(("ua2", "a4")))
    spaces = {str(space.NS) for space in pdf.Root.StructTreeRoot.Namespaces}
    assert spaces == {"http://iso.org/pdf/ssn", "http://iso.org/pdf2/ssn"}
    assert "/Namespaces" not in opened(whole()).Root.StructTreeRoot


def test_untagged_without_standards() -> None:
    pdf = opened(whole(()))
    assert not {"/StructTreeRoot", "/MarkInfo", "/OutputIntents"} & set(pdf.Root.keys())
    assert "/StructParents" not in pdf.pages[0]
    assert len(pdf.pages[0].Annots) == 2 and "/StructParent" not in pdf.pages[0].Annots[0]


# --- links and bookmarks ---


def test_one_annotation_for_each_link_and_page() -> None:
    pdf = opened(whole())
    first, second = pdf.pages[0].Annots, pdf.pages[1].Annots
    assert (len(first), len(second)) == (2, 1)
    lines = first[0]
    assert len(lines.QuadPoints) == 16
    left, bottom, right, top = (float(value) for value in lines.Rect)
    for x, y in zip(lines.QuadPoints[0::2], lines.QuadPoints[1::2], strict=True):
        assert left <= float(x) <= right and bottom <= float(y) <= top
    assert lines.A.URI == "https://www.gladbeck.de/%C3%B6ffnungszeiten"
    assert (lines.Contents, int(lines.F), lines.Subtype) == ("Seite der Stadt", 4, "/Link")
    assert "/QuadPoints" not in second[0]
    inner = pdf.pages[2].Annots[0]
    assert inner.A.S == "/GoTo" and inner.A.D[0] == pdf.pages[0].obj and "/SD" not in inner.A


def test_structure_destinations_of_pdf_2() -> None:
    pdf = opened(whole(("ua2", "a4")))
    assert pdf.pages[2].Annots[0].A.SD[0].S == "/H1"
    assert pdf.Root.Outlines.First.A.SD[0].S == "/H1"


def test_entries_of_the_contents_name_their_aims() -> None:
    new, old = opened(whole(NEW.names)), opened(whole(OLD.names))
    assert [str(item.Ref[0].S) for item in _all(new, "/S", "/TOCI")] == ["/H1"]
    assert ["/Ref" in item for item in _all(old, "/S", "/TOCI")] == [False]


def _all(pdf: pikepdf.Pdf, key: str, value: str) -> list[Any]:
    kinds = (pikepdf.Dictionary, pikepdf.Stream)
    return [item for item in pdf.objects if isinstance(item, kinds) and item.get(key) == value]


def test_an_edition_without_links_has_none() -> None:
    pdf = opened(made(everything(), edition=replace(MAIL, links=False)))
    assert all("/Annots" not in page for page in pdf.pages)
    assert not any(line.strip().startswith("Link") for line in told(pdf))


def test_bookmarks_form_a_tree() -> None:
    with opened(whole()) as pdf, pdf.open_outline() as outline:
        first = outline.root[0]
        assert first.title == "Gladbeck für Familien"
        assert [kid.title for kid in first.children] == ["Worte (und Zeichen)"]
        assert [kid.title for kid in first.children[0].children] == ["Inhalt – Übersicht"]
        assert int(pdf.Root.Outlines.Count) == 2
    assert "/Outlines" not in opened(made(Hand())).Root


def test_levels_that_jump_still_make_a_tree() -> None:
    hand = Hand()
    hand.page()
    element = hand.add("heading-1")
    hand.say(element, "A")
    for level, title in ((2, "a"), (1, "b"), (4, "c"), (3, "d"), (1, "e")):
        hand.bookmark(level, title, element)
    with opened(made(hand)) as pdf, pdf.open_outline() as outline:
        assert [(item.title, [kid.title for kid in item.children]) for item in outline.root] == [
            ("a", []), ("b", ["c", "d"]), ("e", [])
        ]  # fmt: skip


# --- pages ---


@given(st.lists(st.sampled_from(["", "1", "2", "3", "4", "i", "ii", "iii", "iv", "V", "VI", "A", "A-1", "01", "x1"])))
def test_page_labels_read_back(words: list[str]) -> None:
    hand = Hand()
    for word in words or ["1"]:
        hand.page("1")
        hand.pages[-1].label = word
    assert [page.label for page in opened(made(hand, combine(()))).pages] == (words or ["1"])


def test_labels_say_each_change_once() -> None:
    assert labels(["i", "ii", "1", "2", "3", "7"]) == [b"0<</S/r>>", b"2<</S/D>>", b"5<</S/D/St 7>>"]


def test_only_what_a_page_names_is_in_it() -> None:
    pdf = opened(whole())
    assert set(pdf.pages[0].Resources.Font.keys()) == {"/F0", "/F1"}
    assert set(pdf.pages[0].Resources.XObject.keys()) == {"/P0", "/P1", "/X0"}
    assert set(pdf.pages[1].Resources.keys()) == {"/Font"}
    assert pdf.pages[0].Group.CS == "/DeviceRGB" and "/Group" not in pdf.pages[1]
    assert pdf.pages[1].Resources.objgen == pdf.pages[2].Resources.objgen


def test_unused_fonts_and_pictures_stay_out() -> None:
    hand = Hand(fonts=("SourceSans3-Regular.ttf", "SourceSerif4-Regular.ttf"))
    hand.page()
    hand.say(hand.add("paragraph"), "Nur eine Schrift")
    hand.forms["X9"] = Form(b"0 0 1 1 re f", (0, 0, 1, 1))
    pdf = opened(made(hand))
    assert len(_all(pdf, "/Type", "/FontDescriptor")) == 1
    assert _all(pdf, "/Subtype", "/Form") == []


def test_a_screen_shows_the_trimmed_page_and_the_press_its_bleed() -> None:
    hand = Hand()
    hand.page(width=400.5, height=600, bleed=8.504)
    trim, bleed = [0, 0, 400.5, 600], [-8.504, -8.504, 409.004, 608.504]
    assert _boxes(made(hand)) == {"/MediaBox": trim, "/TrimBox": trim}
    assert _boxes(made(hand, combine(()), PRESS)) == {"/MediaBox": bleed, "/BleedBox": bleed, "/TrimBox": trim}


def _boxes(data: bytes) -> dict[str, list[float]]:
    with opened(data) as pdf:
        page = pdf.pages[0].obj
        return {key: [float(value) for value in page[key]] for key in page if key.endswith("Box")}


def test_four_hundred_pages() -> None:
    hand = Hand()
    for index in range(400):
        hand.page()
        heading = hand.add("heading-1")
        hand.say(heading, f"Seite {index + 1}")
        hand.bookmark(1, f"Seite {index + 1}", heading)
        hand.say(hand.add("paragraph"), "Worte")
    pdf = opened(made(hand))
    assert len(pdf.pages) == 400 and pdf.check_pdf_syntax() == []
    assert "Seite 400" in pypdfium2.PdfDocument(made(hand))[399].get_textpage().get_text_range()
    assert all(len(node.Kids) <= 32 for node in _all(pdf, "/Type", "/Pages"))
    assert len(_all(pdf, "/Type", "/Pages")) == 14


# --- fonts and pictures ---


def test_a_font_tells_glyph_and_text() -> None:
    pdf = opened(whole())
    font = pdf.pages[0].Resources.Font.F0
    inner = font.DescendantFonts[0]
    assert font.BaseFont == inner.BaseFont == inner.FontDescriptor.FontName
    tag, _, base = str(font.BaseFont)[1:].partition("+")
    assert base == "SourceSans3-Regular" and len(tag) == 6 and tag.isupper() and tag.isalpha()
    assert tag != str(pdf.pages[0].Resources.Font.F1.BaseFont)[1:7]
    ours = everything().fonts["F0"]
    assert [int(width) for width in inner.W[1]] == ours.widths
    glyphs = inner.CIDToGIDMap.read_bytes()
    assert [int.from_bytes(glyphs[at : at + 2], "big") for at in range(0, len(glyphs), 2)] == ours.to_gid
    words = font.ToUnicode.read_bytes().decode("ascii")
    assert f"<{ours.text.index('Ä'):04X}><00C4>" in words
    counts = [int(line.split()[0]) for line in words.splitlines() if line.endswith("beginbfchar")]
    assert sum(counts) == len(ours.text) - 1 and max(counts) <= 100


def test_one_code_may_stand_for_several_characters() -> None:
    hand = everything()
    hand.fonts["F0"] = replace(hand.fonts["F0"], text=["", "ffi", "😀", *hand.fonts["F0"].text[3:]])
    with opened(made(hand)) as pdf:
        words = pdf.pages[0].Resources.Font.F0.ToUnicode.read_bytes()
    assert b"<0001><006600660069>" in words and b"<0002><D83DDE00>" in words


def test_pictures_keep_their_bytes() -> None:
    hand = Hand()
    hand.page()
    jpeg = ImageData(2, 2, "DeviceCMYK", 8, "DCTDecode", b"not decoded here", inverted=True)
    figure = hand.add("figure", alt="x")
    hand.picture(figure, "P0", jpeg, (0, 0, 10, 10))
    hand.picture(figure, "P1", picture(alpha=True), (0, 0, 10, 10))
    hand.picture(figure, "P2", hand.images["P1"], (0, 0, 20, 20))
    pdf = opened(made(hand))
    objects = pdf.pages[0].Resources.XObject
    assert objects.P0.read_raw_bytes() == b"not decoded here" and len(objects.P0.Decode) == 8
    assert objects.P1.SMask.ColorSpace == "/DeviceGray"
    assert objects.P1.objgen == objects.P2.objgen


# --- metadata ---


def test_packet_and_dictionary_say_the_same() -> None:
    with opened(whole()) as pdf:
        packet = pdf.open_metadata()
        info = pdf.docinfo
        assert packet["dc:title"] == info.Title == ABOUT.title
        assert packet["dc:creator"] == ["Stadt Gladbeck", "Pressestelle"]
        assert packet["dc:description"] == info.Subject
        assert packet["pdf:Keywords"] == info.Keywords == "Familie, Öffentlichkeitsarbeit"
        assert set(packet["dc:subject"]) == set(ABOUT.keywords)
        assert (packet["xmp:CreateDate"], info.CreationDate) == ("2025-03-01", "D:20250301")
        assert (packet["pdfuaid:part"], packet["pdfaid:part"], packet["pdfaid:conformance"]) == ("1", "2", "A")
        assert b"pdfaSchema:schema" in pdf.Root.Metadata.read_bytes()
    with opened(whole(("ua2", "a4"))) as pdf:
        packet = pdf.open_metadata()
        assert "/Info" not in pdf.trailer
        assert (packet["pdfuaid:rev"], packet["pdfaid:rev"]) == ("2024", "2020")
        assert b"pdfaSchema" not in pdf.Root.Metadata.read_bytes()


def test_without_a_date_no_date_stands_anywhere() -> None:
    hand = everything()
    hand.about = replace(ABOUT, date="")
    pdf = opened(made(hand))
    assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
    words = pdf.Root.Metadata.read_bytes()
    assert not any(word in words for word in (b"CreateDate", b"ModifyDate", b"MetadataDate", b"dc:date"))


@pytest.mark.parametrize(
    ("iso", "pdf"),
    [
        ("", ""),
        ("2007", "D:2007"),
        ("2022-09", "D:202209"),
        ("2024-12-10", "D:20241210"),
        ("2024-12-10T08:15", "D:202412100815"),
        ("2024-12-10T08:15:30Z", "D:20241210081530Z"),
        ("2024-12-10T08:15:30+01:00", "D:20241210081530+01'00'"),
        ("2024-12-10T08:15:30-05:00", "D:20241210081530-05'00'"),
    ],
)
def test_dates(iso: str, pdf: str) -> None:
    assert pdf_date(iso) == pdf


def test_what_a_window_and_a_reader_want() -> None:
    pdf = opened(whole())
    assert pdf.Root.Lang == "de-DE" and bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert bool(pdf.Root.MarkInfo.Marked) and all(page.Tabs == "/S" for page in pdf.pages)
    assert "/OpenAction" not in pdf.Root
    intent = pdf.Root.OutputIntents[0]
    assert intent.S == "/GTS_PDFA1" and int(intent.DestOutputProfile.N) == 3
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


# --- syntax ---


@given(st.text())
def test_strings_read_back(words: str) -> None:
    clean = words.encode("utf-16", "replace").decode("utf-16")
    assert str(pikepdf.Object.parse(text(words))) == clean


def test_strings_are_short_where_they_can_be() -> None:
    assert text("Größe („5 €“) – x") == b"(Gr\xf6\xdfe \\(\x8c5 \xa0\x8d\\) \x85 x)"
    assert text("") == b"()"
    assert text("þÿ").startswith(b"(\xfe\xff\0")  # else read as UTF-16
    assert text("a\u00a0b").startswith(b"(\xfe\xff\0a")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_names_read_back(word: str) -> None:
    assert str(pikepdf.Object.parse(name(word))) == "/" + word


@given(st.floats(-20000, 20000, allow_nan=False))
def test_numbers_are_plain(value: float) -> None:
    written = number(value)
    assert abs(float(written) - value) <= 0.0005 and b"e" not in written and len(written) <= 10


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2**32 - 1), st.integers(0, 255)), min_size=1))
def test_rows_are_differences(rows: list[tuple[int, int, int]]) -> None:
    above, undone = bytes(6), []
    told_ = _differences([_row(*row) for row in rows])
    for at in range(0, len(told_), 7):
        assert told_[at] == 2
        above = bytes((one + other) & 255 for one, other in zip(told_[at + 1 : at + 7], above, strict=True))
        undone.append((above[0], int.from_bytes(above[1:5], "big"), above[5]))
    assert undone == rows


@given(st.text())
def test_our_uuid_is_the_standard_one(word: str) -> None:
    clean = word.encode("utf-8", "ignore").decode("utf-8")
    assert uuid5(clean) == str(uuid.uuid5(uuid.NAMESPACE_URL, clean))


def test_addresses_are_ascii() -> None:
    assert address("https://städte.de/a b(c)") == b"(https://st%C3%A4dte.de/a%20b\\(c\\))"


def test_numbers_set_aside_and_not_used_are_free() -> None:
    file = File("1.7")
    file.reserve(3)
    pages, page = file.reserve(), file.reserve()
    file.add(b"<</Type/Page/MediaBox[0 0 9 9]/Resources<<>>/Parent %d 0 R>>" % pages, page)
    file.add(b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % page, pages)
    data = file.close(file.add(b"<</Type/Catalog/Pages %d 0 R>>" % pages), 0, b"0123456789abcdef")
    assert opened(data).check_pdf_syntax() == []
    assert data.endswith(b"%%EOF\n") and b"\nendstream\n" in data
