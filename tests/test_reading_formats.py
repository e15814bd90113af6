"""Handout, press release, large print, Leichte Sprache as they were when somebody looked at them: lines and pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from report import Job, produce
from tests import readback
from tests.goldens import assert_golden, assert_picture
from tests.shelf import Shelf, Wanted
from tests.variants import SAMPLE, write

NAME = SAMPLE.parent.name
FORMATS = {layout: Wanted(NAME, layout, "mail") for layout in ("handout", "press", "large-print")}
FORMATS["easy"] = Wanted("easy", "easy", "mail")
SEEN = [("handout", 1), ("handout", 2), ("press", 1), ("large-print", 1), ("large-print", 2), ("easy", 1)]
formats = pytest.mark.parametrize("layout", FORMATS)


@formats
def test_the_lines_stand_as_they_did(layout: str, shelf: Shelf) -> None:
    wanted = FORMATS[layout]
    folder = shelf.path(wanted).parent / wanted.article / layout
    assert_golden(f"reading/{layout}", (folder / "4-lines.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("layout", "page"), SEEN)
def test_the_pages_look_as_they_did(layout: str, page: int, shelf: Shelf) -> None:
    assert_picture(f"reading/{layout}-{page}", readback.picture(shelf.path(FORMATS[layout]), page))


def test_the_handout_is_one_sheet(shelf: Shelf) -> None:
    assert shelf.product(FORMATS["handout"]).pages == 2


def test_a_short_box_of_figures_is_not_divided(shelf: Shelf) -> None:
    """The press release keeps its figures and dates under their heading on one page."""
    pages = readback.page_text(shelf.path(FORMATS["press"]))
    told = [words for words in pages if "Zahlen und Daten" in words]
    assert len(told) == 1
    for fact in ("10.000 Euro für die Familienarbeit", "2007: Familienbericht", "Dezember 2024: Auszeichnung"):
        assert fact in told[0].replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("layout", ["large-print", "easy"])
def test_nothing_is_smaller_than_eighteen_points(layout: str, shelf: Shelf) -> None:
    assert min(size for size, _ in readback.sizes(shelf.path(FORMATS[layout]))) >= 18


@pytest.mark.parametrize("layout", ["large-print", "easy"])
def test_nothing_slants_and_no_word_is_divided(layout: str, shelf: Shelf) -> None:
    faces = {face for _, face in readback.sizes(shelf.path(FORMATS[layout]))}
    assert faces
    assert [face for face in faces if "It" in face or "Serif" in face] == []
    wanted = FORMATS[layout]
    lines = (shelf.path(wanted).parent / wanted.article / layout / "4-lines.txt").read_text(encoding="utf-8")
    assert [line for line in lines.splitlines() if " body " in line and line.endswith("-")] == []


def test_the_contents_of_large_print_name_the_right_pages(shelf: Shelf) -> None:
    path = shelf.path(FORMATS["large-print"])
    found = [re.match(r"Seite (\d+) (.+)", " ".join(words.split())) for _, words in readback.words(path)]
    entries = {match[2]: match[1] for match in found if match}
    stand = {words: str(page) for _, words, page in readback.bookmarks(path)}
    assert len(entries) == 6
    assert {words: stand[words] for words in entries} == entries


def test_a_text_too_long_for_the_sheet_is_told_once_with_its_lines(tmp_path: Path) -> None:
    job = Job(write("too-long", tmp_path / "article"), layouts=("handout",), editions=("mail",), out=tmp_path)
    [product] = produce(job).products
    overset = [finding for finding in product.findings if finding.rule == "text.overset"]
    assert [finding.values["count"] for finding in overset] > [50]
    assert not product.written
    assert "text.unsaid" not in {finding.rule for finding in product.findings}
