"""Orders, layouts and houses that cannot be: told with their lines; streams that end, interruptions."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from report.cli import main
from tests.misuse import BRIEF, SENTENCE, Desk, Read, section
from tests.shelf import ROOT


@pytest.fixture
def desk(tmp_path: Path, capsys: Read) -> Desk:
    return Desk(tmp_path, capsys)


# -- the order


def test_two_articles_of_one_id_in_one_line_of_json(desk: Desk) -> None:
    one, other = desk.write(BRIEF, "eins.json"), desk.write(BRIEF, "zwei.json")
    assert desk.run(one, other) == 2
    assert "Die Kennung „probe“ hat auch eins.json" in desk.said
    assert desk.files == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--layout", ","], "Hinter --layout fehlt etwas."),
        (["--layout", "plakat"], "Es gibt kein Layout „plakat“."),
        (["--standards", "ua1,a4"], "Beides zugleich kann keine Datei sein."),
        (["--dry-run"], "--dry-run geht nur zusammen mit --deliver."),
        (["--send", "--why", "so"], "--why geht nur zusammen mit --deliver."),
        (["--deliver", ","], "Hinter --deliver fehlt etwas."),
        (["--deliver", "folder", "--send"], "--send geht nur mit dem Ziel mail"),
        (["--deliver", "folder", "--watch"], "--watch und --deliver gehen nicht zusammen."),
        (["--standards", "x1"], "Die Norm „x1“ gibt es nicht."),
        (["--house", ""], "Es gibt keinen Hausstil „“."),
        (["--layout", f"brochure,{ROOT / 'layouts' / 'brochure'}"], "Zwei Layouts heißen „brochure“"),
    ],
)
def test_orders_that_cannot_be_done(desk: Desk, words: list[str], said: str) -> None:
    assert desk.run(desk.write(BRIEF), *words) == 2
    assert said in desk.said
    assert desk.files == []


def test_an_edition_of_no_name(desk: Desk) -> None:
    assert main([str(desk.write(BRIEF)), "--edition", "", "--out", str(desk.out)]) == 2
    assert "Hinter --edition fehlt etwas." in desk.capsys.readouterr().err


def test_a_check_answers_with_its_errors(desk: Desk) -> None:
    assert main([str(desk.write(BRIEF | {"headline": "שלום"})), "--check"]) == 6
    assert "von rechts nach links" in desk.capsys.readouterr().out


# -- layouts and houses


def changed(desk: Desk, shelf: str, name: str, file: str, old: str, new: str) -> Path:
    """Copy a shipped layout or house and change one thing in it."""
    folder = desk.folder / "eigen"
    shutil.copytree(ROOT / shelf / name, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<document ", "{% if %}<document ", r"eigen/page\.xml\.j2:\d+: Die Vorlage ist nicht lesbar"),
        ("<document ", "{{ nix }}<document ", r"eigen/page\.xml\.j2:\d+: Die Vorlage verlangt „nix“"),
        ("<document ", "{{ article.titel }}<document ", r"eigen/page\.xml\.j2:\d+: Article hat kein Feld „titel“"),
        ("<document ", "{{ 1/0 }}<document ", r"eigen/page\.xml\.j2:\d+: Die Vorlage scheitert hier"),
        (
            "<document ",
            "{% include 'page.xml.j2' %}<document ",
            r"eigen/page\.xml\.j2:\d+: Die Vorlage ruft sich ohne Ende",
        ),
        ("<document ", "{% include '../x' %}<document ", r"eigen/page\.xml\.j2:\d+: Die Vorlage „\.\./x“ liegt nicht"),
        ("<document ", "{{ ''.__class__ }}<document ", r"eigen/page\.xml\.j2:\d+: Eine Vorlage liest nur Felder"),
        ("</document>", "<page/></document>", r"eigen/page\.xml\.j2:\d+: <page> braucht das Attribut „master“"),
        ("</document>", '<page master="nix"/></document>', r"eigen/page\.xml\.j2:\d+: Es gibt keine Musterseite „nix“"),
        ("</document>", "</dokument>", "Die Auszeichnung ist nicht wohlgeformt"),
    ],
)
def test_faults_of_a_template(desk: Desk, old: str, new: str, said: str) -> None:
    folder = changed(desk, "layouts", "brochure", "page.xml.j2", old, new)
    assert desk.run(desk.write(BRIEF), "--layout", folder) == 4
    assert re.search(said, desk.said), desk.said
    assert desk.files == []


def test_a_template_that_writes_nothing_and_one_without_pages(desk: Desk) -> None:
    folder = changed(desk, "layouts", "brochure", "page.xml.j2", "<document ", "<document ")
    for text, said in (
        ("", "Die Vorlage schreibt nichts."),
        ("<document lang='de' title='x'/>", "schreibt keine Seite"),
    ):
        (folder / "page.xml.j2").write_text(text, encoding="utf-8")
        assert desk.run(desk.write(BRIEF), "--layout", folder) == 4
        assert said in desk.said
    assert desk.files == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("styles:", "stile:", r"layout\.yaml:\d+ stile: Das Feld „stile“ gibt es hier nicht"),
        ("voice: label", "voce: label", r"layout\.yaml:\d+ styles\.label\.voce: Das Feld „voce“"),
        ("voice: body", "voice: nix", r"layout\.yaml:\d+ styles\.body: Der Hausstil „a“ kennt keine Rolle „nix“"),
        ("swatch: deep", "swatch: nix", r"layout\.yaml:\d+ styles\.\S+: Der Hausstil „a“ hat keine Farbe „nix“"),
        ("ground: sky", "ground: nix", r"layout\.yaml:\d+ masters\.\S+: Der Hausstil „a“ hat keine Farbe „nix“"),
        ("size: 10.5pt", "size: 10.5", r"layout\.yaml:\d+ styles\.label\.size: „10\.5“ ist keine Länge"),
        ("size: 10.5pt", "size: -1pt", r"layout\.yaml:\d+ styles\.label\.size: „-1pt“ muss größer als 0 sein"),
        ("width: 210mm, ", "", "Das Feld „page.width“ fehlt."),
        ("columns: 12", "columns: nan", r"grid\.columns: „nan“ ist keine Zahl"),
        ("then: more", "then: nix", "Auf dieser Musterseite gibt es keinen Bereich „nix“"),
        ("then: more", "then: body", "Der Bereich „body“ wartet auf sich selbst"),
        ("grow: up", "balance: yes", "Ein Bereich mit „balance“ braucht „then“"),
        ("bottom: line 18", "bottom: zeile 18", "„zeile 18“ ist keine Kante"),
        ("left: 105mm, top: edge, right: edge", "left: 300mm, top: edge, right: 1mm", "hat keine Breite"),
        ("masters:", "masters: [", r"layout\.yaml:\d+: Diese Zeile ist nicht zu lesen"),
    ],
)
def test_faults_of_a_layouts_file(desk: Desk, old: str, new: str, said: str) -> None:
    folder = changed(desk, "layouts", "brochure", "layout.yaml", old, new)
    assert desk.run(desk.write(BRIEF), "--layout", folder) == 4
    assert re.search(said, desk.said), desk.said
    assert desk.files == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("colours:", "farben:", r"house\.yaml:\d+ farben: Das Feld „farben“ gibt es hier nicht"),
        ('"#', '"rot#', "ist keine Farbangabe wie #00365E"),
        (".ttf", "-nix.ttf", r"Die Schriftdatei „\S+-nix\.ttf“ liegt weder"),
        ("  body:", "  leib:", r"layout\.yaml:\d+ styles\.body: Der Hausstil „eigen“ kennt keine Rolle „body“"),
        ("fallback:", "fallback: [nix]\nersatz:", "Die Ersatzschrift „nix“ ist keine der angegebenen Schriften"),
    ],
)
def test_faults_of_a_house(desk: Desk, old: str, new: str, said: str) -> None:
    folder = changed(desk, "assets/houses", "a", "house.yaml", old, new)
    assert desk.run(desk.write(BRIEF), "--house", folder) == 4
    assert re.search(said, desk.said), desk.said
    assert desk.files == []


# -- the process: what only a process of its own can show


PROGRAM = [sys.executable, str(ROOT / "make_pdf.py")]
posix = pytest.mark.skipif(os.name != "posix", reason="streams and signals as on POSIX")


def shell(order: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "artikel.json").write_text(json.dumps(BRIEF), encoding="utf-8")
    command = order.replace("MAKE", f"'{PROGRAM[0]}' '{PROGRAM[1]}' artikel.json --edition mail")
    return subprocess.run(
        ["/bin/bash", "-c", command], cwd=folder, capture_output=True, check=False, timeout=60, encoding="utf-8"
    )


@posix
@pytest.mark.parametrize(
    ("order", "code", "said"),
    [
        ("MAKE | true; exit ${PIPESTATUS[0]}", 0, ""),
        ("MAKE --help | true; exit ${PIPESTATUS[0]}", 0, ""),
        ("MAKE >&-", 0, ""),
        ("MAKE 2>&- >/dev/null", 0, ""),
        ("MAKE --layout nix 2>&-", 2, ""),
        ("MAKE >/dev/full", 7, "Die Übersicht lässt sich nicht ausgeben"),
        ("MAKE --layout nix 2>/dev/full", 2, ""),
        ("PYTHONIOENCODING=cp1252 PYTHONUTF8=0 MAKE --layout näx", 2, "Es gibt kein Layout „näx“"),
        ("ulimit -f 4; MAKE", 7, "Die Datei ist größer, als dieses Laufwerk oder Ihr Konto erlaubt."),
    ],
)
def test_streams_that_end_and_drives_that_are_full(order: str, code: int, said: str, tmp_path: Path) -> None:
    answer = shell(order, tmp_path)
    assert answer.returncode == code, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr and "ignored" not in answer.stderr and "versagt" not in answer.stderr
    made = [path.name for path in tmp_path.rglob("*.pdf")]
    assert made == ([] if "ulimit" in order or "nix" in order or "näx" in order or "help" in order else made[:1])
    for path in tmp_path.rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []


@posix
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interruption_is_a_line_and_leaves_whole_files(workers: int, tmp_path: Path) -> None:
    text = [f"Nummer {n}. {SENTENCE}" for n in range(1_500)]
    names = []
    for number in range(6):
        names.append(f"{number}.json")
        facts = section(*text) | {"id": f"nummer-{number}"}
        (tmp_path / names[-1]).write_text(json.dumps(facts), encoding="utf-8")
    order = [*PROGRAM, *names, "--edition", "mail", "--workers", str(workers)]
    running = subprocess.Popen(
        order, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, encoding="utf-8"
    )
    begun = time.monotonic()
    while not list(tmp_path.rglob("*.pdf")) and time.monotonic() - begun < 30:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130, said
    assert said == "Abgebrochen. Bereits fertige Dateien sind vollständig.\n"
    for path in (tmp_path / "out").iterdir():
        assert not path.name.startswith("."), "a half file was left behind"
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []
