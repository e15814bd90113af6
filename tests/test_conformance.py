"""Every file that the house makes, before every judge: veraPDF, qpdf, our own preflight, PDFium, poppler."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections import Counter

import pikepdf
import pytest

from report.preflight import check
from tests import readback
from tests.conftest import Judge, missing
from tests.shelf import ORDERS, Shelf, Wanted, everything

EVERYTHING = list(everything())
each = pytest.mark.parametrize("wanted", EVERYTHING, ids=str)
JUDGED = [(wanted, flavour) for wanted in EVERYTHING for flavour in ORDERS[wanted.standards]]


@pytest.fixture(scope="session")
def court(judge: Judge, shelf: Shelf) -> Judge:
    """Hand in everything before the first question, so that each flavour costs one start of Java."""
    for wanted, flavour in JUDGED:
        with contextlib.suppress(Exception):  # what cannot be made fails its own tests
            judge.enter(flavour, shelf.path(wanted))
    return judge


@pytest.mark.parametrize(("wanted", "flavour"), JUDGED, ids=[f"{wanted}-by-{flavour}" for wanted, flavour in JUDGED])
def test_verapdf_finds_no_failed_rule(wanted: Wanted, flavour: str, court: Judge, shelf: Shelf) -> None:
    assert court.failed(flavour, shelf.path(wanted)) == []


@each
def test_our_own_checks_find_nothing(wanted: Wanted, shelf: Shelf) -> None:
    assert [str(finding) for finding in check(shelf.path(wanted))] == []


@each
def test_qpdf_finds_nothing(wanted: Wanted, shelf: Shelf) -> None:
    with pikepdf.open(shelf.path(wanted)) as pdf:
        assert pdf.check_pdf_syntax() == []


@each
def test_nothing_is_carried_inside(wanted: Wanted, shelf: Shelf) -> None:
    """Archives refuse attachments; no edition has any."""
    with pikepdf.open(shelf.path(wanted)) as pdf:
        assert len(pdf.attachments) == 0


HYPHENS = str.maketrans("", "", "-\x02")  # PDFium gives any hyphen at a line's end, soft or hard, as U+0002


def heard(wanted: Wanted, shelf: Shelf) -> list[str]:
    """Every letter of the tags and the artifacts, sorted."""
    path = shelf.path(wanted)
    said = [words for _, words in readback.words(path)] + [words for page in readback.artifacts(path) for words in page]
    return letters(said)


def letters(texts: list[str]) -> list[str]:
    return sorted("".join(readback.plain(" ".join(texts)).translate(HYPHENS).split()))


@each
def test_pdfium_sees_the_letters_that_the_tags_say(wanted: Wanted, shelf: Shelf) -> None:
    assert Counter(letters(readback.page_text(shelf.path(wanted)))) == Counter(heard(wanted, shelf))


@each
def test_poppler_reads_the_structure(wanted: Wanted, shelf: Shelf) -> None:
    """What poppler finds in the tags is what we find in them."""
    program = shutil.which("pdfinfo")
    if program is None:
        missing("pdfinfo is not installed; it reads the structure a second time: apt-get install poppler-utils")
        return
    order = [program, "-struct-text", str(shelf.path(wanted))]
    answer = subprocess.run(order, capture_output=True, check=True, timeout=60)
    lines = answer.stdout.decode("utf-8", "replace").splitlines()  # attributes come out in UTF-16 as they are
    spoken = "".join(line.strip()[1:-1] for line in lines if line.strip().startswith('"'))
    ours = "".join(words for _, words in readback.words(shelf.path(wanted)))
    assert "".join(readback.plain(spoken).split()) == "".join(readback.plain(ours).split())


@pytest.mark.parametrize("wanted", [w for w in EVERYTHING if w.edition == "archive"], ids=str)
def test_both_editions_say_the_same(wanted: Wanted, shelf: Shelf) -> None:
    mail = Wanted(wanted.article, wanted.layout, "mail", wanted.standards)
    assert readback.outline(shelf.path(mail)) == readback.outline(shelf.path(wanted))
