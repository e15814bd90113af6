"""The watched folder: documents whole, sidecars that no word can break, the marker last, nothing twice."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from report.deliver.template import rendered
from report.errors import DeliveryFault, LayoutFault
from report.locales import catalogue
from report.parcel import Filing
from tests.goldens import assert_golden
from tests.parcels import FACTS, call, hand_over, parcel, points, settings, tree
from tests.test_docs import blocks

NASTY = "\"A\"; =B\n<C> & „D“ \\ 'E' {{ f }}"
DOCUMENT = "familienkommune-brochure-archive-v1"


def said(stop: Any) -> str:
    return "\n".join(map(catalogue("de").say, stop.value.faults))


def write(tmp_path: Path, name: str, text: str) -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return f"template: {name}"


@pytest.mark.parametrize("kind", ["xml", "csv", "json"])
def test_the_three_examples(kind: str, tmp_path: Path) -> None:
    assert hand_over("dms", tmp_path, parcel(), f"template: {kind}").state == "done"
    found = tree(tmp_path / "dms")
    stem = "familienkommune-v1" if kind == "csv" else DOCUMENT
    ready = [f"{stem}.fertig"] if kind == "xml" else []
    assert sorted(found) == sorted([f"{DOCUMENT}.pdf", f"{stem}.{kind}", *ready])
    assert found[f"{DOCUMENT}.pdf"] == parcel().items[0].data
    assert_golden(f"dms/{kind}", found[f"{stem}.{kind}"].decode().replace("\r\n", "\n"))


@pytest.mark.parametrize("kind", ["xml", "csv", "json"])
def test_a_drop_survives_every_kill(kind: str, tmp_path: Path) -> None:
    run: Callable[[], object] = lambda: hand_over("dms", tmp_path / "killed", parcel(), f"template: {kind}")  # noqa: E731
    order = ["pdf", kind, "fertig"] if kind == "xml" else ["pdf", kind]
    for _ in points(run):
        there = {name.rpartition(".")[2] for name in tree(tmp_path / "killed") if name.startswith("dms/fam")}
        assert there in [set(order[:count]) for count in range(len(order) + 1)]
    hand_over("dms", tmp_path / "once", parcel(), f"template: {kind}")
    assert tree(tmp_path / "killed") == tree(tmp_path / "once")
    assert hand_over("dms", tmp_path / "killed", parcel(), f"template: {kind}").state == "already"
    assert tree(tmp_path / "killed") == tree(tmp_path / "once")


@pytest.mark.parametrize("takes", ["*", "fertig"])
def test_what_the_system_took_meanwhile_is_not_dropped_again(takes: str, tmp_path: Path) -> None:
    """A watcher that takes what is marked as ready, or the marker alone, while the run is killed at every touch."""
    taken: list[str] = []

    def watch() -> None:
        for marker in (tmp_path / "dms").glob("[!.]*.fertig"):
            taken.append(marker.name)
            for file in (tmp_path / "dms").glob(f"{marker.stem}.{takes}"):
                file.unlink()

    for _ in points(lambda: hand_over("dms", tmp_path, parcel())):
        watch()
    watch()
    assert taken == [f"{DOCUMENT}.fertig"]
    assert hand_over("dms", tmp_path, parcel()).state == "already"


def test_a_further_version_lies_beside_the_first_with_its_reason(tmp_path: Path) -> None:
    hand_over("dms", tmp_path, parcel())
    first = tree(tmp_path / "dms")
    hand_over("dms", tmp_path, parcel(2))
    found = tree(tmp_path / "dms")
    assert {name: found[name] for name in first} == first
    assert "<Aenderungsgrund>Name korrigiert</Aenderungsgrund>" in found[f"{DOCUMENT[:-1]}2.xml"].decode()


def test_nothing_in_the_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "dms").mkdir()
    (tmp_path / "dms" / f"{DOCUMENT}.pdf").write_bytes(b"theirs")
    handed = hand_over("dms", tmp_path, parcel())
    assert (handed.state, handed.exit_code) == ("failed", 8)
    assert tree(tmp_path / "dms") == {f"{DOCUMENT}.pdf": b"theirs"}


@example(",,")
@given(some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_no_title_breaks_a_sidecar(words: str) -> None:
    values = {"title": words, "file": "a.pdf"}
    written = rendered("dms", "x", "<a b='{{ title }}'>{{ title }}</a>", "xml", values)
    root = ElementTree.fromstring(written)
    assert root.get("b") == words
    assert (root.text or "") == words
    assert json.loads(rendered("dms", "x", "[{{ title | json }}]", "json", values)) == [words]
    text = rendered("dms", "x", "{{ title | csv }};{{ file | csv }}\n", "csv", values)
    ((cell, file),) = csv.reader(io.StringIO(text), delimiter=";")
    assert file == "a.pdf"
    assert cell in (" ".join(words.splitlines()), "'" + " ".join(words.splitlines()))
    assert not cell.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("kind", ["xml", "csv", "json"])
def test_the_examples_bear_the_worst_title(kind: str, tmp_path: Path) -> None:
    hand_over("dms", tmp_path, parcel(title=NASTY, department="=SUMME(A1)"), f"template: {kind}")
    (text,) = (data.decode() for name, data in tree(tmp_path / "dms").items() if name.endswith(kind))
    if kind == "xml":
        assert ElementTree.fromstring(text).findtext("Dokument/Betreff") == NASTY
    elif kind == "json":
        assert json.loads(text)["betreff"] == NASTY
    else:
        _, row = csv.reader(io.StringIO(text), delimiter=";")
        assert (row[2], row[5]) == (NASTY.replace("\n", " "), "'=SUMME(A1)")


# -- what is wrong --


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "eingang").write_bytes(b"a file")
    handed = hand_over("dms", tmp_path, parcel(), "path: eingang")
    assert (handed.state, handed.exit_code) == ("failed", 7)
    (tmp_path / "eingang").unlink()
    assert hand_over("dms", tmp_path, parcel(), "path: eingang").state == "failed"
    (tmp_path / "eingang").mkdir()
    assert hand_over("dms", tmp_path, parcel(), "path: eingang").state == "done"


WRONG = {
    "no-field.xml.j2": "<a>\n{{ aktenzeichn }}\n{{ document.nmae }}</a>",
    "no-field-inside.xml.j2": "<a>\n\n{{ document.fil }}</a>",
    "syntax.xml.j2": "<a>\n{{ title </a>",
    "broken.xml.j2": "<a>\n<b>{{ title }}</a>",
    "doctype.xml.j2": "<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>",
    "broken.json.j2": '{"a": {{ title | json }},}',
    "bare.json.j2": '{"a": "{{ title }}"}',
    "bare.csv.j2": '"a"\n"{{ title }}"',
    "cells.csv.j2": '"a";"b"\n{{ title | csv }}\n',
    "list.xml.j2": "<a>{{ keywords }}</a>",
    "include.xml.j2": "<a>{% include '/etc/passwd' %}</a>",
    "macro.xml.j2": "<a>{% macro m() %}{{ m() }}{% endmacro %}</a>",
    "call.xml.j2": "<a>{{ title.upper() }}</a>",
    "python.xml.j2": "<a>{{ title.__class__.__mro__ }}</a>",
    "power.xml.j2": "<a>{{ 9 ** 999999999 }}</a>",
    "long.xml.j2": "<a>" + "{% set title = title ~ title %}" * 60 + "</a>",
    "times.xml.j2": "<a>{{ title * 999999999 }}</a>",
    "rounds.xml.j2": "<a>" + "{% for c in standfirst %}" * 9 + "{% endfor %}" * 9 + "</a>",
    "nested.json.j2": "{% set a = [1] %}" + "{% set a = [a, a] %}" * 60 + "{{ a | json }}",
    "replace.xml.j2": "<a>" + '{% set title = title | replace("a", title) %}' * 60 + "</a>",
}


def test_what_is_wrong_with_a_template_is_told(tmp_path: Path) -> None:
    told = []
    for name, text in WRONG.items():
        given = write(tmp_path, name, text)
        with pytest.raises(DeliveryFault) as stop:
            hand_over("dms", tmp_path, parcel(), given)
        told.append(said(stop))
        assert not (tmp_path / "dms").exists()
    assert_golden("dms/faults", "\n".join(told) + "\n")


def test_a_template_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(DeliveryFault) as stop:
        hand_over("dms", tmp_path, parcel(), "template: mein.xml.j2")
    assert "mein.xml.j2" in said(stop)
    (tmp_path / "mein.xml.j2").write_bytes(b"<a>\xff</a>")
    with pytest.raises(DeliveryFault) as stop:
        hand_over("dms", tmp_path, parcel(), "template: mein.xml.j2")
    assert "UTF-8" in said(stop)


def test_without_its_aktenzeichen_nothing_is_dropped(tmp_path: Path) -> None:
    with pytest.raises(DeliveryFault) as stop:
        hand_over("dms", tmp_path, parcel(filing=Filing()))
    assert "file_reference" in said(stop)
    with pytest.raises(DeliveryFault) as stop:
        hand_over("dms", tmp_path, parcel(filing=Filing()), "requires: [process, reference]")
    assert len(stop.value.faults) == 2
    assert hand_over("dms", tmp_path, parcel(filing=Filing()), "requires: []").state == "done"
    one = write(tmp_path, "ohne.xml.j2", "<a>{{ title }}</a>")
    assert hand_over("dms", tmp_path / "2", parcel(filing=Filing()), one.replace("ohne", "../ohne")).state == "done"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("template: mein.txt", ".xml.j2"),
        ("ready: FERTIG", "{name}"),
        ("ready: ../{name}", "{name}"),
        ("encoding: windows-1252", "UTF-8"),
        ("encoding: latin1", "utf-8"),
        ("files: [archiv]", "archive"),
        ("requires: [aktenzeichen]", "reference"),
        ("pfad: x", "path"),
    ],
)
def test_faults_of_the_house_file(text: str, part: str) -> None:
    with pytest.raises(LayoutFault) as stop:
        settings("dms", text)
    assert "house.yaml:1" in said(stop)
    assert part in said(stop)


def test_csv_in_the_towns_old_encoding(tmp_path: Path) -> None:
    hand_over("dms", tmp_path, parcel(), "{template: csv, encoding: windows-1252, ready: '{name}.ok'}")
    found = tree(tmp_path / "dms")
    assert "Öffentlichkeitsarbeit".encode("cp1252") in found["familienkommune-v1.csv"]
    assert found["familienkommune-v1.ok"] == b""
    with pytest.raises(DeliveryFault) as stop:
        hand_over("dms", tmp_path / "2", parcel(title="Łódź"), "{template: csv, encoding: windows-1252}")
    assert "U+0141" in said(stop)


def test_several_documents_and_the_houses_own_words(tmp_path: Path) -> None:
    text = "{% for one in documents %}{{ own.Mandant | csv }};{{ one.role | csv }};{{ loop.index }}\n{% endfor %}"
    given = write(tmp_path, "alle.csv.j2", text) + "\nfiles: [archive, mail]\nown: {Mandant: '4711'}"
    hand_over("dms", tmp_path, parcel(), given)
    assert tree(tmp_path / "dms")["familienkommune-v1.csv"].decode().splitlines() == [
        '"4711";"archive";1',
        '"4711";"mail";2',
    ]


def test_nothing_to_hand_over(tmp_path: Path) -> None:
    with pytest.raises(DeliveryFault, match="original"):
        hand_over("dms", tmp_path, parcel(), "files: [original]")


def test_a_plan_touches_nothing(tmp_path: Path) -> None:
    from report import deliver

    plan = deliver.target("dms").plan(call("dms", tmp_path, parcel()))
    assert [step.files[-1] for step in plan.steps] == [f"{DOCUMENT}.fertig"]
    assert not list(tmp_path.iterdir())


def test_the_guide_lists_every_field() -> None:
    from report.deliver.facts import DOCUMENT as OF_DOCUMENT
    from report.deliver.facts import NAMES, named

    guide = Path("docs/uebergabe.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in guide] == []
    assert [name for name in OF_DOCUMENT if f"`document.{name}`" not in guide] == []
    assert set(named(parcel())) == set(NAMES)


def test_the_templates_of_the_guide_work() -> None:
    values = {"reference": FACTS.filing.reference, "title": FACTS.title, "document": {"file": "a.pdf"}}
    values |= {"own": {"Mandant": "4711"}}
    for template in blocks("docs/uebergabe.md", "jinja"):
        assert rendered("dms", "guide", template, "xml", values)
