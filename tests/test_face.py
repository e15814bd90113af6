"""Faces: coverage, measures and shaping, held against HarfBuzz and fontTools; memory and time."""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path

import pytest
import uharfbuzz as harfbuzz
from hypothesis import given, settings
from hypothesis import strategies as st

from report.paths import shipped
from report.typeset import face as faces
from report.typeset.characters import sources
from report.typeset.face import character_name, features, load, pick
from report.typeset.store import Store
from tests.faces import FONTS, PLAIN, SAMPLE, encoded, sans, serif, text_of


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


# -- memory and time


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
