"""Boxes to tick: fields that are heard by their name, drawn once, never ticked; tables whose columns are given."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from report import house, layoutfile
from report.compose import content
from report.editions import EDITIONS, Edition
from report.errors import LayoutFault
from report.finish import finish
from report.preflight import check
from report.proof import Proof
from report.standards import combine, misnested
from report.typeset import typeset
from tests.conftest import Judge

LAYOUT = """page: {width: 300pt, height: 200pt}
grid: {leading: 10pt, left: 20pt, columns: 6, column: 30pt, gutter: 10pt}
styles:
  body: {voice: body, size: 10pt, leading: 10pt}
  box: {voice: label, size: 9pt, leading: 10pt, swatch: deep}
masters:
  sheet:
    regions:
      body: {column: 1, columns: 6, line: 2, to: 18}
"""
QUESTIONS = ("Stimmt Bild 1?", "Stimmt Nr. 2?", "Stimmt Nr. 2?")


def box(name: str) -> str:
    return f'<checkbox style="box" name="{name}"/>'


ROWS = "".join(f'<tr><th scope="row">{question}</th><td>{box(question)}</td></tr>' for question in QUESTIONS)
HEAD = '<thead><tr><th scope="col">Frage</th><th scope="col">Ja</th></tr></thead>'
TABLE = f'<table in="body" style="body" columns="3 1">{HEAD}<tbody>{ROWS}</tbody></table>'


def made(folder: Path, body: str = TABLE) -> Proof:
    layout = folder / "probe"
    layout.mkdir(exist_ok=True)
    (layout / "layout.yaml").write_text(LAYOUT, encoding="utf-8")
    head = '<meta name="identifier" content="probe"/>'
    markup = f'<document lang="de" title="Fragen">{head}<page master="sheet"><h1 in="body" style="body">Fragen</h1>{body}</page></document>'  # noqa: E501
    return typeset(content(markup, "probe"), house.load("a"), layoutfile.load(str(layout)), folder)


def finished(proof: Proof, *standards: str, edition: Edition = EDITIONS["mail"]) -> bytes:
    return finish(proof, combine(standards or ("ua1", "a2a")), edition, {})


@contextmanager
def form(data: bytes) -> Iterator[list[Any]]:
    """Open the file and yield its fields."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield list(pdf.Root.AcroForm.Fields) if "/AcroForm" in pdf.Root else []


def test_each_box_is_a_field_with_a_name_of_its_own(tmp_path: Path) -> None:
    with form(finished(made(tmp_path))) as fields:
        assert [str(field.TU) for field in fields] == list(QUESTIONS)
        assert [str(field.T) for field in fields] == ["Stimmt Bild 1?", "Stimmt Nr  2?", "Stimmt Nr  2? 2"]
        assert {str(field.FT) for field in fields} == {"/Btn"}
        assert {int(field.F) for field in fields} == {4}


def test_no_box_is_ticked_and_all_can_be(tmp_path: Path) -> None:
    with form(finished(made(tmp_path))) as fields:
        for field in fields:
            assert (str(field.AS), str(field.V)) == ("/Off", "/Off")
            assert sorted(field.AP.N.keys()) == ["/Off", "/Yes"]
            assert field.AP.N.Off.read_bytes() == b""
            assert b" S" in field.AP.N.Yes.read_bytes()


def test_a_box_belongs_to_a_form_in_its_cell(tmp_path: Path) -> None:
    proof = made(tmp_path)
    assert proof.findings == []
    assert misnested(proof.root) == []
    cells = [element for element in proof.root.walk() if element.role == "cell"]
    assert [[kid.role for kid in cell.kids if hasattr(kid, "role")] for cell in cells] == [["form"]] * 3


@pytest.mark.parametrize(("standards", "flavours"), [(("ua1", "a2a"), ("ua1", "2a")), (("ua2", "a4"), ("ua2", "4"))])
def test_validators_accept_the_form(
    standards: tuple[str, ...], flavours: tuple[str, ...], tmp_path: Path, judge: Judge
) -> None:
    path = tmp_path / "fragen.pdf"
    path.write_bytes(finished(made(tmp_path), *standards))
    assert check(path) == []
    assert [judge.failed(flavour, path) for flavour in flavours] == [[], []]


def test_on_paper_the_box_is_ink_alone(tmp_path: Path) -> None:
    paper = Edition("paper", "screen", 300, (), links=False)
    proof = made(tmp_path)
    with form(finished(proof, edition=paper)) as fields:
        assert fields == []
    assert proof.pages[0].content.count(b" re f*") == len(QUESTIONS)


def test_a_box_stands_in_a_flow_as_well(tmp_path: Path) -> None:
    proof = made(tmp_path, f'<div in="body" style="body"><p>Ja</p>{box("Ja")}</div>')
    assert [" ".join(line.split()) for line in proof.lines()][2:] == ["body 3.00 body Ja", "body 4.00 box [ ] Ja"]
    assert misnested(proof.root) == []


# -- columns --


def lefts(proof: Proof) -> list[float]:
    """Where the words of each row begin, from left to right."""
    rects = sorted(rect[0] for of in ("a", "b") for _, rect in proof.fields[of])
    return [round(left, 1) for left, _ in itertools.groupby(rects)]


CELLS = '<tr><td of="a" words="derived">x</td><td of="b" words="derived">y</td></tr>'


def test_columns_stand_on_the_grid_where_the_layout_says_so(tmp_path: Path) -> None:
    table = f'<table in="body" style="body" columns="3 1.5">{HEAD}<tbody>{CELLS}</tbody></table>'
    assert lefts(made(tmp_path, table)) == [20.0, 140.0]


def test_columns_that_do_not_agree_are_told(tmp_path: Path) -> None:
    table = f'<table in="body" style="body" columns="3">{HEAD}<tbody>{CELLS}</tbody></table>'
    with pytest.raises(LayoutFault) as stop:
        made(tmp_path, table)
    assert str(stop.value) == "probe/2-markup.xml:1: The table has 2 columns, but columns=“3” gives the widths of 1."


def test_columns_are_numbers(tmp_path: Path) -> None:
    with pytest.raises(LayoutFault, match="is not a row of widths"):
        made(tmp_path, TABLE.replace("3 1", "drei"))
