"""Finishing: the file is sound, both pairs of standards pass, the same bytes every time; its pages and metadata."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.editions import Edition
from report.finish.metadata import pdf_date
from report.finish.pages import labels
from report.proof import Form
from report.records import replace
from report.standards import combine
from tests import verapdf
from tests.proofs import ABOUT, NEW, OLD, Hand, all_of, everything, made, opened, whole

PRESS = Edition("press", "press", 0, (), bleed=True)


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
    code = "from tests.proofs import whole; import sys; sys.stdout.buffer.write(whole())"
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
    assert len(all_of(pdf, "/Type", "/FontDescriptor")) == 1
    assert all_of(pdf, "/Subtype", "/Form") == []


def test_a_screen_shows_the_trimmed_page_and_the_press_its_bleed() -> None:
    hand = Hand()
    hand.page(width=400.5, height=600, bleed=8.504)
    trim, bleed, inside = [0, 0, 400.5, 600], [0, 0, 417.508, 617.008], [8.504, 8.504, 409.004, 608.504]
    assert _boxes(made(hand)) == {"/MediaBox": trim, "/TrimBox": trim}
    assert _boxes(made(hand, combine(()), PRESS)) == {"/MediaBox": bleed, "/BleedBox": bleed, "/TrimBox": inside}


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
    assert all(len(node.Kids) <= 32 for node in all_of(pdf, "/Type", "/Pages"))
    assert len(all_of(pdf, "/Type", "/Pages")) == 14


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
