"""Leichte Sprache: only what people have written and tested is set, and no word of it is ever divided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from report import Job, Verdict, produce
from report.article import read
from tests import readback
from tests.shelf import Shelf, Wanted
from tests.variants import VARIANTS, sample

EASY = Wanted("easy", "easy", "mail")


def ordered(folder: Path, easy: dict[str, Any] | None, *layouts: str) -> Verdict:
    facts = sample(easy=easy, stops=[], pictures=None, cover=None, award=None, speakers=None)
    path = folder / "article.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    return produce(Job(path, layouts=layouts or ("easy",), editions=("mail",), out=folder))


def version(**changes: Any) -> dict[str, Any]:
    whole = {"headline": "Titel", "text": ["Ein Satz."], "written_by": "Erika Beispiel", "tested_by": "eine Gruppe"}
    return {name: value for name, value in (whole | changes).items() if value is not None}


@pytest.mark.parametrize("field", ["headline", "text", "written_by", "tested_by"])
def test_a_version_that_lacks_something_is_refused_by_the_fields_name(field: str, tmp_path: Path) -> None:
    [product] = ordered(tmp_path, version(**{field: None})).products
    refused = [finding for finding in product.findings if finding.rule == "layout.refused"]
    assert [(finding.place.path, finding.severity) for finding in refused] == [(f"easy.{field}", "error")]
    assert "No program" in refused[0].filled(refused[0].remedy) or "Kein Programm" in refused[0].filled(
        refused[0].remedy
    )
    assert not product.written
    assert list(tmp_path.glob("*.pdf")) == []


def test_an_article_without_a_version_is_refused_and_other_layouts_are_made(tmp_path: Path) -> None:
    verdict = ordered(tmp_path, None, "easy", "press")
    assert [(product.layout, product.written) for product in verdict.products] == [("easy", False), ("press", True)]
    assert verdict.exit_code == 6
    assert [error.place.path for error in verdict.errors] == ["easy"]


def test_it_says_its_own_words_and_none_of_the_articles(shelf: Shelf) -> None:
    said = " ".join(words for _, words in readback.words(shelf.path(EASY)))
    assert "Jeder Satz steht in einer eigenen Zeile." in said
    for name in ("Erika Beispiel", "die Prüf-Gruppe Muster", "Zeile zu einem Prüf-Siegel."):
        assert name in said
    for stop in VARIANTS["easy"]()["stops"]:
        assert stop["heading"] not in said
    assert readback.about(shelf.path(EASY))["dc:title"] == "Ein Haus für alle Menschen (Leichte Sprache)"


def test_no_word_is_divided_even_at_its_own_hyphen(tmp_path: Path) -> None:
    words = "Muster-Straßen-Familien-Freundlichkeit"
    long = [f"{'Wort ' * count}{words} {words} {words}." for count in range(1, 9)]
    [product] = ordered(tmp_path, version(text=long)).products
    assert product.written
    ends = [
        line.rstrip()[-1] for page in readback.page_text(product.path) for line in page.splitlines() if line.strip()
    ]
    assert "-" not in ends
    assert "\x02" not in ends  # as PDFium gives a hyphen at a line's end


def test_two_sentences_in_one_paragraph_are_told(tmp_path: Path) -> None:
    path = tmp_path / "article.json"
    path.write_text(json.dumps(sample(easy=version(text=["Ein Satz. Noch einer.", "Am 3. Mai."]))), encoding="utf-8")
    for picture in sample()["pictures"].values():
        (tmp_path / picture["file"]).touch()
        for other in picture.get("variants", {}).values():
            (tmp_path / (other if isinstance(other, str) else other["file"])).touch()
    told = [finding.place.path for finding in read(path).findings if finding.rule == "text.easy-sentence"]
    assert told == ["easy.text[0]"]
