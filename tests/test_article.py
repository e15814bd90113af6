"""The article: the sample word for word, the published schema, the hard articles, what the model answers."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from report.article import Article, completed, read
from report.article.dates import PartialDate
from report.article.outline import outline
from report.article.prose import Display, Paragraph, paragraphs
from report.article.schema import FILE, as_text
from report.errors import LayoutFault
from report.locales import catalogue
from report.paths import shipped
from tests.goldens import assert_golden

SAMPLE = shipped("assets", "samples", "familienkommune-gladbeck")
HARD = sorted((Path(__file__).parent / "articles").glob("*.yaml"))


@pytest.fixture(scope="module")
def gladbeck() -> Article:
    return read(SAMPLE / "article.yaml")


def printed(article: Article) -> list[str]:
    """The words of prose and headings that are the city's own, in order."""
    texts: list[str] = []

    def heading(display: Display) -> None:
        if display and not article.is_editorial(display.path):
            texts.append(display.plain)

    for stop in article.stops:
        heading(stop.heading)
        texts.extend(block.text for block in stop.text)
        for section in stop.sections:
            heading(section.heading)
            texts.extend(block.text for block in section.text)
    assert article.award is not None
    for part in (article.award.reasons, article.award.result):
        assert part is not None
        heading(part.heading)
        texts.extend(block.text for block in part.text)
    return " ".join(texts).split()


def test_sample_has_every_word_of_the_press_text_in_order(gladbeck: Article) -> None:
    assert printed(gladbeck) == (SAMPLE / "pressetext.txt").read_text(encoding="utf-8").split()


def test_sample_is_what_it_was(gladbeck: Article) -> None:
    assert_golden("article-outline", outline(gladbeck))


def test_sample_names_its_two_slips_and_changes_nothing(gladbeck: Article) -> None:
    assert [finding.rule for finding in gladbeck.findings] == [
        "text.closing-mark",
        "text.stray-stop",
        "text.example",
        "text.example",
        "text.example",
    ]
    german = catalogue("de")
    assert_golden("article-findings", "\n".join(german.say(finding) for finding in gladbeck.findings))
    assert gladbeck.award
    assert gladbeck.award.result
    text = gladbeck.award.result.text[0].text
    assert "100.000. Einwohnerinnen" in text
    assert "Vielfalt”" in text


def test_what_the_city_did_not_write_is_marked(gladbeck: Article) -> None:
    words = (SAMPLE / "pressetext.txt").read_text(encoding="utf-8")
    for display in gladbeck.displays():
        own = gladbeck.is_editorial(display.path)
        assert own or display.plain.removeprefix("Landespreis ") in words, display.path
    for event in gladbeck.timeline:
        assert gladbeck.is_editorial(f"{event.path}.note")
    assert gladbeck.is_editorial("timeline[2].date")
    assert not gladbeck.is_editorial("timeline[0].date")
    assert not gladbeck.is_editorial("stops[1].heading")


def test_alternative_texts_are_sentences_for_somebody_who_does_not_see(gladbeck: Article) -> None:
    for picture in gladbeck.pictures.values():
        assert picture.decorative or (len(picture.alt.split()) > 12 and picture.alt.endswith("."))


def test_drawings_are_those_of_the_folder(gladbeck: Article) -> None:
    for picture in gladbeck.pictures.values():
        assert (gladbeck.folder / picture.file).is_file()


def test_quotations_stand_once_and_can_be_lifted(gladbeck: Article) -> None:
    quotations = list(gladbeck.quotations())
    assert [(one.id, one.speaker) for one in quotations] == [
        ("vertrauen", "kalveram"),
        ("ansporn", "kalveram"),
        ("weit-vorn", "bahr"),
    ]
    for prose in gladbeck.prose():
        for paragraph in paragraphs(prose):
            for quotation in paragraph.quotations:
                lifted = paragraph.lifted(quotation.id)
                assert lifted
                pieces = (Paragraph(lifted.before).text, f"{quotation.text}{lifted.tail}", Paragraph(lifted.after).text)
                assert " ".join(piece for piece in pieces if piece) == paragraph.text


def test_typed_facts(gladbeck: Article) -> None:
    award = gladbeck.award
    assert award
    assert award.category
    assert (award.category.low, award.category.high, award.participants) == (50_000, 100_000, 34)
    assert award.prize
    assert (str(award.prize.amount), award.prize.currency) == ("10000", "EUR")
    days = [PartialDate(2007), PartialDate(2022, 9), PartialDate(2024, 12)]
    assert [event.date for event in gladbeck.timeline] == days
    assert [(one.name, one.kind) for one in gladbeck.winners()] == [
        ("Stadt Hamm", "Stadt"),
        ("Stadt Brühl", "Stadt"),
        ("Kreis Düren", "Kreis"),
        ("Windeck", "Gemeinde"),
        ("Dörentrup", "Gemeinde"),
    ]
    assert gladbeck.headline.parts == ("Aus\u00adgezeichnet", "familien\u00adfreundlich")
    assert gladbeck.headline.plain == "Ausgezeichnet familienfreundlich"
    assert not gladbeck.draft


def test_every_path_has_its_line(gladbeck: Article) -> None:
    lines = (SAMPLE / "article.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[gladbeck.place_of("award.prize").line - 1].strip() == "prize: 10.000 Euro"
    for prose in gladbeck.prose():
        for paragraph in paragraphs(prose):
            place = gladbeck.place_of(paragraph.path)
            assert place.path == paragraph.path
            assert paragraph.text.split()[0] in lines[place.line]
    assert gladbeck.place_of("stops[0].text[0].list[7]").line == gladbeck.place_of("stops[0].text[0]").line
    assert gladbeck.place_of("nowhere").line == 0


def test_nothing_in_an_article_changes(gladbeck: Article) -> None:
    with pytest.raises(AttributeError, match="does not change"):
        gladbeck.stops[0].picture = "cover"  # type: ignore[misc]
    with pytest.raises(TypeError, match="has no field colour"):
        gladbeck.with_(colour="red")
    assert gladbeck.with_(place="Gladbeck") != gladbeck
    assert gladbeck.with_(place="") == gladbeck


def test_schema_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == as_text(), "rewrite it: python -m report.article.schema"


def described(fragment: Any, at: str = "") -> list[str]:
    """The fields of the schema that have no German title or help."""
    fields = fragment.get("properties", {})
    bare = [f"{at}.{name}" for name, one in fields.items() if not (one.get("title") and one.get("description"))]
    for name, form in fragment.get("$defs", {}).items():
        bare += described(form, name) if name not in ("Prose", "Paragraph") else []
    return bare


def test_every_field_has_title_and_help() -> None:
    assert described(json.loads(as_text())) == []


@pytest.mark.parametrize("path", [SAMPLE / "article.yaml", *HARD], ids=lambda path: path.stem)
def test_articles_follow_the_schema(path: Path) -> None:
    import jsonschema
    import yaml

    with path.open(encoding="utf-8") as file:
        data = yaml.load(file, yaml.BaseLoader)
    jsonschema.validate(data, json.loads(as_text()))


def test_schema_refuses_what_the_reader_refuses() -> None:
    import jsonschema

    schema = json.loads(as_text())
    good: dict[str, Any] = {"id": "a", "headline": "H", "stops": [{"heading": "S", "text": ["a", {"list": ["b"]}]}]}
    jsonschema.validate(good, schema)
    for bad in (
        {"headline": "H"},
        {**good, "headlin": "H"},
        {**good, "id": "Groß"},
        {**good, "stops": "S"},
        {**good, "stops": [{"text": "no heading"}]},
        {**good, "stops": [{"heading": "S", "text": [{"lists": ["b"]}]}]},
        {**good, "status": {"state": "fertig"}},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)


@pytest.mark.parametrize("path", HARD, ids=lambda path: path.stem)
def test_hard_articles_are_read(path: Path) -> None:
    article = read(path)
    assert article.id == path.stem
    assert {finding.rule for finding in article.findings if finding.severity == "error"} <= {"text.right-to-left"}


def test_hard_articles_are_what_their_names_say() -> None:
    articles = {path.stem: read(path) for path in HARD}
    assert len(articles["one-stop"].stops) == 1
    assert len(articles["four-stops"].stops) == 4
    assert len(articles["twelve-stops"].stops) == 12
    assert articles["no-stops"].stops == ()
    assert articles["no-picture"].pictures == {}
    assert len(articles["ten-pictures"].pictures) == 10
    assert list(articles["no-quotation"].quotations()) == []
    assert len({one.speaker for one in articles["eight-quotations"].quotations()}) == 8
    assert len(articles["three-line-headline"].headline.parts) == 3
    assert articles["long-headline"].headline.plain == "Familienfreundlichkeitsauszeichnung"
    assert articles["short-text"].draft
    longest = max(re.findall(r"\w+", outline(articles["long-words"])), key=len)
    assert len(longest) == 300
    kinds = {block.kind for prose in articles["table-and-list"].prose() for block in prose}
    assert kinds == {"paragraph", "listing", "table"}


def test_sixty_thousand_words_pass_quickly(tmp_path: Path) -> None:
    words = "Gladbeck hat [Preise]{strong} „in der Kategorie“ gewonnen, Bürger*innen, 10.000 Euro (u.a. Hamm). " * 50
    paragraph = f"      - >-\n        {words}\n"
    file = tmp_path / "long.yaml"
    text = "id: long\nheadline: Lang\nstops:\n  - heading: Lang\n    text:\n" + paragraph * 100
    file.write_text(text, encoding="utf-8")
    begun = time.perf_counter()
    article = read(file)
    assert time.perf_counter() - begun < 10  # a tenth of a second, unless some step takes the square of its words
    assert sum(len(block.text.split()) for prose in article.prose() for block in prose) == 60_000


def test_a_house_completes_the_imprint(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("id: a\nheadline: H\nimprint: {head: Der Bürgermeister, town: 54321 Dorf}\n", encoding="utf-8")
    standing = {"publisher": "Stadt", "town": "12345 Stadt", "email": "a@example.org"}
    found = completed(read(path), {"imprint": standing}, "house.yaml")
    assert found.imprint is not None
    assert (found.imprint.head, found.imprint.publisher, found.imprint.town, found.imprint.email) == (
        "Der Bürgermeister",
        "Stadt",
        "54321 Dorf",
        "a@example.org",
    )
    with pytest.raises(LayoutFault) as stopped:
        completed(read(path), {"imprint": {"publisherr": "Stadt", "email": "a"}}, "house.yaml")
    assert [str(fault.place) for fault in stopped.value.faults] == [
        "house.yaml imprint.publisherr",
        "house.yaml imprint.email",
    ]


def test_a_house_names_whom_to_ask_where_the_article_names_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    standing = {"contact": {"office": "Pressestelle", "name": "Erika Muster", "phone": "02043 99-0"}}
    path.write_text("id: a\nheadline: H\n", encoding="utf-8")
    found = completed(read(path), standing, "house.yaml").contact
    assert found is not None
    assert (found.office, found.name, found.phone) == ("Pressestelle", "Erika Muster", "02043 99-0")
    path.write_text("id: a\nheadline: H\ncontact: Jugendamt\n", encoding="utf-8")
    own = completed(read(path), standing, "house.yaml").contact
    assert own is not None
    assert (own.office, own.name, own.phone) == ("Jugendamt", "", ""), "nobody's telephone beside another's name"
    with pytest.raises(LayoutFault, match=r"house\.yaml contact\.fax"):
        completed(read(path), {"contact": {"fax": "1"}}, "house.yaml")
