"""Finishing, the small parts: fonts, pictures, and the syntax of what is written."""

from __future__ import annotations

import uuid

import pikepdf
from hypothesis import given
from hypothesis import strategies as st

from report.finish.file import File, _differences, _row, name, number, text
from report.finish.links import address
from report.finish.metadata import uuid5
from report.proof import ImageData
from report.records import replace
from tests.proofs import Hand, everything, made, opened, picture, whole


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
