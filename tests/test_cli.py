"""The command as a person meets it: its words, its exit codes, what it says to machines."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from report.cli import main
from report.paths import shipped

SMALL = """id: kurz
headline: Kurz und gut
embargo: 2025-05-14 11:00
sections:
  - heading: Was neu ist
    text:
      - Es ist ein Spielplatz.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "kurz.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--layout", "plakat"], 2, "Es gibt kein Layout „plakat“. Bekannt sind: "),
        (["--house", "nirgends"], 2, "Es gibt keinen Hausstil „nirgends“. Bekannt sind: a, b."),
        (["--edition", "druck"], 2, "Es gibt keine Ausgabe „druck“. Bekannt sind: mail, archive, print,"),
        (["--standards", "ua1,ua2"], 2, "gehören zur selben Familie"),
        (["--workers", "0"], 2, "--workers muss mindestens 1 sein."),
        (["--workers", "viele"], 2, "Hinter --workers steht eine ganze Zahl, nicht „viele“."),
        (["--format", "xml"], 2, "Hinter --format ist möglich: "),
        (["--layout"], 2, "Hinter --layout fehlt etwas."),
        (["--farbe"], 2, "Eine Angabe „--farbe“ gibt es nicht. Mit --help sehen Sie alle Möglichkeiten."),
        (["gibt-es-nicht.yaml"], 3, "gibt-es-nicht.yaml: Die Datei gibt es nicht."),
    ],
)
def test_a_wrong_order_is_told_in_plain_words(
    words: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--out", str(tmp_path / "out")] if words != ["--layout"] else words) == code
    answer = capsys.readouterr()
    assert said in answer.err
    assert answer.out == ""
    assert not (tmp_path / "out").exists()


def test_every_fault_of_an_article_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "falsch.yaml"
    path.write_text("id: Nicht So\nhedline: Zahl\ndate: 31.2.2025\n", encoding="utf-8")
    assert main([str(path)]) == 3
    told = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[0] for line in told[:-1]] == ["falsch.yaml:1"] * 2 + ["falsch.yaml:2", "falsch.yaml:3"]
    assert "Meinten Sie „headline“" in told[2]
    assert told[-1] == "4 Fehler in falsch.yaml: Es wurde keine Datei erzeugt."


def test_a_folder_that_cannot_be_made(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "besetzt").write_text("", encoding="utf-8")
    assert main([str(article), "--out", str(tmp_path / "besetzt")]) == 7
    assert capsys.readouterr().err.rstrip().endswith("Wählen Sie mit --out einen anderen Ordner.")
    assert (tmp_path / "besetzt").read_text(encoding="utf-8") == ""


def test_the_table_tells_draft_embargo_and_who_judges(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(article), "--out", str(tmp_path / "out")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["Ausgabe", "Datei"]
    assert "kurz-brochure-mail-entwurf.pdf" in lines[2] and "ua1, a2a" in lines[2]
    assert "Sperrfrist: kurz nicht vor 14. Mai 2025, 11:00 Uhr veröffentlichen." in lines
    assert lines[-1].startswith("Ob eine Datei die Normen erfüllt, entscheidet nicht dieses Programm")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "kurz-brochure-archive-entwurf.pdf",
        "kurz-brochure-mail-entwurf.pdf",
    ]


def test_an_embargo_is_told_in_the_articles_language(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = article.read_text(encoding="utf-8").replace("embargo: 2025-05-14 11:00", "embargo: 2030-01-01")
    article.write_text(f"{words}language: en\n", encoding="utf-8")
    assert main([str(article), "--edition", "mail", "--out", str(tmp_path / "out")]) == 0
    assert "Sperrfrist: kurz nicht vor January 1, 2030 veröffentlichen." in capsys.readouterr().out


@pytest.mark.parametrize("value", ["abc", "-1", "1.5", "²", "9" * 20])
def test_a_moment_that_is_none_is_refused(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert main([str(article), "--out", str(tmp_path / "out")]) == 2
    assert f"SOURCE_DATE_EPOCH ist „{value}“" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_faults_of_a_layout_are_told_once_and_name_its_file(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = tmp_path / "eigen"
    shutil.copytree(shipped("layouts", "brochure"), layout)
    cover = layout / "cover.xml.j2"
    words = cover.read_text(encoding="utf-8")
    assert words.count('in="standfirst"') == 1  # in a macro that several alternatives use
    cover.write_text(words.replace('in="standfirst"', 'in="standfirst" colour="red" size="9"'), encoding="utf-8")
    article.write_text(f"{SMALL}standfirst: Ein Satz.\n", encoding="utf-8")
    assert main([str(article), "--layout", str(layout), "--out", str(tmp_path / "out")]) == 4
    *told, last = capsys.readouterr().err.splitlines()
    assert len(told) == len(set(told)) == 2
    assert all(line.startswith("eigen/cover.xml.j2:") for line in told)
    assert last == "2 Fehler in eigen/cover.xml.j2: Es wurde keine Datei erzeugt."


def test_faults_of_several_files_name_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    named = [str(tmp_path / name) for name in ("a.yaml", "b.yaml")]
    assert main([*named, "--edition", "poster,band", "--out", str(tmp_path / "out")]) == 2
    assert "2 Fehler: Es wurde keine Datei erzeugt." in capsys.readouterr().err.splitlines()


def test_machines_read_the_same(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    other = tmp_path / "falsch.yaml"
    other.write_text("id: falsch\n", encoding="utf-8")
    assert main([str(article), str(other), "--edition", "mail", "--out", str(out), "--format", "json"]) == 3
    answer = json.loads(capsys.readouterr().out)
    (file,) = answer["files"]
    assert (file["edition"], file["written"], file["embargo"]) == ("mail", True, "2025-05-14 11:00")
    assert Path(file["file"]).stat().st_size == file["bytes"]
    assert [(fault["file"], fault["field"], fault["severity"]) for fault in answer["faults"]] == [
        ("falsch.yaml", "headline", "error")
    ]


def test_two_articles_of_one_id_are_refused(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "noch-einer.yaml"
    other.write_text(SMALL, encoding="utf-8")
    assert main([str(article), str(other), "--out", str(tmp_path / "out")]) == 2
    assert "Die Kennung „kurz“ hat auch kurz.yaml" in capsys.readouterr().err
    assert main([str(article), str(article), "--out", str(tmp_path / "out")]) == 2
    assert "Der Artikel ist zweimal angegeben." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_stars_are_understood_where_the_shell_leaves_them(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "zwei.yaml").write_text(SMALL.replace("kurz", "zwei"), encoding="utf-8")
    assert main([str(tmp_path / "*.yaml"), "--check"]) == 0
    assert capsys.readouterr().out == "kurz.yaml: ohne Befund\nzwei.yaml: ohne Befund\n"
    assert main([str(tmp_path / "*.json"), "--check"]) == 3


def test_a_check_makes_nothing(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(article), "--check", "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out == "kurz.yaml: ohne Befund\n"
    assert not (tmp_path / "out").exists()
    assert main(["--check", "--format", "json"]) == 0
    (checked,) = json.loads(capsys.readouterr().out)["articles"]
    assert {finding["severity"] for finding in checked["findings"]} == {"warning", "note"}


def test_the_help_is_german(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("Aufruf: ")
    for word in ("usage", "options", "default", "show"):
        assert word not in text


def test_a_fault_of_the_program_is_one_line(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr("report.cli._check", broken)
    assert main([str(article), "--check"]) == 70
    told = capsys.readouterr().err
    assert "Das Programm selbst hat versagt: ZeroDivisionError: by design." in told
    assert told.startswith("test_cli.py:") and "Traceback" not in told
