"""The gate: what finished pages show is found, and weighs what the edition makes of it."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report import Job, Product, house, layoutfile, produce
from report.article import read
from report.cli import main
from report.compose import content
from report.editions import EDITIONS, Edition
from report.findings import Finding
from report.gate import judged, review
from report.proof import Proof
from report.records import replace
from report.typeset import typeset

MAIL = EDITIONS["mail"]
PAPER = Edition("paper", "press", 300, (), links=False)
WHOLE = {"publisher": "Stadt Gladbeck", "street": "Willy-Brandt-Platz 2", "town": "45964 Gladbeck"}
RELEASED = {"state": "released", "by": "Erika Muster", "date": "2025-05-12"}


def written(folder: Path, **fields: Any) -> Path:
    facts = {
        "id": "kurz", "headline": "Kurz und gut", "imprint": WHOLE,
        "sections": [{"heading": "Neu", "text": ["Es ist ein Spielplatz."]}],
    }  # fmt: skip
    path = folder / "kurz.json"
    kept = {key: value for key, value in {**facts, **fields}.items() if value is not None}
    path.write_text(json.dumps(kept), encoding="utf-8")
    return path


LAYOUT = """page: {width: 200pt, height: 200pt}
grid: {leading: 10pt, left: 20pt, columns: 1, column: 160pt, gutter: 0pt}
styles:
  body: {voice: body, size: 10pt, leading: 10pt}
  tiny: {voice: body, size: 5pt, leading: 10pt}
  full: {voice: body, size: 10pt, leading: 10pt, align: justify}
masters:
  sheet:
    regions:
      body: {column: 1, columns: 1, line: 2, to: 6, then: more}
      more: {column: 1, columns: 1, line: 8, to: 18}
      first: {column: 1, columns: 1, line: 2, to: 3, then: second}
      second: {column: 1, columns: 1, line: 5, to: 5, then: third}
      third: {column: 1, columns: 1, line: 7, to: 18}
"""


def proof(folder: Path, body: str, pages: int = 1, facts: str = "") -> Proof:
    layout = folder / "probe"
    layout.mkdir()
    (layout / "layout.yaml").write_text(LAYOUT, encoding="utf-8")
    blank = '<page master="sheet"><p in="body" style="body">x</p></page>' * (pages - 1)
    markup = f'<document lang="de" title="T"{facts}><page master="sheet">{body}</page>{blank}</document>'
    return typeset(content(markup, "probe"), house.load("a"), layoutfile.load(str(layout)), folder)


IMPRINT = '<p in="body" style="body" of="imprint" words="derived">Stadt Gladbeck</p>'
PRINTER = '<p in="body" style="body" of="imprint.printer" words="derived">Druckerei Beispiel</p>'


def rules(folder: Path, body: str, edition: Edition = MAIL, **fields: Any) -> list[tuple[str, str]]:
    article = read(written(folder, **fields))
    found = judged(review(article, proof(folder, body), edition), edition)
    return [(finding.rule, finding.severity) for finding in found]


def test_a_whole_imprint_is_silent(tmp_path: Path) -> None:
    assert rules(tmp_path, IMPRINT + PRINTER, PAPER) == []


@pytest.mark.parametrize(("edition", "severity"), [(MAIL, "note"), (PAPER, "warning")])
def test_what_an_imprint_lacks_weighs_on_paper(edition: Edition, severity: str, tmp_path: Path) -> None:
    lacking = {"department": "Pressestelle"}
    assert rules(tmp_path, IMPRINT + PRINTER, edition, imprint=lacking) == [
        ("imprint.publisher", severity), ("imprint.street", severity), ("imprint.town", severity),
    ]  # fmt: skip


def test_the_printer_is_named_on_paper_only(tmp_path: Path) -> None:
    article = read(written(tmp_path))
    made = proof(tmp_path, IMPRINT)
    assert [finding.rule for finding in review(article, made, PAPER)] == ["imprint.printer"]
    assert review(article, made, MAIL) == []


@pytest.mark.parametrize("layout", ["brochure", "poster", "card"])
@pytest.mark.parametrize(("edition", "key"), [("print", "printer"), ("office", "own_press")])
def test_each_edition_on_paper_names_its_own_printer(edition: str, key: str, layout: str, tmp_path: Path) -> None:
    """The shop for the shop's file, the house's own press for the office printer; one is not enough for both."""
    for imprint, missing in ((WHOLE | {key: "Druck Beispiel, Weg 1, 45964 Gladbeck"}, []), (WHOLE, [key])):
        order = Job(written(tmp_path, imprint=imprint, event=EVENT), (layout,), (edition,), tmp_path)
        found = produce(order).products[0].findings
        assert [one.values["field"] for one in found if one.rule == "imprint.printer"] == missing


EVENT = {
    "occasion": "Eröffnung", "day": "2025-05-14", "time": "17:00", "place": "Altes Rathaus",
    "answer": {"by": "2025-05-01", "to": "Pressestelle"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "body", "rule"),
    [({"imprint": None}, "", "imprint.missing"), ({}, "", "imprint.unshown"), ({}, IMPRINT, "imprint.printer")],
)
def test_no_imprint_at_all(fields: dict[str, Any], body: str, rule: str, tmp_path: Path) -> None:
    shown = body or '<p in="body" style="body">Worte</p>'
    assert rules(tmp_path, shown, PAPER, **fields) == [(rule, "warning")]


def test_small_type_is_named_with_page_field_and_size(tmp_path: Path) -> None:
    article = read(written(tmp_path))
    body = f'{IMPRINT}<p in="more" style="tiny" of="headline">winzig</p><folio in="more" style="tiny"/>'
    found = [one for one in review(article, proof(tmp_path, body), MAIL) if one.rule == "text.small"]
    assert [(one.place.page, one.place.path, one.place.block, one.values["size"]) for one in found] == [
        (1, "headline", "paragraph", "5"), (1, "", "sheet", "5"),
    ]  # fmt: skip


def test_type_is_measured_by_what_the_printer_takes(tmp_path: Path) -> None:
    article = read(written(tmp_path))
    made = proof(tmp_path, f'{IMPRINT}<p in="more" style="tiny">winzig</p>')
    assert review(article, made, MAIL, least=5.0) == []
    assert [one.rule for one in review(article, made, MAIL, least=11.0)] == ["text.small", "text.small"]


@pytest.mark.parametrize(
    ("pages", "status", "told"), [(4, RELEASED, True), (3, RELEASED, False), (4, {"state": "draft"}, False)]
)
def test_the_state_library_is_due_a_copy_from_four_pages(
    pages: int, status: dict[str, str], told: bool, tmp_path: Path
) -> None:
    article = read(written(tmp_path, status=status))
    found = review(article, proof(tmp_path, IMPRINT, pages), MAIL)
    assert [(one.rule, one.severity) for one in found] == [("deposit.copy", "note")] * told


def test_pages_that_cannot_be_stapled_weigh_on_paper(tmp_path: Path) -> None:
    made = proof(tmp_path, IMPRINT, 2, ' multiple="4"')
    assert [(one.rule, one.severity) for one in judged(made.findings, MAIL)] == [("pages.multiple", "note")]
    assert [(one.rule, one.severity) for one in judged(made.findings, PAPER)] == [("pages.multiple", "warning")]


# -- lines --

GAPS = "das Oberlandesgericht Bundesverwaltungsgericht"


def test_loose_lines_are_found_where_both_edges_are_straight(tmp_path: Path) -> None:
    body = f'<p in="body" style="full" of="headline">{GAPS}</p>'
    found = [one for one in proof(tmp_path, body).findings if one.rule == "text.loose"]
    assert [(one.place.page, one.place.path, one.severity) for one in found] == [(1, "headline", "warning")]
    assert found[0].values["words"] == "das Oberlandesgericht"


def test_ragged_lines_are_never_loose(tmp_path: Path) -> None:
    assert proof(tmp_path, f'<p in="body" style="body">{GAPS}</p>').findings == []


def test_no_line_is_left_alone(tmp_path: Path) -> None:
    """Six lines before a column of five: two go over, not one."""
    body = '<p in="body" style="body">eins<br/>zwei<br/>drei<br/>vier<br/>fünf<br/>sechs</p>'
    made = proof(tmp_path, body)
    assert made.findings == []
    assert [line.split()[0] for line in list(made.lines())[1:]] == ["body"] * 4 + ["more"] * 2


WORDS = "eins zwei drei vier fünf sechs sieben".split()


def narrow(folder: Path, lines: int) -> Proof:
    """A paragraph through three columns, the second of which holds one line."""
    words = "<br/>".join(WORDS[:lines])
    return proof(folder, f'<p in="first" style="body" of="headline">{words}</p>')


@pytest.mark.parametrize(("lines", "words"), [(4, []), (5, ["drei"]), (7, ["drei"])])
def test_a_line_alone_between_two_columns_is_told(lines: int, words: list[str], tmp_path: Path) -> None:
    """Four lines go two and two, and leave the column of one empty; of more, one line stands there alone."""
    made = narrow(tmp_path, lines)
    found = [one for one in made.findings if one.rule == "text.alone"]
    assert [one.values["words"] for one in found] == words
    assert all((one.severity, one.place.path, one.place.page) == ("warning", "headline", 1) for one in found)
    assert [line.split()[-1] for line in list(made.lines())[1:]] == WORDS[:lines]


@given(st.lists(st.integers(1, 7), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_first_and_no_last_line_is_ever_alone(lengths: list[int]) -> None:
    """However paragraphs run through the columns: neither widow nor orphan."""
    rows = ["<br/>".join(f"{i}.{j}" for j in range(count)) for i, count in enumerate(lengths)]
    body = "".join(f'<p in="body" style="body">{row}</p>' for row in rows)
    with TemporaryDirectory() as folder:
        made = proof(Path(folder), body)
    places = [line.split() for line in list(made.lines())[1:]]
    for i, count in enumerate(lengths):
        regions = [region for region, *_, words in places if words.startswith(f"{i}.")]
        assert count == 1 or 1 not in (regions.count("body"), regions.count("more")), places


# -- strict --


def products(folder: Path, **order: Any) -> Sequence[Product]:
    return produce(Job(written(folder, **order.pop("fields", {})), out=folder / "out", **order)).products


WARNED = {"sections": [{"heading": "Neu", "text": ['Es ist ein "Spielplatz".']}]}


def test_strict_lets_no_warning_pass(tmp_path: Path) -> None:
    loose = products(tmp_path, fields=WARNED)
    assert [one.written for one in loose] == [True, True]
    strict = products(tmp_path, fields=WARNED, strict=True)
    assert [(one.written, one.outdated) for one in strict] == [(False, True), (False, True)]
    assert all(one.severity != "warning" for product in strict for one in product.findings)


def test_strict_lets_notes_pass() -> None:
    note = Finding("pages.multiple", "x", severity="note")
    assert judged([note], MAIL, strict=True) == [note]
    assert judged([replace(note, severity="warning")], PAPER, strict=True) == [replace(note, severity="error")]


def test_the_command_says_why_a_warning_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = str(written(tmp_path, **WARNED))
    assert main([article, "--out", str(tmp_path / "out"), "--strict"]) == 6
    out = capsys.readouterr().out
    assert "--strict: Jede Warnung zählt als Fehler und hält ihre Datei auf." in out
    assert not list(tmp_path.glob("out/*.pdf"))


def test_a_strict_check_lets_no_warning_pass(tmp_path: Path) -> None:
    article = str(written(tmp_path, **WARNED))
    assert main([article, "--check"]) == 0
    assert main([article, "--check", "--strict"]) == 6


# -- people in pictures --


def peopled(folder: Path, **more: str) -> dict[str, Any]:
    from PIL import Image

    Image.new("RGB", (1200, 800), (90, 120, 80)).save(folder / "fest.jpg")
    picture = {"file": "fest.jpg", "alt": "Menschen auf einem Platz.", "credit": "Foto: M", "people": "ja", **more}
    return {"pictures": {"fest": picture}, "cover": "fest"}


ALL = ("mail", "archive", "print", "office", "html", "text")


def test_people_without_consent_are_told_in_every_edition(tmp_path: Path) -> None:
    for strict, severity in ((False, "warning"), (True, "error")):
        made = products(tmp_path, fields=peopled(tmp_path), editions=ALL, strict=strict)
        assert {product.edition for product in made} >= set(ALL)
        for product in made:
            if product.edition.endswith("-dummy"):  # folding lines alone
                continue
            found = [one for one in product.findings if one.rule == "text.consent"]
            assert [(one.severity, one.place.path) for one in found] == [(severity, "pictures.fest.people")]
            assert found[0].place.line == 1
            assert found[0].remedy


def test_the_consent_is_put_into_no_file(tmp_path: Path) -> None:
    note = "Zustimmung Erika Geheim"
    made = products(tmp_path, fields=peopled(tmp_path, consent=note), editions=ALL, report=True)
    assert not [one for product in made for one in product.findings if one.rule == "text.consent"]
    files = [path for path in (tmp_path / "out").iterdir() if path.is_file()]
    assert len(files) > len(ALL)
    for path in files:
        data = path.read_bytes()
        if path.suffix == ".pdf":
            plain = io.BytesIO()
            with pikepdf.open(path) as pdf:
                pdf.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
                data = plain.getvalue() + str(pdf.docinfo).encode() + str(pdf.open_metadata()).encode()
        for words in (note, "Geheim"):
            assert words.encode() not in data, path.name
            assert words.encode("utf-16-be") not in data, path.name


# -- reading the finished file --


def test_the_finished_file_is_read_before_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a stranger finds in it stops it; nothing is left to be mistaken for a good file."""
    import report.finish

    whole = report.finish.finish

    def speechless(*given: Any) -> bytes:
        """Finish the file and take its language away."""
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(whole(*given))) as pdf:
            del pdf.Root.Lang
            pdf.save(out)
        return out.getvalue()

    monkeypatch.setattr(report.finish, "finish", speechless)
    seen = products(tmp_path, preflight=True, editions=("mail",))[0]
    assert [(one.rule, one.severity) for one in seen.findings if one.severity != "note"] == [
        ("preflight.language", "error")
    ]
    assert not seen.written
    assert not seen.path.exists()
    unseen = products(tmp_path, editions=("mail",))[0]
    assert unseen.written


def test_a_good_file_passes_its_reading(tmp_path: Path) -> None:
    for product in products(tmp_path, preflight=True):
        assert product.written
        assert [one for one in product.findings if one.rule.startswith("preflight.")] == []


def test_a_file_without_tags_is_not_blamed_for_it(tmp_path: Path) -> None:
    seen = products(tmp_path, preflight=True, standards=(), editions=("mail",))[0]
    assert [one.rule for one in seen.findings if one.rule.startswith("preflight.")] == []
