"""Outlines of drawings: the spellings of a path, arcs, and how they are moved and turned."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.typeset import svgpath
from report.typeset.outline import IDENTITY, Outline, area, joined, moved, points, turned


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
