"""The preview and the way back from page to field: the same lines as the finished file, nothing finished."""

from __future__ import annotations

from pathlib import Path

from report import Job, preview
from report.editions import EDITIONS
from report.production import _works

SAMPLE = Path(__file__).parents[1] / "assets" / "samples" / "familienkommune-gladbeck" / "article.yaml"
JOB = Job(SAMPLE)


def whole() -> object:
    work = next(_works(JOB))
    return work.proof(work.markup(), EDITIONS["mail"])[1]


def test_a_preview_draws_one_page_with_the_same_lines() -> None:
    proof, full = preview(JOB, 2), whole()
    assert proof.lines() == full.lines()
    assert [len(page.content) > 0 for page in proof.pages] == [False, False, True, False]
    assert proof.pages[2].content.count(b" Td") == full.pages[2].content.count(b" Td")


def test_every_field_that_is_set_has_its_place_on_a_page() -> None:
    proof = whole()
    for path in ("headline", "standfirst", "stops[0].heading", "stops[1].text[0]", "award.prize", "pictures.cover"):
        assert proof.fields[path], path
    page, (left, bottom, right, top) = proof.fields["stops[1].text[0]"][0]
    assert page == 2
    assert 0 < left < right <= proof.pages[page].width and 0 < bottom < top <= proof.pages[page].height


def test_a_text_over_two_regions_has_two_places() -> None:
    places = whole().fields["stops[1].sections[0].text[0]"]
    assert len(places) >= 2  # its lead-in in the text half, its quotation on the panel
    assert len({left for _, (left, _, _, _) in places}) > 1
