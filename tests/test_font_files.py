"""Font files that cannot be used: damaged, foreign, not permitted; and changed ones."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.errors import LayoutFault
from report.typeset import textops
from report.typeset.face import load
from report.typeset.fontuse import FontUse
from tests.faces import FONTS, PLAIN, built


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
