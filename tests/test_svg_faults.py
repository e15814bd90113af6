"""Drawings that are refused: told by name and line, all faults at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.errors import PictureFault
from report.typeset import picture, svg
from tests.drawings import HOUSE, drawn


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ('<text x="1" y="1">A</text>', "<text>"),
        ('<image href="photo.jpg" width="9" height="9"/>', "photo.jpg"),
        ("<style>.a{fill:red}</style>", "<style>"),
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<a href="#x"><rect/></a>', "<a>"),
        ("<svg/>", "<svg> in <svg>"),
        ('<animate attributeName="x"/>', "<animate>"),
        ('<rect width="1" height="1" fill="url(#g)"/>', "gradient"),
        ('<rect width="1" height="1" filter="url(#f)"/>', "filter"),
        ('<rect width="1" height="1" mask="url(#m)"/>', "mask"),
        ('<path d="M0 0h1" marker-end="url(#m)"/>', "marker-end"),
        ('<g opacity=".5"><rect width="1" height="1"/></g>', "opacity: .5"),
        ('<rect width="1" height="1" style="mix-blend-mode:multiply"/>', "mix-blend-mode"),
        ('<rect width="1" height="1" style="clip-pth:none"/>', "clip-pth"),
        ('<rect width="1" height="1" fill="rgba(0,0,0,.5)"/>', "rgba(0,0,0,.5)"),
        ('<rect width="1" height="1" fill="bluish"/>', "bluish"),
        ('<rect width="1em" height="1"/>', "1em"),
        ('<rect width="-1" height="1"/>', "negative"),
        ('<rect width="1" height="1" onclick="x()"/>', "onclick"),
        ('<rect width="1" heigth="1"/>', "heigth"),
        ('<rect width="1" height="1" transform="turn(5)"/>', "turn(5)"),
        ('<path d="M0 0 X5"/>', "X5"),
        ('<path d="10 10"/>', "10 10"),
        ('<use href="other.svg#a"/>', "other.svg#a"),
        ('<use href="#none"/>', "#none"),
        ('<rect width="1" height="1" clip-path="url(http://a.example/b#c)"/>', "a.example"),
        ('<rect width="1" height="1" clip-path="url(#none)"/>', "#none"),
        (
            '<clipPath id="c" clipPathUnits="objectBoundingBox"><rect/></clipPath><rect clip-path="url(#c)"/>',
            "clipPathUnits",
        ),
        ('<clipPath id="c"><text>A</text></clipPath><rect clip-path="url(#c)"/>', "<text>"),
    ],
)
def test_what_is_not_understood_is_told_by_name_and_line(tmp_path: Path, inner: str, words: str) -> None:
    with pytest.raises(PictureFault) as stop:
        svg.draw(drawn(tmp_path, f"\n{inner}"), HOUSE)
    assert any(words in fault.filled(fault.message) for fault in stop.value.faults), stop.value
    assert all((fault.place.file, fault.place.line) == ("drawing.svg", 3) for fault in stop.value.faults)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(PictureFault) as stop:
        drawn(
            tmp_path,
            '<text>A</text>\n<rect width="1" height="1" opacity="0"/>\n<rect width="1" height="1" fill="nix"/>',
        )
    assert [fault.place.line for fault in stop.value.faults] == [2, 3, 4]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>',
            "document type",
        ),
        (
            '<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
            "document type",
        ),
        ('<?xml-stylesheet href="a.css"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "style sheet"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "no size"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>', "viewBox"),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" preserveAspectRatio="none"/>',
            "preserveAspectRatio",
        ),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect></svg>', "well-formed"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">&nbsp;</svg>', "well-formed"),
        ("<html/>", "not a drawing"),
        ('<?xml version="1.0" encoding="none-such"?><svg/>', "well-formed"),
        ("<svg>" + "<g>" * 100 + "</g>" * 100 + "</svg>", "levels"),
    ],
)
def test_files_that_are_no_drawings(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "a.svg").write_text(content, encoding="utf-8")
    with pytest.raises(PictureFault, match=words):
        picture.look(tmp_path / "a.svg", tmp_path)


def test_uses_do_not_unfold_without_end(tmp_path: Path) -> None:
    with pytest.raises(PictureFault, match="contains itself"):
        drawn(tmp_path, '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')
    laughs = "".join(f'<g id="a{i}">' + f'<use href="#a{i - 1}"/>' * 10 + "</g>" for i in range(1, 15))
    with pytest.raises(PictureFault, match="unfolds"):
        drawn(tmp_path, '<g id="a0"/>' + laughs)


@settings(max_examples=150)
@given(st.text(alphabet="<>/=\"' svgrectpathMLAZ0123#&;:(){}!?-[]\n", max_size=80))
def test_any_text_is_a_drawing_or_a_finding(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{text}</svg>', encoding="utf-8")
    try:
        drawing = svg._read(path, {})
    except PictureFault as stop:
        assert stop.faults
    else:
        assert svg.draw(drawing, HOUSE).box[2] >= 9
