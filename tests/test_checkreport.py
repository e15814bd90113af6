"""The check report: it says what was tested and what not, claims nothing more, and is itself a sound form."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from report import Job, Product, produce
from report.checkreport.points import ANSWERS, POINTS, QUESTIONS, VERSION, rows
from report.cli import main
from report.findings import Finding, Severity
from report.locales import catalogue
from report.preflight import check
from tests import readback
from tests.conftest import Judge
from tests.goldens import assert_golden
from tests.variants import SAMPLE

GERMAN = catalogue("de").gettext
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Product]]:
    """Make the reports of an article, once a module."""

    @cache
    def make(name: str) -> list[Product]:
        folder = tmp_path_factory.mktemp(name)
        article = SAMPLE if name == "sample" else ROOT / "tests" / "articles" / f"{name}.yaml"
        return produce(Job(article, editions=("mail", "archive"), out=folder / "out", report=True)).products

    return make


def sheet(products: list[Product]) -> Path:
    (path,) = {product.report for product in products}
    assert path is not None
    return path


def said(products: list[Product]) -> Any:
    return json.loads(sheet(products).with_suffix(".json").read_text(encoding="utf-8"))


def test_one_report_stands_beside_the_files_of_a_layout(made: Callable[[str], list[Product]]) -> None:
    products = made("sample")
    assert sheet(products).name == "familienkommune-gladbeck-brochure-pruefbericht.pdf"
    assert sorted(path.name for path in sheet(products).parent.iterdir()) == sorted(
        [sheet(products).name, sheet(products).with_suffix(".json").name, *(one.path.name for one in products)]
    )


@pytest.mark.parametrize("name", ["sample", "strange-signs", "long-words", "ten-pictures"])
def test_the_report_is_itself_tagged_and_sound(name: str, made: Callable[[str], list[Product]], judge: Judge) -> None:
    path = sheet(made(name))
    assert [str(finding) for finding in check(path)] == []
    assert [judge.failed(flavour, path) for flavour in ("ua1", "2a")] == [[], []]


def test_each_question_has_a_box_for_each_answer_and_none_is_ticked(made: Callable[[str], list[Product]]) -> None:
    with pikepdf.open(sheet(made("sample"))) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(field.TU) for field in fields] == [
            f"{GERMAN(question)} {GERMAN(answer)}" for question in QUESTIONS for answer in ANSWERS
        ]
        assert {(str(field.AS), str(field.V)) for field in fields} == {("/Off", "/Off")}


def test_what_it_says_in_order(made: Callable[[str], list[Product]]) -> None:
    words = "\n".join(f"{role}: {text.strip()}" for role, text in readback.words(sheet(made("sample"))))
    words = re.sub(r"(pikepdf|qpdf) [\d.]+", r"\1 N", words)
    assert_golden("checkreport/words", re.sub(r"\b[0-9a-f]{64}\b", "SHA-256", words) + "\n")


def test_the_data_say_the_same_as_the_sheet(made: Callable[[str], list[Product]]) -> None:
    products = made("sample")
    facts, text = said(products), " ".join("".join(words) for _, words in readback.words(sheet(products)))
    text = readback.plain(text)
    for point in facts["points"]:
        assert readback.plain(point["point"]) in text
    for file, product in zip(facts["files"], products, strict=True):
        assert file["name"] == product.path.name
        assert file["sha256"] in text.replace(" ", "")
    counts = [point["result"] for point in facts["points"]]
    assert facts["counts"] == {result: counts.count(result) for result in ("passed", "fault", "untested")}


def test_what_no_tool_tested_is_named_as_such(made: Callable[[str], list[Product]]) -> None:
    points = said(made("sample"))["points"]
    assert {point["clause"] for point in points if point["result"] == "untested"} == {"PDF/UA-1", "PDF/A-2a"}
    assert all(bool(point["tool"]) == (point["result"] != "untested") for point in points)
    assert {point["tool"] for point in points} == {f"Satzspiegel {VERSION}", ""}


def test_no_finding_is_left_out(made: Callable[[str], list[Product]]) -> None:
    for name in ("sample", "strange-signs", "ten-pictures"):
        products = made(name)
        wanted = {say(one) for product in products for one in product.findings if one.severity != "note"}
        assert {fault["words"] for fault in said(products)["faults"]} >= wanted


def say(finding: Finding) -> str:
    return catalogue("de").message(finding)


def test_a_character_without_glyph_can_be_told_of(tmp_path: Path) -> None:
    """What is wrong with the article must not make the report wrong."""
    facts = {"id": "kurz", "headline": "Kurz", "sections": [{"heading": "Neu", "text": ['Ein "\U0001f600" Platz.']}]}
    path = tmp_path / "kurz.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    products = produce(Job(path, editions=("mail",), out=tmp_path / "out", report=True)).products
    assert [product.written for product in products] == [False]
    assert [str(finding) for finding in check(sheet(products))] == []
    facts = said(products)
    assert facts["files"][0]["sha256"] == ""
    assert any("\U0001f600" in fault["words"] for fault in facts["faults"])


def test_the_same_bytes_again(made: Callable[[str], list[Product]], tmp_path: Path) -> None:
    again = produce(Job(SAMPLE, out=tmp_path, report=True)).products
    assert sheet(again).read_bytes() == sheet(made("sample")).read_bytes()


def test_the_command_names_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = [str(SAMPLE), "--edition", "mail", "--layout", "poster", "--out", str(tmp_path), "--report"]
    assert main(order) == 0
    path = tmp_path / "familienkommune-gladbeck-poster-pruefbericht.pdf"
    assert f"Prüfbericht: {path}" in capsys.readouterr().out
    assert main([*order, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["report"] == str(path)


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "familienkommune-gladbeck-poster-pruefbericht.json").mkdir()
    order = [str(SAMPLE), "--edition", "mail", "--layout", "poster", "--out", str(tmp_path), "--report"]
    assert main(order) == 7


def test_without_an_order_none_is_made(tmp_path: Path) -> None:
    produce(Job(SAMPLE, editions=("mail",), out=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["familienkommune-gladbeck-brochure-mail.pdf"]


def test_the_version_is_the_projects() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == VERSION


# -- points --


def product(
    edition: str, *findings: Finding, standards: tuple[str, ...] = ("ua1", "a2a"), read: bool = True
) -> Product:
    path = Path(f"{edition}.pdf")
    return Product("a", "l", edition, path, 4, 1, standards, findings, 0.0, read=read)


def found(rule: str, severity: Severity = "warning") -> Finding:
    return Finding(rule, rule, severity=severity)


def results(*products: Product) -> dict[str, str]:
    return {row.words: row.result for row in rows(products)}


LANGUAGE, IMPRINT, OTHER = POINTS[0].words, "Publisher and printer are named", "Anything else that stood out"


def test_a_point_is_passed_only_where_every_file_was_read() -> None:
    assert results(product("mail"))[LANGUAGE] == "passed"
    assert results(product("mail"), product("archive", read=False))[LANGUAGE] == "untested"
    broken = product("archive", found("preflight.language"), read=False)
    assert results(product("mail"), broken)[LANGUAGE] == "fault"


def test_what_concerns_no_file_is_not_listed() -> None:
    paper = product("office", standards=())
    assert LANGUAGE not in results(paper)
    assert "All other rules of the standard" not in results(paper)
    assert "Ink of the colours within the limit" not in results(paper)
    assert "Words keep clear of the knife" in results(paper)
    assert "Words keep clear of the knife" not in results(product("mail"))


def test_sheets_are_judged_as_their_edition() -> None:
    assert "Ink of the colours within the limit" in results(product("print-sheets", standards=("x4",)))


def test_a_note_breaks_only_what_it_concerns() -> None:
    assert results(product("mail", found("text.example", "note")))["Words without signs of a slip"] == "passed"
    assert results(product("mail", found("imprint.street", "note")))[IMPRINT] == "fault"


def test_each_finding_is_told_once_with_its_editions() -> None:
    one = found("text.alt")
    told = [row.findings for row in rows([product("mail", one), product("archive", one)]) if row.findings]
    assert told == [((one, ("mail", "archive")),)]


def test_what_fits_nowhere_is_told_at_the_end() -> None:
    assert OTHER not in results(product("mail"))
    assert results(product("mail", found("never.heard")))[OTHER] == "fault"


def test_the_clause_is_that_of_the_ordered_standard() -> None:
    def clauses(*standards: str) -> list[str]:
        return [row.clause for row in rows([product("mail", standards=standards)]) if row.words == LANGUAGE]

    assert clauses("ua1") == ["PDF/UA-1, 7.2"]
    assert clauses("ua2", "a4") == ["PDF/UA-2, 8.4.4"]


def test_a_dummy_is_no_file_to_be_judged(tmp_path: Path) -> None:
    products = produce(Job(SAMPLE, editions=("office",), out=tmp_path, report=True)).products
    assert [one.edition for one in products] == ["office", "office-sheets", "office-dummy"]
    assert [file["edition"] for file in said(products)["files"]] == ["office", "office-sheets"]


def test_every_rule_of_the_preflight_belongs_to_a_point() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "report" / "preflight").glob("*.py"))
    for rule in sorted(set(re.findall(r'"(preflight\.[a-z-]+)"', source))):
        one = product("mail", found(rule))
        (row,) = (row for row in rows([one]) if row.findings)
        assert (rule, row.words) != (rule, OTHER)
