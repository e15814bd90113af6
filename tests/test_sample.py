"""The sample as it was when somebody looked at it: what its tags say, what its pages show, and how small it is."""

from __future__ import annotations

import pytest

from tests import readback
from tests.goldens import assert_golden, assert_picture
from tests.shelf import Shelf, Wanted
from tests.variants import SAMPLE

MAIL = Wanted(SAMPLE.parent.name, "brochure", "mail")
NEW = Wanted(SAMPLE.parent.name, "brochure", "mail", ("ua2", "a4"))


def test_the_structure_read_back(shelf: Shelf) -> None:
    assert_golden("sample/outline", readback.outline(shelf.path(MAIL)))


def test_the_structure_read_back_in_pdf_2(shelf: Shelf) -> None:
    assert_golden("sample/outline-ua2-a4", readback.outline(shelf.path(NEW)))


def test_what_the_file_says_of_itself(shelf: Shelf) -> None:
    path = shelf.path(MAIL)
    told = readback.about(path)
    del told["xmpMM:InstanceID"]  # a fingerprint of all the rest
    facts = [f"{name}: {value}" for name, value in told.items()]
    facts += [f"page {number}: {label}" for number, label in enumerate(readback.labels(path), 1)]
    facts += [f"{'  ' * level}{words} -> {page}" for level, words, page in readback.bookmarks(path)]
    facts += [f"link on {page}: {target}" for page, target in readback.links(path)]
    assert_golden("sample/about", "\n".join(facts))


@pytest.mark.parametrize("page", [1, 2, 3, 4])
def test_the_pages_look_as_they_did(page: int, shelf: Shelf) -> None:
    assert_picture(f"sample/page-{page}", readback.picture(shelf.path(MAIL), page))


def test_the_mail_edition_is_small_and_has_four_pages(shelf: Shelf) -> None:
    product = shelf.product(MAIL)
    assert product.pages == 4
    assert product.size == shelf.path(MAIL).stat().st_size
    assert product.size < 300_000


def test_the_dates_of_nobody_stand_in_it(shelf: Shelf) -> None:
    """The sample has no date: the file has none either, and not that of its making."""
    facts = readback.about(shelf.path(MAIL))
    assert [name for name in facts if "date" in name.lower()] == []
