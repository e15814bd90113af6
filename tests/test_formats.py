"""Booklet, poster and invitation as they were when somebody looked at them, and what each of them promises."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from report import Job, layoutfile, produce
from tests import readback
from tests.goldens import assert_golden, assert_picture
from tests.shelf import LAYOUTS, Shelf, Wanted
from tests.variants import SAMPLE, VARIANTS, sample, write

BOOKLET = Wanted(SAMPLE.parent.name, "booklet", "mail")
POSTER = Wanted(SAMPLE.parent.name, "poster", "mail")
CARD = Wanted("invited", "card", "mail")
EIGHT = Wanted(SAMPLE.parent.name, "leaflet-eight", "mail")
INVITATION = Wanted("invited", "invitation", "mail")


def lines(wanted: Wanted, shelf: Shelf) -> str:
    """Return the kept record of the set lines."""
    folder = shelf.path(wanted).parent / wanted.article / wanted.layout
    return (folder / "4-lines.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("wanted", [BOOKLET, POSTER, CARD, INVITATION, EIGHT], ids=str)
def test_the_lines_stand_as_they_did(wanted: Wanted, shelf: Shelf) -> None:
    assert_golden(f"formats/{wanted.layout}-lines", lines(wanted, shelf))


PAGES = [(BOOKLET, page) for page in range(1, 9)] + [(POSTER, 1), (CARD, 1), (CARD, 2)]
PAGES += [(EIGHT, page) for page in range(1, 9)]


@pytest.mark.parametrize(("wanted", "page"), PAGES, ids=str)
def test_the_pages_look_as_they_did(wanted: Wanted, page: int, shelf: Shelf) -> None:
    assert_picture(f"formats/{wanted.layout}-{page}", readback.picture(shelf.path(wanted), page))


@pytest.mark.parametrize(("wanted", "width", "height"), [(BOOKLET, 148, 210), (POSTER, 297, 420), (CARD, 105, 148)])
def test_the_trimmed_page_measures(wanted: Wanted, width: int, height: int, shelf: Shelf) -> None:
    with pikepdf.open(shelf.path(wanted)) as pdf:
        left, bottom, right, top = map(float, pdf.pages[0].TrimBox)
    assert (right - left, top - bottom) == pytest.approx((width * 72 / 25.4, height * 72 / 25.4), abs=0.01)


@pytest.mark.parametrize("article", [SAMPLE.parent.name, "no-picture", "ten-pictures"])
def test_a_booklet_has_colour_left_and_paper_right(article: str, shelf: Shelf) -> None:
    """The spread is halved: between cover and back each left page is colour or picture, each right one is white."""
    wanted = Wanted(article, "booklet", "mail")
    many = shelf.product(wanted).pages
    assert many % 4 == 0
    masters = layoutfile.load("booklet").masters
    heads = [line for line in lines(wanted, shelf).splitlines() if line.startswith("page ")]
    names = [line.partition("(")[2].removesuffix(")") for line in heads]
    for number, name in enumerate(names[1:-1], 2):
        assert (masters[name].ground == "white") == bool(number % 2), (number, name)


def test_a_poster_says_the_imprint_upward_and_takes_its_own_picture(shelf: Shelf) -> None:
    assert "poster-town.svg" in lines(POSTER, shelf)
    told = [words for _, words in readback.words(shelf.path(POSTER))]
    assert any("45964 Gladbeck" in words for words in told)
    assert any("10.000 Euro Preisgeld" in readback.plain(words) for words in told)


def test_a_card_names_every_missing_fact_and_is_not_made(tmp_path: Path) -> None:
    half = {"occasion": "Anlass", "day": "2031-03-14"}
    VARIANTS["half-invited"] = lambda: sample(event=half)
    try:
        path = write("half-invited", tmp_path)
    finally:
        del VARIANTS["half-invited"]
    verdict = produce(Job(path, layouts=("card", "poster"), editions=("mail",), out=tmp_path / "out"))
    made = {product.layout: product for product in verdict.products}
    assert made["poster"].written
    assert not made["card"].written
    [refusal] = [one for one in made["card"].findings if one.rule == "layout.refused"]
    assert refusal.place.path == "event.time"
    assert str(refusal).endswith("Es fehlen: Zeit, Ort, Antwort bis wann.")
    assert refusal.values["remedy"] == "Schreiben Sie sie im Artikel unter event:."


# Every layout makes a page of each of these, and what it makes of each looks different.
DRAFTS = ("draft", "no-picture", "ten-pictures", "one-stop", "no-stop", "twelve-stops", "eight-quotations", "too-short")


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_looks_like_one_on_every_page_of_every_layout(name: str, tmp_path: Path) -> None:
    facts = VARIANTS[name]()
    easy = {**VARIANTS["easy"]()["easy"], "sections": None}
    more = {"easy": {key: value for key, value in easy.items() if value}, "event": VARIANTS["invited"]()["event"]}
    more["status"] = {"state": "draft"}
    VARIANTS["a-draft"] = lambda: facts | more
    try:
        path = write("a-draft", tmp_path)
    finally:
        del VARIANTS["a-draft"]
    products = produce(Job(path, layouts=LAYOUTS, editions=("mail",), out=tmp_path / "out")).products
    written = [product for product in products if product.written]
    assert len(written) >= len(LAYOUTS) - 3  # some texts are too long for a card or a leaflet
    for product in written:
        pages = readback.artifacts(product.path)
        unmarked = [number for number, page in enumerate(pages, 1) if not any("Entwurf" in said for said in page)]
        assert unmarked == [], product.layout


@pytest.mark.parametrize("layout", ["leaflet", "leaflet-zigzag", "leaflet-eight"])
def test_a_kicker_keeps_clear_of_a_heading_of_two_lines(layout: str) -> None:
    """From its baseline to that of the heading's first line two lines of the grid: twice the kicker's own size."""
    for name, master in layoutfile.load(layout).masters.items():
        for kicker, heading in (("kicker", "heading"), ("kicker-one", "heading-one")):
            if kicker in master.regions and heading in master.regions:
                assert master.regions[heading].line - master.regions[kicker].line == 2, (name, kicker)
