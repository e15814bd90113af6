"""The logo in its house's measures: never narrower than the house wants, and nothing within the space round it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.errors import LayoutFault
from report.findings import Finding
from report.locales import catalogue
from report.production import Job, produce
from report.typeset.logo import apart
from report.units import MM
from tests.test_print import house_with
from tests.variants import SAMPLE

TITLE = "title: Haus A"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 12"><path d="M0 0h28v12H0z" fill="#00365E"/></svg>'
PAGED = ("mail", "archive", "print", "office")


def house(folder: Path, logo: str) -> str:
    made = house_with(folder, (TITLE, f"{TITLE}\nlogo: {logo}"))
    (folder / "logo.svg").write_text(DRAWING, encoding="utf-8")
    return made


def told(tmp_path: Path, logo: str, layout: str, *editions: str) -> dict[str, list[Finding]]:
    """Return what is said of the logo, by edition; a leaflet's print and office are its sheets."""
    job: dict[str, Any] = {"house": house(tmp_path / "own", logo), "layouts": (layout,), "out": tmp_path / "out"}
    made = produce(Job(SAMPLE, editions=editions, **job)).products
    assert all(one.written for one in made)
    said = {one.edition: [f for f in one.findings if f.rule.startswith("logo.")] for one in made}
    return {name: said[name] if name in said else said[f"{name}-sheets"] for name in editions}


@pytest.mark.parametrize("layout", ["brochure", "press", "leaflet", "poster"])
def test_a_logo_with_usual_measures_stands_in_peace(layout: str, tmp_path: Path) -> None:
    found = told(tmp_path, "{file: logo.svg, clear: 2mm, min-width: 18mm}", layout, "mail", "print")
    assert found == {"mail": [], "print": []}


@pytest.mark.parametrize(("layout", "width"), [("brochure", "28.0"), ("press", "28.0"), ("leaflet", "22.0")])
def test_a_logo_that_is_too_narrow_or_crowded_is_told_with_measures_page_and_region(
    layout: str, width: str, tmp_path: Path
) -> None:
    found = told(tmp_path, "{file: logo.svg, clear: 60mm, min-width: 200mm}", layout, *PAGED)
    for findings in found.values():
        (small,) = [one for one in findings if one.rule == "logo.small"]
        assert (small.values, small.severity) == ({"width": width, "least": "200.0"}, "warning")
        assert (small.place.page, small.place.block) == (1, "logo")
        crowded = [one for one in findings if one.rule == "logo.crowded"]
        assert {one.place.page for one in crowded} == {1} and {one.severity for one in crowded} == {"warning"}
        assert "headline" in {one.place.block for one in crowded}
        assert "picture" not in {one.place.block for one in crowded}  # the cover's: the logo stands upon it
        assert all(float(str(one.values["distance"])) < 60 for one in crowded)


def test_the_finding_names_the_words_and_the_way_out(tmp_path: Path) -> None:
    findings = told(tmp_path, "{file: logo.svg, clear: 8mm, min-width: 40mm}", "press", "mail")["mail"]
    findings += told(tmp_path / "more", "{file: logo.svg, clear: 12mm}", "press", "mail")["mail"]
    assert [catalogue("de").say(one) for one in findings] == [
        "Seite 1, logo: Das Logo ist nur 28,0 mm breit; der Hausstil verlangt mindestens 40,0 mm. Geben Sie dem "
        "Bereich in der Gestaltung einen größeren Kasten (box:), oder nehmen Sie eine Gestaltung, die ihn hat.",
        "Seite 1, head-rule: Eine Linie steht 11,5 mm neben dem Logo; rundherum sollen 12,0 mm frei bleiben. Rücken "
        "Sie in der Gestaltung diesen Bereich oder den des Logos weiter ab (regions:, box:), oder kürzen Sie die "
        "Worte.",
    ]


@pytest.mark.parametrize(("layout", "at"), [("brochure", (179, 19)), ("leaflet", (80, 15.5)), ("poster", (253, 27))])
def test_the_logo_lies_over_the_cover_picture(layout: str, at: tuple[float, float], tmp_path: Path) -> None:
    job: dict[str, Any] = {"house": house(tmp_path / "own", "logo.svg"), "layouts": (layout,), "out": tmp_path / "out"}
    (product,) = produce(Job(SAMPLE, editions=("mail",), **job)).products
    (file,) = (tmp_path / "out").glob("*.pdf")
    page = pypdfium2.PdfDocument(file)[0].render(scale=1).to_pil().convert("RGB")
    assert product.written and page.getpixel((round(at[0] * MM), round(at[1] * MM))) == (0x00, 0x36, 0x5E)


def test_a_logo_without_measures_is_never_judged(tmp_path: Path) -> None:
    assert told(tmp_path, "logo.svg", "press", "mail") == {"mail": []}


@pytest.mark.parametrize(
    ("logo", "words"),
    [
        ("{file: logo.svg, clear: -4mm}", "logo.clear: „-4mm“ ist kein"),
        ("{file: logo.svg, min-width: breit}", "logo.min-width: „breit“ ist kein"),
        ("{file: logo.svg, minwidth: 18mm}", "Meinten Sie „min-width“?"),
        ("{file: wappen.svg, clear: 4mm}", "logo.file: Das Logo „wappen.svg“ liegt nicht im Ordner des Hausstils."),
        ("{clear: 4mm}", "„file“"),
        ("[logo.svg]", "house.yaml:3 logo"),
    ],
)
def test_bad_measures_are_named_with_their_line(logo: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutFault) as stop:
        produce(Job(SAMPLE, editions=("mail",), house=house(tmp_path / "own", logo), out=tmp_path / "out"))
    said = [catalogue("de").say(fault) for fault in stop.value.faults]
    assert said[0].startswith("house.yaml:3 logo") and words in said[0]


SIDE = st.floats(0, 1000)


@given(SIDE, SIDE, st.floats(0.1, 100), st.floats(0.1, 100), st.floats(0, 100))
def test_what_stands_a_distance_away_is_found_at_that_distance(
    x: float, y: float, width: float, height: float, gap: float
) -> None:
    one = (x, y, x + width, y + height)
    for other in (
        (x + width + gap, y, x + width + gap + 1, y + 1),
        (x - gap - 1, y + height, x - gap, y + height + gap / 2),  # over a corner: the larger of both distances
        (x, y - gap - 1, x + 1, y - gap),
    ):
        assert apart(one, other) == pytest.approx(gap, abs=1e-6)
        assert apart(other, one) == apart(one, other)
