"""One document's use of a face: codes, subsets and text operators, held against fontTools and PDFium."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from report import Job, produce
from report.editions import EDITIONS
from report.errors import LayoutFault
from report.finish import finish
from report.paths import shipped
from report.standards import combine
from report.typeset import face as faces
from report.typeset import textops
from report.typeset.face import Face, Shaped, load
from report.typeset.fontuse import SUBSETS, FontUse
from tests.faces import FONTS, PLAIN, SAMPLE, built, encoded, sans, serif, text_of
from tests.proofs import Hand


def parsed(stream: bytes) -> list[int | bytes]:
    """The numbers and strings of all TJ arrays, read as a viewer reads them."""
    found: list[int | bytes] = []
    at = 0
    while at < len(stream):
        if stream[at : at + 1] == b"(":
            at += 1
            out = b""
            while stream[at : at + 1] != b")":
                if stream[at : at + 1] == b"\\":
                    at += 1
                    out += b"\r" if stream[at : at + 1] == b"r" else stream[at : at + 1]
                else:
                    assert stream[at : at + 1] != b"\r"
                    out += stream[at : at + 1]
                at += 1
            found.append(out)
        elif match := re.match(rb"-?\d+", stream[at:]):
            found.append(int(match[0]))
            at += len(match[0]) - 1
        at += 1
    return found


def test_codes_are_one_a_glyph_and_text_in_order_of_use() -> None:
    face = serif()
    use = FontUse(face)
    a = face.shape("a", PLAIN).glyphs[0][0]
    assert [use.cid(a, "a"), use.cid(a, "ä"), use.cid(a, "a"), use.cid(0, "")] == [1, 2, 1, 0]
    hyphen = face.shape("-", PLAIN).glyphs[0]
    font_use = FontUse(face)
    textops.show([face.shape("-", PLAIN), face.hyphen(PLAIN)], font_use, 10)
    font = font_use.font()
    assert font.text == ["", "-", "\u00ad"]
    assert font.to_gid[1] == font.to_gid[2] != 0
    assert font.widths[1] == round(hyphen[2] * 1000)


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_what_is_shown_reads_as_it_was_written(path: Path) -> None:
    face = load(path)
    words = [word for word in SAMPLE.split(" ") if face.covers(word)]
    stream, use = encoded(face, words)
    font = use.font()
    codes = b"".join(part for part in parsed(stream) if isinstance(part, bytes))
    read = "".join(font.text[int.from_bytes(codes[i : i + 2], "big")] for i in range(0, len(codes), 2))
    assert read == "".join(word + " " for word in words)


@given(st.lists(st.one_of(st.sampled_from(SAMPLE.split(" ")), st.floats(-3, 9)), max_size=30), st.floats(5, 90))
@settings(max_examples=150, deadline=None)
def test_positions_never_drift(parts: list[str | float], size: float) -> None:
    face = sans()
    items = [part if isinstance(part, float) else face.shape(part, PLAIN) for part in parts]
    use = FontUse(face)
    stream = textops.show(items, use, size)
    font = use.font()
    pen = 0.0
    for part in parsed(stream):
        if isinstance(part, int):
            pen -= part
        else:
            pen += sum(font.widths[int.from_bytes(part[i : i + 2], "big")] for i in range(0, len(part), 2))
    wanted = sum(item if isinstance(item, float) else item.width * size for item in items)
    assert pen / 1000 * size == pytest.approx(wanted, abs=size / 1000 + 1e-6)


def test_no_error_grows_where_the_em_is_not_a_thousand(tmp_path: Path) -> None:
    face = load(built(tmp_path))
    stream, use = encoded(face, ["ABABeeABe-"] * 40)
    font = use.font()
    pen = sum(
        -part
        if isinstance(part, int)
        else sum(font.widths[int.from_bytes(part[i : i + 2], "big")] for i in range(0, len(part), 2))
        for part in parsed(stream)
    )
    wanted = 40 * (face.shape("ABABeeABe-", PLAIN).width + face.space + 0.12345) * 1000
    assert abs(pen - wanted) <= 1.0


def test_numbers_are_merged_and_strings_are_whole() -> None:
    stream, _ = encoded(serif(), ["Gladbeck", "und", "die", "Stadt"])
    assert not re.search(rb"\)-?\d+-?\d*\s+-?\d+\(", stream)
    assert b"()" not in stream
    assert stream.startswith(b"[(") and stream.endswith(b"]TJ\n")


def test_a_gap_alone_and_nothing() -> None:
    use = FontUse(serif())
    assert textops.show([], use, 10) == b""
    assert textops.show([2.0, 1.0], use, 10) == b"[()-300]TJ\n"
    assert textops.show([-5.0, serif().shape("a", PLAIN)], use, 10) == b"[500(\0\1)]TJ\n"


def test_raised_marks_are_drawn_at_their_height() -> None:
    face = sans()
    shaped = face.shape("Xq\u0323l\u0302", PLAIN)
    assert any(glyph[4] for glyph in shaped.glyphs)
    use = FontUse(face)
    stream = textops.show([shaped, 1.0, face.shape("a", PLAIN)], use, 10)
    assert stream.count(b"Ts") % 2 == 0 and b" Ts" in stream
    codes = b"".join(part for part in parsed(re.sub(rb"\S+ Ts", b"", stream)) if isinstance(part, bytes))
    font = use.font()
    read = "".join(font.text[int.from_bytes(codes[i : i + 2], "big")] for i in range(0, len(codes), 2))
    assert read == text_of(shaped) + "a"


def test_the_second_document_has_the_bytes_of_the_first() -> None:
    stream, use = encoded(serif(), SAMPLE.split(" ")[:20])
    alone = (stream, use.font())
    encoded(serif(), SAMPLE.split(" ")[5:30])[1].font()
    again, use = encoded(serif(), SAMPLE.split(" ")[:20])
    assert (again, use.font()) == alone
    SUBSETS.clear()
    faces.WORDS.clear()
    fresh, use = encoded(Face(serif().path, serif().path.read_bytes(), {}), SAMPLE.split(" ")[:20])
    assert (fresh, use.font()) == alone


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_subset_holds_the_glyphs_and_their_widths_and_little_else(path: Path) -> None:
    face = load(path)
    words = [word for word in SAMPLE.split(" ") if face.covers(word)]
    _, use = encoded(face, words)
    font = use.font()
    program = TTFont(BytesIO(font.program))
    assert set(program.keys()) <= {"GlyphOrder", "head", "hhea", "hmtx", "maxp", "loca", "glyf"}
    metrics, whole = program["hmtx"], TTFont(path)
    order = program.getGlyphOrder()
    by_name = whole.getBestCmap()
    assert len(font.widths) == len(font.to_gid) == len(font.text)
    assert font.text[0] == "" and all(font.text[1:]) and font.to_gid[0] == 0
    for cid, gid in enumerate(font.to_gid):
        assert abs(metrics[order[gid]][0] - font.widths[cid]) <= 1
        text = font.text[cid]
        if len(text) == 1 and text.isalpha() and ord(text) in by_name:
            before, after = whole["glyf"][by_name[ord(text)]], program["glyf"][order[gid]]
            assert (before.xMin, before.yMin, before.xMax, before.yMax) == (
                after.xMin,
                after.yMin,
                after.xMax,
                after.yMax,
            )
    assert len(font.program) < 16_000
    assert font.serif == ("Serif" in path.name) and font.italic == path.stem.endswith("It")
    assert font.italic == (font.italic_angle != 0)


def test_a_variable_font_is_pinned(tmp_path: Path) -> None:
    path = variable(tmp_path)
    light, bold = load(path), load(path, {"wght": 900})
    assert light is not bold and light.name != bold.name
    wide = [face.shape("A", PLAIN).width for face in (light, bold)]
    assert wide[1] > wide[0]
    for face in (light, bold):
        _, use = encoded(face, ["A"])
        font = use.font()
        program = TTFont(BytesIO(font.program))
        assert not {"fvar", "gvar", "HVAR", "avar"} & set(program.keys())
        width = program["hmtx"][program.getGlyphOrder()[font.to_gid[1]]][0]
        assert abs(width * 1000 / face.upem - font.widths[1]) <= 1 and font.widths[1] == round(
            face.shape("A", PLAIN).width * 1000
        )
    with pytest.raises(LayoutFault, match="wdth"):
        load(path, {"wdth": 100})


def test_a_house_says_where_a_variable_font_stands(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    shutil.copytree(shipped("assets", "houses", "a"), folder)
    variable(folder)
    house = (folder / "house.yaml").read_text(encoding="utf-8")
    wanted = "  serif-display: {file: Variable.ttf, wght: 700}"
    written = house.replace("  serif-display: SourceSerif4Display-Regular.ttf", wanted)
    assert written != house
    (folder / "house.yaml").write_text(written, encoding="utf-8")
    sample = shipped("assets", "samples", "familienkommune-gladbeck", "article.yaml")
    job = Job(sample, editions=("mail", "html"), out=tmp_path / "out", house=str(folder))
    page, web = produce(job).products
    with pikepdf.open(page.path) as pdf:
        names = {str(font.BaseFont) for one in pdf.pages for font in one.Resources.Font.values()}
    assert [name for name in names if "wght700" in name]
    assert "Var100" in web.path.read_text(encoding="utf-8")
    for wrong, said in (
        ("weight: 700", "neither file nor an axis"),
        ("wght: heavy", "not a number"),
        ("wdth: 70", "wdth"),
    ):
        (folder / "house.yaml").write_text(written.replace("wght: 700", wrong), encoding="utf-8")
        with pytest.raises(LayoutFault, match=said):
            produce(job)


def variable(tmp_path: Path) -> Path:
    from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
    from fontTools.varLib import build

    space = DesignSpaceDocument()
    space.axes = [AxisDescriptor(tag="wght", name="Weight", minimum=100, default=100, maximum=900)]
    for weight in (100, 900):
        font = TTFont(built(tmp_path, f"Var{weight}"))
        for glyph, (advance, bearing) in font["hmtx"].metrics.items():
            font["hmtx"].metrics[glyph] = (advance + weight, bearing)
        space.sources.append(SourceDescriptor(font=font, location={"Weight": weight}, name=str(weight)))
    path = tmp_path / "Variable.ttf"
    build(space)[0].save(path)
    return path


def test_a_finished_file_reads_and_measures_in_pdfium() -> None:
    """One line a face, finished for real: PDFium finds the words, and the last letter where it should be."""
    size, left = 9.0, 40.0
    hand = Hand(fonts=())
    hand.page()
    lines: list[tuple[str, float]] = []
    for number, path in enumerate(FONTS):
        face = load(path)
        use = FontUse(face)
        words = ["Schifffahrt", "Ämter", "AVATAR", "„Tür“", "10.000", "effizient", "Wolf"]
        items: list[Shaped | float] = []
        for word in words:
            items += [face.shape(word, PLAIN), face.shape(" ", PLAIN), 1.37]
        items += [face.shape("Fami\u00ad", PLAIN)]
        width = sum(item if isinstance(item, float) else item.width * size for item in items)
        ops = b"BT /F%d %g Tf %g %d Td %sET" % (number, size, left, 560 - 30 * number, textops.show(items, use, size))
        hand.mark(hand.add("paragraph"), ops)
        hand.fonts[f"F{number}"] = use.font()
        hand.pages[-1].fonts = tuple(hand.fonts)
        lines.append((" ".join([*words, "Fami"]), left + width))
    data = finish(hand.proof(), combine(EDITIONS["mail"].standards), EDITIONS["mail"], {})
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    read = page.get_text_range().replace("\ufffe", "\u00ad").replace("\x02", "\u00ad")
    for number, (words, right) in enumerate(lines):
        assert read.count(words) == len(FONTS)
        band = page.get_text_bounded(right - 3, 550 - 30 * number, right, 575 - 30 * number)
        assert band.strip(), FONTS[number].name
        beyond = page.get_text_bounded(right + 0.1, 550 - 30 * number, right + 60, 575 - 30 * number)
        assert not beyond.strip(), FONTS[number].name
