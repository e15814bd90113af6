"""Faces: coverage, shaping, codes, subsets and text operators, held against HarfBuzz, fontTools and PDFium."""

from __future__ import annotations

import re
import struct
import time
import unicodedata
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import uharfbuzz as harfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from report.editions import EDITIONS
from report.errors import LayoutFault
from report.finish import finish
from report.paths import shipped
from report.standards import combine
from report.typeset import face as faces
from report.typeset import textops
from report.typeset.characters import sources
from report.typeset.face import Face, Shaped, character_name, features, load, pick
from report.typeset.fontuse import SUBSETS, FontUse
from report.typeset.store import Store
from tests.proofs import Hand

FONTS = sorted(shipped("assets", "fonts").glob("*.ttf"))
SAMPLE = (
    "Gladbeck erhält den Landespreis „Familienkommune“: 10.000 Euro für effiziente, offizielle Familienarbeit – "
    "erläutert Bürgermeisterin Bettina Weist (SPD). Auflage, Schifffahrt, Tür, Wärme, AVON, Ämter, Straße, GROẞ, "
    "z.\u202fB. 5\u00a0% · Nr.\u00a07, Bürger*innen/Akteur:innen; „Vielfalt“ – Šimůnek, Łódź, Ἑλλάς, Россия → ✓"
)
PLAIN = features()


def serif() -> Face:
    return load(shipped("assets", "fonts", "SourceSerif4SmText-Regular.ttf"))


def sans() -> Face:
    return load(shipped("assets", "fonts", "SourceSans3-Regular.ttf"))


def text_of(shaped: Shaped) -> str:
    return "".join(glyph[1] for glyph in shaped.glyphs)


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_widths_are_harfbuzz_widths_of_the_whole_run(path: Path) -> None:
    face = load(path)
    font = harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob(path.read_bytes())))
    for word in SAMPLE.split(" "):
        if not face.covers(word):
            continue
        buffer = harfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        buffer.language = "de"
        harfbuzz.shape(font, buffer, {"kern": True, "lnum": True, "pnum": True})
        whole = sum(place.x_advance for place in buffer.glyph_positions or ())
        shaped = face.shape(word, PLAIN)
        assert shaped.width * face.upem == pytest.approx(whole, abs=0.01)
        assert text_of(shaped) == word
        assert all(glyph[0] and glyph[1] for glyph in shaped.glyphs)


def test_measures_are_those_of_the_file() -> None:
    face = serif()
    assert (face.name, face.upem) == ("SourceSerif4SmText-Regular", 1000)
    assert (face.ascent, face.descent, face.cap_height, face.x_height) == (1.036, -0.335, 0.67, 0.486)
    assert face.space == face.shape(" ", PLAIN).width == 0.235


def test_ink_and_bearings() -> None:
    face = serif()
    shaped = face.shape("AV", PLAIN)
    left = face.ink(shaped.glyphs[0][0])[0]
    assert shaped.left == left
    assert shaped.right == pytest.approx(shaped.glyphs[1][2] - face.ink(shaped.glyphs[1][0])[2])
    assert face.ink(face.shape("H", PLAIN).glyphs[0][0])[3] == pytest.approx(face.cap_height, abs=0.002)
    assert face.ink(face.shape(" ", PLAIN).glyphs[0][0]) == (0.0, 0.0, 0.0, 0.0)
    assert shaped.width < face.shape("A", PLAIN).width + face.shape("V", PLAIN).width


def test_a_ligature_reads_as_its_letters_and_rare_ones_stay_away() -> None:
    glyphs = sans().shape("effizient", PLAIN).glyphs
    assert "ffi" in [glyph[1] for glyph in glyphs] or "ff" in [glyph[1] for glyph in glyphs]
    assert [glyph[1] for glyph in sans().shape("Acte st", PLAIN).glyphs] == list("Acte st")  # ct and st are dlig


def test_a_non_joiner_parts_a_ligature_and_is_not_read() -> None:
    shaped = sans().shape("Auf\u200cfinden", PLAIN)
    assert text_of(shaped) == "Auffinden"
    assert "ffi" not in [glyph[1] for glyph in shaped.glyphs]


def test_figures() -> None:
    face = serif()
    widths = {kind: face.shape("11111", features(figures=kind)).width for kind in ("lining", "old-style", "tabular")}
    eights = {kind: face.shape("88888", features(figures=kind)).width for kind in ("lining", "old-style", "tabular")}
    assert widths["tabular"] == eights["tabular"]
    assert widths["lining"] < eights["lining"] and widths["old-style"] < eights["old-style"]
    heights = [face.ink(face.shape("1", features(figures=kind)).glyphs[0][0])[3] for kind in ("lining", "old-style")]
    assert heights[0] > heights[1]


def test_small_capitals_read_as_the_letters_that_were_written() -> None:
    shaped = serif().shape("NRW", features(small_caps=True))
    assert text_of(shaped) == "NRW"
    assert shaped.width < serif().shape("NRW", PLAIN).width


def test_equal_features_are_one_object() -> None:
    assert features("lining", False, "de") is features("lining", False, "de")
    assert serif().shape("Stadt", PLAIN) is serif().shape("Stadt", PLAIN)


def test_the_hyphen_at_a_line_end_reads_as_a_soft_hyphen() -> None:
    face = serif()
    hyphen = face.hyphen(PLAIN)
    assert [glyph[1] for glyph in hyphen.glyphs] == ["\u00ad"]
    assert hyphen.glyphs[0][0] == face.shape("-", PLAIN).glyphs[0][0]
    assert hyphen.width == face.shape("-", PLAIN).width
    divided = face.shape("Fami\u00ad", PLAIN)
    assert text_of(divided) == "Fami\u00ad"
    assert divided.width == pytest.approx(face.shape("Fami-", PLAIN).width)
    assert text_of(face.shape("Fa\u00admi", PLAIN)) == "Fami"


@given(st.lists(st.text("AVTWaefilorty.-ÄüßLTyu\u0301\u200b", min_size=1, max_size=4), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_prefixes_are_as_wide_as_if_shaped_alone(pieces: list[str]) -> None:
    face = sans()
    for count, (width, glyphs) in enumerate(face.prefixes(pieces, PLAIN), 1):
        alone = face.shape("".join(pieces[:count]), PLAIN)
        assert width == pytest.approx(alone.width, abs=1e-9)
        assert glyphs == len(alone.glyphs)


def test_marks_are_merged_or_read_by_themselves() -> None:
    face = sans()
    assert face.covers("e\u0301x\u0302")
    assert [glyph[1] for glyph in face.shape("e\u0301", PLAIN).glyphs] == ["é"]
    assert [glyph[1] for glyph in face.shape("x\u0302", PLAIN).glyphs] == ["x", "\u0302"]


def test_a_mark_parted_from_its_base_reads_as_itself() -> None:
    face = load(shipped("assets", "fonts", "SourceSerif4-Regular.ttf"))
    assert [glyph[1] for glyph in face.shape("ŵ\u0301", PLAIN).glyphs] == ["w", "\u0302", "\u0301"]
    assert text_of(face.shape("effiŵ\u0301", PLAIN)) == "effiw\u0302\u0301"


def test_what_paints_nothing_is_covered_and_has_no_width() -> None:
    face = serif()
    assert face.covers("\u00ad\u200b\u2060\ufe0f")
    assert face.shape("\u200b", PLAIN).glyphs == ()
    assert face.shape("\u2060", PLAIN).width == 0.0
    assert text_of(face.shape("a\u2060b\ufe0f", PLAIN)) == "ab"
    assert not face.covers("\U0001f600")
    assert not face.covers("\ud800")
    assert face.covers("")


def test_no_shipped_face_draws_a_character_by_two_glyphs() -> None:
    """Else a glyph would have no character of its own to read (see `characters.sources`)."""
    for path in FONTS:
        face = load(path)
        chars = [chr(code) for code in harfbuzz.Face(harfbuzz.Blob(path.read_bytes())).unicodes]
        for wish in (PLAIN, features("old-style"), features("tabular"), features(small_caps=True)):
            for char in chars:
                glyphs = face.shape(char, wish).glyphs if face.covers(char) else ()
                read = [glyph[1] for glyph in glyphs]
                assert "\u2060" not in read and all(read), (path.name, char)
                assert "".join(read) in ("", char, unicodedata.normalize("NFC", char)), (path.name, char)


@pytest.mark.parametrize(
    ("text", "clusters", "expected"),
    [
        ("abc", [0, 1, 2], ["a", "b", "c"]),
        ("effi", [0, 1], ["e", "ffi"]),
        ("abc", [2, 1, 0], ["c", "b", "a"]),  # right to left
        ("ab", [0, 0], ["a", "b"]),
        ("abc", [0, 0], ["a", "bc"]),
        ("a", [0, 0], ["a", "\u2060"]),
        ("a\u2060b", [0, 2], ["a", "b"]),
        ("", [], []),
    ],
)
def test_every_glyph_has_characters(text: str, clusters: list[int], expected: list[str]) -> None:
    assert sources(text, clusters) == expected


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x24FF), max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_character_is_lost(text: str) -> None:
    for face, part in pick([serif(), sans()], text):
        if face is None:
            continue
        shaped = face.shape(part, PLAIN)
        assert all(glyph[1] for glyph in shaped.glyphs)
        seen = re.sub("[\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff]", "", unicodedata.normalize("NFC", part))
        read = re.sub("[\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff]", "", text_of(shaped))
        if not any(unicodedata.bidirectional(char) in ("R", "AL") for char in part):
            assert unicodedata.normalize("NFC", read) == unicodedata.normalize("NFC", seen)


def test_pick_prefers_the_first_face_and_keeps_marks_with_their_base() -> None:
    main, other = serif(), sans()
    assert pick([main, other], "Stadt") == [(main, "Stadt")]
    arrow = next(char for char in "\u2192\u21d2\u2713\u25b6\u266a" if other.covers(char) and not main.covers(char))
    assert pick([main, other], f"a{arrow}b") == [(main, "a"), (other, arrow), (main, "b")]
    assert pick([main, other], "Hallo \U0001f600!") == [(main, "Hallo "), (None, "\U0001f600"), (main, "!")]
    assert pick([main, other], "x\u0302y") == [(main, "x\u0302y")]
    runs = pick([main, other], "a\u0489")
    assert runs[0][0] is main and "".join(part for _, part in runs) == "a\u0489"
    family = "\U0001f468\u200d\U0001f469"
    assert [face for face, part in pick([main], family) if not face] and "".join(
        p for _, p in pick([main], family)
    ) == family


def test_character_names() -> None:
    assert character_name("\U0001f600") == "U+1F600 GRINNING FACE"
    assert character_name("\ud800") == "U+D800"


# --- font files that cannot be used


def built(tmp_path: Path, name: str = "Trial", upem: int = 2048, chars: str = "AB e-", fs_type: int = 0) -> Path:
    """A small TrueType font: boxes of several widths; no mark, no narrow space, no layout tables."""
    builder = FontBuilder(upem, isTTF=True)
    order = [".notdef", *(f"g{ord(char):04x}" for char in chars)]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char): f"g{ord(char):04x}" for char in chars})
    pen = TTGlyphPen(None)
    for step in ((0, 0), (0, 700), (500, 700), (500, 0)):
        pen.lineTo(step) if step != (0, 0) else pen.moveTo(step)
    pen.closePath()
    box = pen.glyph()
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({glyph: empty if glyph == "g0020" else box for glyph in order})
    builder.setupHorizontalMetrics({glyph: (601 + 77 * place, 40) for place, glyph in enumerate(order)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": f"{name}-Regular"})
    builder.setupOS2(fsType=fs_type, version=2, sCapHeight=700, sxHeight=0)
    builder.setupPost()
    path = tmp_path / f"{name}.ttf"
    builder.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(LayoutFault) as caught:
        load(path)
    assert path.name in str(caught.value)
    assert caught.value.faults[0].remedy
    return str(caught.value)


def test_damaged_and_foreign_files_are_refused_by_name(tmp_path: Path) -> None:
    whole = FONTS[0].read_bytes()
    table = whole.index(b"glyf")
    for name, data, words in (
        ("empty.ttf", b"", "not a TrueType"),
        ("text.ttf", "Kein Font, sondern Text. Ämter".encode(), "not a TrueType"),
        ("cff.otf", b"OTTO" + whole[4:], "PostScript outlines"),
        ("web.woff2", b"wOF2" + whole[4:], "web font"),
        ("many.ttc", b"ttcf" + whole[4:], "collection"),
        ("short.ttf", whole[: len(whole) // 2], "ends too early"),
        ("head.ttf", whole[:20], "ends too early"),
        ("missing.ttf", whole[:table] + b"gl__" + whole[table + 4 :], "“glyf” is missing"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        assert words in refusal(path)
    assert "cannot be read" in refusal(tmp_path / "absent.ttf")
    magic = whole.replace(struct.pack(">L", 0x5F0F3CF5), b"\0\0\0\0", 1)
    (tmp_path / "magic.ttf").write_bytes(magic)
    assert "damaged" in refusal(tmp_path / "magic.ttf")


@given(st.integers(0, 200_000), st.binary(min_size=1, max_size=64))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_refused_or_works(tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes) -> None:
    whole = FONTS[-1].read_bytes()
    at %= len(whole)
    path = tmp_path_factory.mktemp("noise") / "noise.ttf"
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    try:
        face = load(path)
        use = FontUse(face)
        textops.show([face.shape("Gladbeck", PLAIN)], use, 10.0)
        use.font()
    except LayoutFault as fault:
        assert "noise.ttf" in str(fault)


@pytest.mark.parametrize(
    ("permission", "refused"), [(0, False), (2, True), (4, False), (8, False), (0x100, True), (0x200, True), (6, False)]
)
def test_the_makers_permission_is_kept(tmp_path: Path, permission: int, refused: bool) -> None:
    path = built(tmp_path, fs_type=permission)
    if refused:
        assert "does not allow" in refusal(path)
    else:
        assert load(path).name == "Trial-Regular"


def test_a_poor_face_stands_in_where_it_may(tmp_path: Path) -> None:
    face = load(built(tmp_path))
    assert face.covers("\u00a0\u2009\u2010\u2011") and not face.covers("é")
    assert face.shape("\u202f", PLAIN).width == 0.2
    assert [glyph[1] for glyph in face.shape("A\u00a0B\u2011", PLAIN).glyphs] == ["A", "\u00a0", "B", "\u2011"]
    assert face.shape("A\u2011", PLAIN).glyphs[1][0] == face.shape("-", PLAIN).glyphs[0][0]
    assert face.cap_height == pytest.approx(700 / 2048)
    assert face.x_height == 0.5  # neither the file nor an x tells it


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = built(tmp_path)
    first = load(path)
    assert load(path) is first
    path.write_bytes(FONTS[0].read_bytes())
    assert load(path) is not first


# --- one document's use


def encoded(face: Face, words: list[str], size: float = 10.0) -> tuple[bytes, FontUse]:
    use = FontUse(face)
    items: list[Shaped | float] = []
    for word in words:
        items += [face.shape(word, PLAIN), face.shape(" ", PLAIN), 1.2345]
    return textops.show(items, use, size), use


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


# --- memory and time


def test_a_store_is_bounded_and_keeps_what_is_asked_for() -> None:
    store: Store[int, int] = Store(100)
    store.put(-1, 7)
    for number in range(10_000):
        store.put(number, number)
        assert store.get(-1) == 7
        assert len(store) <= 100
    assert store.get(3) is None


def test_words_are_remembered_up_to_a_limit() -> None:
    for number in range(25_000):
        serif().shape(f"W{number}", PLAIN)
    assert len(faces.WORDS) <= 20_000
    faces.WORDS.clear()


def test_two_faces_in_one_process_do_not_mix() -> None:
    one, other = serif().shape("Stadt", PLAIN), sans().shape("Stadt", PLAIN)
    assert one is not other and one.width != other.width


def test_five_hundred_words_are_quickly_shown() -> None:
    """Generous by far: it only fails when something is done per glyph that should be done once per word."""
    face = serif()
    words = (SAMPLE.split(" ") * 20)[:500]
    encoded(face, words)
    started = time.perf_counter()
    encoded(face, words)
    assert time.perf_counter() - started < 0.05
