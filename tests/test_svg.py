"""Drawings: what is understood, which colours they take, and that the sample's drawings have no rims."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from report import house
from report.errors import PictureFault
from report.typeset import picture, svg
from tests.drawings import HOUSE, drawn
from tests.goldens import assert_golden

SAMPLES = Path(__file__).parent.parent / "assets" / "samples" / "familienkommune-gladbeck"
DRAWINGS = sorted(SAMPLES.glob("*.svg"))
OTHER = house.load("b")


def operators(tmp_path: Path, inner: str, head: str = 'viewBox="0 0 100 100"') -> str:
    return svg.draw(drawn(tmp_path, inner, head), HOUSE).content.decode().replace("\n", " ").strip()


# -- what is understood


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


# -- colours


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


# -- the sample's drawings


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
