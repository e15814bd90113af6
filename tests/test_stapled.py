"""Pages that shall be stapled: how many too few or too many there are is told with measure and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from report import Job, produce
from report.locales import catalogue
from tests.variants import SAMPLE

ARTICLES = Path(__file__).parent / "articles"
OWN = """page: {width: 148mm, height: 210mm, bleed: 3mm}
sheets: saddle-stitch
grid: {leading: 14pt, left: 16mm, columns: 1, column: 116mm, gutter: 0mm}
styles:
  body: {voice: body, size: 10.5pt, leading: 14pt}
masters:
  text: {regions: {body: {column: 1, columns: 1, line: 3, to: 36}}}
"""


@pytest.mark.parametrize(("count", "most"), [(11, 16), (20, 16), (12, 12)])
def test_pages_that_do_not_fold_are_told_with_measure_and_remedy(count: int, most: int, tmp_path: Path) -> None:
    """In an own layout's folder; a note for those who read, a warning for those who staple, and all files are made."""
    layout = tmp_path / "heft"
    layout.mkdir()
    (layout / "layout.yaml").write_text(OWN, encoding="utf-8")
    page = '<page master="text"><p in="body" style="body" words="fixed">Seite</p></page>'
    body = f'<document lang="de" title="Heft" multiple="4" most="{most}" excerpt="yes">{page * count}</document>'
    (layout / "page.xml.j2").write_text(body, encoding="utf-8")
    order = Job(SAMPLE, layouts=(str(layout),), editions=("mail", "office", "print"), out=tmp_path / "out")
    made = {product.edition: product for product in produce(order).products}
    for name in ("mail", "office", "print"):
        assert (made[name].pages, made[name].written) == (count, True)
    assert made["office-sheets"].written
    for name, severity in (("mail", "note"), ("office", "warning"), ("print", "warning"), ("office-sheets", "warning")):
        found = [one for one in made[name].findings if one.rule.startswith("pages.")]
        say = catalogue("de")
        if count == 12:
            assert found == []
            continue
        assert [one.severity for one in found] == [severity]
        told = say.say(found[0])
        if count == 11:
            assert told == (
                "Das Heft hat 11 Seiten: Zum Heften muss die Zahl durch 4 teilbar sein. Fehlende Seiten: 1. "
                "Den Text verlängern oder kürzen, oder dem Layout Seiten geben, die nur auffüllen (fill)."
            )
        else:
            assert "20 Seiten, 5 Bogen ineinander; das Layout ist für höchstens 16 Seiten gemacht" in told
            assert re.search(r"Papier mit \d+ g/m² rücken die innersten Seiten um \d,\d mm nach außen", told)
            assert "leichterem Papier" in told


@pytest.mark.parametrize(("layout", "told"), [("booklet", True), ("brochure", False)])
def test_a_text_too_long_for_a_booklet_is_told_and_whole_in_a_brochure(layout: str, told: bool, tmp_path: Path) -> None:
    """Twelve stops: nineteen pages A5, where sixteen are staples' work; ten pages A4, where twelve are."""
    order = Job(ARTICLES / "twelve-stops.yaml", layouts=(layout,), editions=("office",), out=tmp_path)
    made = produce(order).products[0]
    assert made.written
    assert [one.severity for one in made.findings if one.rule == "pages.most"] == ["warning"] * told


@pytest.mark.parametrize(
    ("article", "layout", "told"),
    [
        ("one-stop", "leaflet-eight", True),
        ("no-stops", "leaflet", True),
        ("four-stops", "leaflet-eight", False),
        ("four-stops", "leaflet", False),
        ("one-stop", "booklet", False),
    ],
)
def test_panels_of_colour_alone_are_counted(article: str, layout: str, told: bool, tmp_path: Path) -> None:
    """Where few are needed the smaller leaflet is proposed; panels are those of the pages that say nothing."""
    order = Job(ARTICLES / f"{article}.yaml", layouts=(layout,), editions=("mail",), out=tmp_path)
    made = produce(order).products[0]
    found = [one for one in made.findings if one.rule == "panels.empty"]
    assert [one.severity for one in found] == ["note"] * told
    silent = []
    with pypdfium2.PdfDocument(made.path) as pdf:
        for number, page in enumerate(pdf, 1):
            pictures = list(page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)))
            words = page.get_textpage().get_text_bounded().strip().removesuffix("Entwurf")
            silent += [str(number)] * (not words and not pictures)
    if told:
        assert found[0].values["numbers"] == ", ".join(silent)
        said = catalogue("de").say(found[0])
        assert f"{len(silent)} von {made.pages} (Seite {silent[0]}" in said
        assert ("Das Layout leaflet hat sechs Felder" in said) == (layout == "leaflet-eight")
