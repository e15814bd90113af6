"""Every letter of every finished page stands out from what is really behind it, and on no other letter."""

from __future__ import annotations

import pikepdf
import pytest

from tests.contrast import collisions, ratio, weak
from tests.handmade import broken, good
from tests.shelf import Shelf, Wanted, everything

MAIL = [wanted for wanted in everything() if wanted.edition == "mail" and wanted.standards is None]


@pytest.mark.parametrize("wanted", MAIL, ids=str)
def test_every_letter_stands_out(wanted: Wanted, shelf: Shelf) -> None:
    assert [str(found) for found in weak(shelf.path(wanted))] == []


@pytest.mark.parametrize("wanted", MAIL, ids=str)
def test_no_letter_stands_on_another(wanted: Wanted, shelf: Shelf) -> None:
    assert collisions(shelf.path(wanted)) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((0, 0, 0), (255, 255, 255), 21.0), ((119, 119, 119), (255, 255, 255), 4.48), ((9, 9, 9), (9, 9, 9), 1.0)],
)
def test_ratios_are_those_of_the_standard(
    one: tuple[int, int, int], other: tuple[int, int, int], expected: float
) -> None:
    assert ratio(one, other) == pytest.approx(expected, abs=0.005)
    assert ratio(other, one) == ratio(one, other)


def painted(before: str) -> bytes:
    """Return the good file with operators put before the heading."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].obj.Contents
        stream.write(f"/Artifact BMC {before} EMC\n".encode() + stream.read_bytes())

    return broken(change)


def test_black_on_white_is_strong() -> None:
    assert weak(good()) == []


def test_what_lies_behind_a_letter_counts() -> None:
    """A dark band behind the heading and half of a line is found, and only there."""
    found = weak(painted("q .2 g 0 530 420 60 re f 30 495 60 18 re f Q"))
    assert [(weakness.words[:2], weakness.wanted) for weakness in found] == [("Ei", 3.0), ("Me", 4.5)]


def test_pale_letters_are_weak_and_large_ones_may_be_paler() -> None:
    found = weak(painted(".5 g"))  # grey 50 %: 3.95 : 1, enough for 20 points, too little for 11
    assert {weakness.size for weakness in found} >= {11.0}
    assert 20.0 not in {weakness.size for weakness in found}


def test_lines_set_into_each_other_are_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].obj.Contents
        stream.write(stream.read_bytes().replace(b"40 470 Td", b"40 452 Td"))

    assert collisions(good()) == []
    assert len(collisions(broken(change))) > 3
