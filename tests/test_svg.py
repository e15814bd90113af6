"""Drawings: what is understood, what is refused by name, and that the sample's drawings have no rims."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report import house
from report.errors import PictureFault
from report.typeset import picture, svg, svgpath
from report.typeset.outline import IDENTITY, Outline, area, joined, moved, points, turned
from tests.goldens import assert_golden

SAMPLES = Path(__file__).parent.parent / "assets" / "samples" / "familienkommune-gladbeck"
DRAWINGS = sorted(SAMPLES.glob("*.svg"))
HOUSE = house.load("a")
OTHER = house.load("b")


def drawn(tmp_path: Path, inner: str, head: str = 'viewBox="0 0 100 100"') -> svg.Drawing:
    path = tmp_path / "drawing.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {head}>\n{inner}\n</svg>', encoding="utf-8")
    return svg.read(path)


def operators(tmp_path: Path, inner: str, head: str = 'viewBox="0 0 100 100"') -> str:
    return svg.draw(drawn(tmp_path, inner, head), HOUSE).content.decode().replace("\n", " ").strip()


# -- what is understood ------------------------------------------------------------------------------------------


SHAPES = (
    '<rect x="10" y="20" width="30" height="5" fill="#fff"/>',
    '<rect width="100%" height="50%" fill="red"/>',
    '<path d="M0 0h10v10h-10z"/>',
    '<path d="M0 0L10 10 20 0z" fill-rule="evenodd"/>',
    '<polygon points="0,0 10,10 20,0" fill="none" stroke="blue"/>',
    (
        '<polyline points="0 0 10 10" stroke="blue" stroke-width="2" stroke-linecap="round" fill="none" '
        'stroke-linejoin="bevel" stroke-dasharray="1 2 3"/>'
    ),
    '<line x1="1" y1="2" x2="3" y2="4" fill="red" stroke="black"/>',
    '<rect width="4" height="4" fill="red" stroke="red"/>',
    '<g transform="translate(10 10) scale(2)"><rect width="5" height="5"/></g>',
    '<g transform="rotate(90 50 50)"><rect width="10" height="20"/></g>',
    '<g transform="scale(2)" stroke="red" fill="none"><path d="M0 0H5"/></g>',
    '<path transform="scale(2 1)" d="M0 0H5" stroke="red"/>',
    '<g fill="red"><rect width="1" height="1"/><rect width="2" height="2"/></g>',
    '<g style="fill:red;stroke:none"><rect width="1" height="1" style="fill: lime !important"/></g>',
    '<g display="none"><rect width="1" height="1"/></g><rect width="2" height="2"/>',
    '<g visibility="hidden"><rect width="1" height="1"/><rect visibility="visible" width="2" height="2"/></g>',
    '<rect width="0" height="9"/><circle r="0"/><path d=""/>',
    '<defs><rect id="a" width="5" height="5"/></defs><use href="#a" x="10" y="10" fill="red"/>',
    '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a"/><g id="a"><rect width="5" height="5"/></g>',
    (
        '<symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol><use href="#s" width="20" '
        'height="40"/>'
    ),
    (
        '<rect clip-path="url(#c)" width="50" height="50" fill="red"/><clipPath id="c"><rect width="9" '
        'height="9"/></clipPath>'
    ),
    (
        '<clipPath id="c" clip-path="url(#d)"><rect width="9" height="9" clip-rule="evenodd"/></clipPath>'
        '<clipPath id="d"><rect width="5" height="5"/></clipPath><g clip-path="url(#c)"><rect width="50" '
        'height="50"/></g>'
    ),
    (
        '<clipPath id="c"><path d="M0 0H9V9H0z"/><path d="M5 5V20H20V5z"/></clipPath><rect '
        'clip-path="url(#c)" width="50" height="50"/>'
    ),
    '<clipPath id="c"/><rect clip-path="url(#c)" width="5" height="5"/>',
    '<clipPath id="c"><rect width="9" height="9"/></clipPath><g clip-path="url(#c)"><title>x</title></g>',
    (
        '<g fill="red"><g clip-path="url(#c)"><rect width="1" height="1"/></g><rect width="2" height="2"/>'
        '</g><clipPath id="c"><rect width="9" height="9"/></clipPath>'
    ),
    '<g color="#00f" fill="currentColor"><rect width="1" height="1"/></g>',
    '<rect width="1mm" height="1in" fill="rgb(100%,0%,0%)"/>',
    (
        '<rect width="1" height="1" opacity="1" fill-opacity="100%" filter="none" font-family="x" class="y" '
        'data-name="z"/>'
    ),
    '<metadata><a xmlns="urn:x"><b/></a></metadata><x:y xmlns:x="urn:x"><x:z/></x:y><rect width="1" height="1"/>',
    '<defs><linearGradient id="unused"><stop offset="0"/></linearGradient></defs><rect width="1" height="1"/>',
)


def test_shapes_become_operators(tmp_path: Path) -> None:
    assert_golden("svg-shapes", "".join(f"{inner}\n    {operators(tmp_path, inner)}\n" for inner in SHAPES))


def test_the_view_is_moved_to_the_corner(tmp_path: Path) -> None:
    assert (
        operators(tmp_path, '<rect x="-5" y="10" width="5" height="5"/>', 'viewBox="-10 10 200 30"')
        == "0 0 0 rg 5 25 5 5 re f"
    )
    drawing = drawn(tmp_path, "<rect/>", 'width="20mm" height="10mm"')
    assert (drawing.width, drawing.height) == pytest.approx((75.59, 37.8), abs=0.01)
    assert drawing.box == (0, 0, drawing.width, drawing.height)


def test_ink_beyond_the_view_is_in_the_box(tmp_path: Path) -> None:
    form = svg.draw(drawn(tmp_path, '<rect x="-5" y="-5" width="110" height="110"/>'), HOUSE)
    assert form.box == (-5, -5, 105, 105)
    stroked = svg.draw(
        drawn(tmp_path, '<path d="M0 50H100" stroke="red" stroke-width="4" stroke-miterlimit="1"/>'), HOUSE
    )
    assert stroked.box == (-3, 0, 103, 100)


def test_words_and_anchor(tmp_path: Path) -> None:
    head = 'viewBox="0 0 9 9" preserveAspectRatio="xMinYMax slice"'
    drawing = drawn(tmp_path, "<title>Die\n Stadt</title><desc>Häuser</desc><g><title>nicht das</title></g>", head)
    assert (drawing.title, drawing.description) == ("Die Stadt", "Häuser")
    assert drawing.anchor == (0.0, 1.0)
    info = picture.look(tmp_path / "drawing.svg", tmp_path)
    assert (info.kind, info.focus, info.title) == ("drawing", (0.0, 1.0), "Die Stadt")


def test_a_drawing_is_laid_over_its_box(tmp_path: Path) -> None:
    drawing = drawn(tmp_path, "<rect/>", 'viewBox="0 0 200 100"')
    a, b, c, d, e, f = svg.matrix(drawing, (10, 20, 110, 120), (0.5, 0, 1, 1))
    assert (a, b, c, d) == pytest.approx((1, 0, 0, 1))
    assert (a * 100 + e, f, a * 200 + e, d * 100 + f) == pytest.approx((10, 20, 110, 120))


# -- colours -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        ('<rect width="1" height="1" fill="#123456" data-role="deep"/>', "0 0.2118 0.3686 rg"),
        ('<g data-role="sun"><g><rect width="1" height="1"/></g></g>', "0.9725 0.7294 0.1765 rg"),
        ('<g data-role="sun"><rect width="1" height="1" fill="red"/></g>', "1 0 0 rg"),
        ('<rect width="1" height="1" fill="none" stroke="red" data-role="deep"/>', "0 0.2118 0.3686 RG"),
        (
            '<rect width="1" height="1" stroke="red" data-role="deep sun"/>',
            "0 0.2118 0.3686 rg 0.9725 0.7294 0.1765 RG",
        ),
        ('<rect width="1" height="1" fill="currentColor"/>', "0.1137 0.1137 0.1059 rg"),
    ],
)
def test_roles(tmp_path: Path, inner: str, wanted: str) -> None:
    assert " ".join(re.findall(r"[\d. ]+ (?:rg|RG)", operators(tmp_path, inner))).replace("  ", " ").strip() == wanted


def test_a_map_beside_the_drawing(tmp_path: Path) -> None:
    (tmp_path / "drawing.colours.yaml").write_text('"#00365e": deep\nred: accent\n', encoding="utf-8")
    inner = "".join(f'<rect width="1" height="1" fill="{word}"/>' for word in ("#00365E", "#f00", "lime"))
    assert re.findall(r"[\d. ]+ rg", operators(tmp_path, inner)) == [
        "0 0.2118 0.3686 rg",
        " 0.7686 0.2 0.0706 rg",
        " 0 1 0 rg",
    ]
    (tmp_path / "drawing.colours.yaml").write_text('"#00365e": deep\nbluish: accent\n', encoding="utf-8")
    with pytest.raises(PictureFault, match=r"drawing.colours.yaml:2: The colour “bluish”"):
        drawn(tmp_path, inner)


def test_a_role_that_the_house_has_not(tmp_path: Path) -> None:
    drawing = drawn(tmp_path, '<rect width="1" height="1" data-role="gold"/>')
    with pytest.raises(PictureFault, match=r"drawing.svg:2: .*“gold”.*Known: deep"):
        svg.draw(drawing, HOUSE)


def test_another_house_recolours_without_reading_again() -> None:
    one = svg.read(DRAWINGS[0])
    assert svg.read(DRAWINGS[0]) is one
    assert svg.draw(one, HOUSE) is svg.draw(one, HOUSE)
    plain = [re.sub(rb"[\d.]+ [\d.]+ [\d.]+ rg", b"rg", svg.draw(one, each).content) for each in (HOUSE, OTHER)]
    assert plain[0] == plain[1] and svg.draw(one, HOUSE).content != svg.draw(one, OTHER).content


# -- what is refused ---------------------------------------------------------------------------------------------


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


# -- outlines ----------------------------------------------------------------------------------------------------


@given(st.text(alphabet="MmLlHhVvCcSsQqTtAaZz0123456789.-+e, \n", max_size=60))
def test_any_path_is_an_outline_or_refused(text: str) -> None:
    try:
        outline = svgpath.path(text)
    except ValueError:
        return
    assert not outline or outline[0][0] == "m"
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in points(outline))


def near(one: Outline, other: Outline) -> bool:
    same = [segment[0] for segment in one] == [segment[0] for segment in other]
    pairs = zip(points(one), points(other), strict=True)
    return same and all(math.isclose(a, b, abs_tol=1e-6) for p, q in pairs for a, b in zip(p, q, strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("M1 2L3 4", "m1 2 2 2"),
        ("M1,2,3,4,5,6", "M1 2L3 4L5 6"),
        ("M0 0H5V5H0Z", "m0 0h5v5h-5z"),
        ("M0 0Z L5 5", "M0 0Z M0 0L5 5"),
        ("M0 0C1 1 2 1 3 0S5 -1 6 0", "M0 0C1 1 2 1 3 0C4 -1 5 -1 6 0"),
        ("M0 0Q3 3 6 0T12 0", "M0 0C2 2 4 2 6 0C8 -2 10 -2 12 0"),
        ("M0 0S1 1 2 0", "M0 0C0 0 1 1 2 0"),
        ("M1.5.5-1-.5", "M1.5 0.5L-1 -0.5"),
        ("M0 0a5 5 0 0110 0", "M0 0A5 5 0 0 1 10 0"),
        ("M0 0A5 0 0 0 1 10 0", "M0 0L10 0"),
        ("M0 0A1 1 0 0 1 10 0", "M0 0A5 5 0 0 1 10 0"),
        ("M0 0A5 5 0 0 1 0 0L1 1", "M0 0L1 1"),
    ],
)
def test_spellings_of_one_path(one: str, other: str) -> None:
    assert near(svgpath.path(one), svgpath.path(other))


@given(st.floats(0.5, 50), st.floats(0, 6.28), st.floats(0.05, 6.2), st.booleans())
def test_arcs_lie_on_their_circle(radius: float, begin: float, span: float, sweep: bool) -> None:
    end = begin + (span if sweep else -span)
    x0, y0, x1, y1 = (radius * f(a) for a in (begin, end) for f in (math.cos, math.sin))
    text = f"M{x0:.9f} {y0:.9f}A{radius:.9f} {radius:.9f} 0 {int(span > math.pi)} {int(sweep)} {x1:.9f} {y1:.9f}"
    if abs(span - math.pi) < 0.01:  # both arcs are possible there
        return
    for segment, before in zip(svgpath.path(text)[1:], svgpath.path(text), strict=False):
        corners = [before[-2:], segment[1:3], segment[3:5], segment[5:7]]
        middle = [
            sum(weight * float(p[i]) for weight, p in zip((1, 3, 3, 1), corners, strict=True)) / 8 for i in (0, 1)
        ]
        assert math.hypot(*middle) == pytest.approx(radius, rel=5e-4)


@given(
    st.lists(
        st.sampled_from(["rotate(30)", "scale(2 -1)", "translate(3,4)", "skewX(10)", "matrix(1 2 3 4 5 6)"]), max_size=4
    )
)
def test_transforms_apply_from_right_to_left(parts: list[str]) -> None:
    matrix = IDENTITY
    for part in parts:
        matrix = joined(matrix, svgpath.transform(part))
    assert svgpath.transform(" ".join(parts)) == pytest.approx(matrix)
    point: Outline = (("m", 1.0, 2.0),)
    step = point
    for part in reversed(parts):
        step = moved(step, svgpath.transform(part))
    assert near(moved(point, matrix), step)


def test_turning_an_outline_keeps_its_shape() -> None:
    outline = svgpath.path("M0 0H10V10C10 15 0 15 0 10ZM2 2V4H4Z")
    back = turned(outline)
    assert area(back) == pytest.approx(-area(outline))
    assert {tuple(map(float, p)) for p in points(back)} == {tuple(map(float, p)) for p in points(outline)}


# -- the sample's drawings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_the_sample_drawings_are_for_any_house(path: Path) -> None:
    drawing = svg.read(path)
    paints = [paint for step in drawing.steps for paint in (step.fill, step.stroke) if paint]
    assert paints and all(paint.role in HOUSE.swatches for paint in paints)
    assert all(HOUSE.swatches[paint.role].rgb == paint.rgb for paint in paints)
    assert drawing.title and drawing.description.endswith(".")
    left, bottom, right, top = drawing.ink
    if path.stem == "award-laurel":  # stands on the panel's colour: only its leaves and its stem bleed
        assert top >= drawing.height and right >= drawing.width
        return
    assert left <= -5 and bottom <= -5 and right >= drawing.width + 5 and top >= drawing.height + 5
    assert len(svg.draw(drawing, HOUSE).content) < 8000


def rims(text: str) -> list[str]:
    """Name the shapes that end on the edge of a shape of another colour under them: a rim of it would show."""
    circles: list[tuple[float, float, float, str]] = []
    boxes: list[tuple[float, float, float, float, str]] = []
    found = []
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    right, foot = (float(size[1]), float(size[2])) if size else (100.0, 100.0)
    for tag in re.findall(r"<(?:rect|circle|path)\b[^>]*>", text):
        facts = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        fill = facts.get("fill", "")
        if "r" in facts:
            circles.append((float(facts["cx"]), float(facts["cy"]), float(facts["r"]), fill))
        elif "width" in facts:
            x, y, w, h = (float(facts[name]) for name in ("x", "y", "width", "height"))
            for a, b, c, d, under in boxes:
                inside = a <= x and b <= y and c >= x + w and d >= y + h
                edges = ((x, a, right), (y, b, foot), (x + w, c, right), (y + h, d, foot))
                shared = [v for v, edge, end in edges if abs(v - edge) < 0.3 and 0 < v < end]
                if inside and shared and under != fill:
                    found.append(tag)
            boxes.append((x, y, x + w, y + h, fill))
        else:
            for match in re.finditer(
                r"([\d.]+) ([\d.]+) (?:\w[\d.]* )?A([\d.]+) [\d.]+ 0 0 [01] ([\d.]+) ([\d.]+)", facts["d"]
            ):
                x0, y0, radius, x1, y1 = map(float, match.groups())
                for cx, cy, r, under in circles:
                    ends = (math.hypot(x0 - cx, y0 - cy), math.hypot(x1 - cx, y1 - cy))
                    if under != fill and abs(radius - r) < 0.05 * r + 0.1 and all(abs(end - r) < 0.35 for end in ends):
                        found.append(tag)
    return found


def test_no_shape_lies_on_its_twins_edge() -> None:
    head = '<circle cx="50" cy="50" r="10" fill="#111"/><path d="M40.2 48 A10.1 10.1 0 0 1 59.8 48 Z" fill="#222"/>'
    strip = (
        '<rect x="9" y="9" width="50" height="50" fill="#111"/><rect x="9" y="9" width="50" height="2" fill="#222"/>'
    )
    assert len(rims(head)) == len(rims(strip)) == 1  # the measure itself sees them
    assert {path.name: rims(path.read_text(encoding="utf-8")) for path in DRAWINGS} == {
        path.name: [] for path in DRAWINGS
    }
