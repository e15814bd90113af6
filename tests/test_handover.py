"""Hand-over by the spine: only what passed goes out, nothing twice, a change is a version, the journal is true."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from report import cli
from report.deliver.release import hindrances
from report.parcel import Facts
from report.records import replace
from tests.parcels import FACTS

SAMPLE = Path("assets/samples/familienkommune-gladbeck")
RELEASE = """status:
  state: released
  by: Presse- und Öffentlichkeitsarbeit
  date: 2024-12-10
"""
NOW = "2026-11-25T16:30:00+01:00"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "article")
    return tmp_path / "article" / "article.yaml"


def change(article: Path, old: str, new: str) -> None:
    text = article.read_text(encoding="utf-8")
    assert old in text
    article.write_text(text.replace(old, new), encoding="utf-8")


def ordered(article: Path, *flags: str) -> int:
    out = article.parents[1] / "out"
    return cli.main([str(article), "--out", str(out), "--deliver", "folder", *flags])


def events(article: Path) -> list[dict[str, object]]:
    journal = article.parents[1] / "out" / "familienkommune-gladbeck" / "hand-over.jsonl"
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()] if journal.exists() else []


def test_an_order_twice_does_nothing_twice(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ordered(article) == 0
    first = events(article)
    assert [event["event"] for event in first] == ["version", "done"]
    assert ordered(article) == 0
    assert events(article) == first
    assert "war schon übergeben" in capsys.readouterr().out


def test_a_changed_brochure_is_a_new_version_with_its_reason(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ordered(article) == 0
    folder = article.parents[1] / "out" / "familienkommune-gladbeck" / "folder"
    old = {path.name: path.read_bytes() for path in (folder / "familienkommune-gladbeck-v1").iterdir()}
    change(article, "kicker: Erste Station", "kicker: Die erste Station")
    assert ordered(article) == 6
    assert "--why" in capsys.readouterr().err
    assert ordered(article, "--why", "Dachzeile berichtigt") == 0
    assert {path.name: path.read_bytes() for path in (folder / "familienkommune-gladbeck-v1").iterdir()} == old
    assert (folder / "familienkommune-gladbeck-v2").is_dir()
    assert [event["reason"] for event in events(article) if event["event"] == "version"] == ["", "Dachzeile berichtigt"]


def test_a_dry_run_touches_nothing(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ordered(article, "--dry-run") == 0
    assert not (article.parents[1] / "out").exists()
    told = capsys.readouterr().out
    assert "würde übergeben" in told
    assert "Nur ein Probelauf" in told
    out = article.parents[1] / "out"
    assert str(out / "familienkommune-gladbeck-brochure-archive.pdf") in told
    assert f"→ {out / 'familienkommune-gladbeck' / 'folder'}" in told


def test_a_dry_run_tells_what_is_done_and_what_the_order_lacks(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ordered(article) == 0
    capsys.readouterr()
    before = events(article)
    assert ordered(article, "--dry-run", "--deliver", "folder,bagit") == 0
    told = capsys.readouterr().out
    assert "folder, Fassung 1: war schon übergeben" in told
    assert "bagit, Fassung 1: würde übergeben" in told
    assert ordered(article, "--dry-run", "--deliver", "cmis") == 8
    change(article, "kicker: Erste Station", "kicker: Die erste Station")
    assert ordered(article, "--dry-run") == 6
    assert "--why" in capsys.readouterr().err
    assert events(article) == before


def test_a_place_is_the_same_from_wherever_the_order_is_given(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "haus"
    shutil.copytree("assets/houses/a", house)
    (house / "ablage").mkdir()
    with (house / "house.yaml").open("a", encoding="utf-8") as stream:
        stream.write("\ndeliver: {folder: {path: ablage}}\n")
    assert ordered(article, "--house", str(house)) == 0
    before = events(article)
    monkeypatch.chdir(tmp_path)
    assert ordered(article, "--house", "./haus") == 0
    assert events(article) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (RELEASE, "status:\n  state: draft\n", "Entwurf"),
        ("examples: [", "embargo: 2199-12-10 12:30\nexamples: [", "nicht vor 10. Dezember 2199, 12:30 Uhr"),
    ],
)
def test_what_did_not_pass_stays(
    article: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    change(article, old, new)
    assert ordered(article) == 6
    assert said in capsys.readouterr().out
    assert events(article) == []


def test_a_rule_is_set_aside_only_where_the_house_allows_it(
    article: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    change(article, "examples: [", "embargo: 2199-12-10 12:30\nexamples: [")
    assert ordered(article, "--despite", "deliver.embargo", "--why", "mit Sperrfrist an die Presse") == 2
    assert "erlaubt nicht" in capsys.readouterr().err
    shutil.copytree("assets/houses/a", tmp_path / "house")
    house = tmp_path / "house" / "house.yaml"
    house.write_text(f"{house.read_text(encoding='utf-8')}\ndeliver:\n  despite: [deliver.embargo]\n", encoding="utf-8")
    assert ordered(article, "--house", str(tmp_path / "house"), "--despite", "deliver.embargo") == 2
    assert "--why" in capsys.readouterr().err
    why = ("--despite", "deliver.embargo", "--why", "mit Sperrfrist an die Presse")
    assert ordered(article, "--house", str(tmp_path / "house"), *why) == 0
    (told,) = (event for event in events(article) if event["event"] == "despite")
    assert (told["rule"], told["why"]) == ("deliver.embargo", "mit Sperrfrist an die Presse")


def test_an_unknown_target_is_named(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ordered(article, "--deliver", "foldr") == 2
    assert "„foldr“" in capsys.readouterr().err


def test_the_story_so_far(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ordered(article) == 0
    capsys.readouterr()
    assert cli.main(["status", "familienkommune-gladbeck", "--out", str(article.parents[1] / "out")]) == 0
    told = capsys.readouterr().out
    assert "Fassung 1" in told
    assert "folder: erledigt (Ordner familienkommune-gladbeck-v1, Dateien: " in told
    assert ordered(article, "--deliver", "mail,bagit,xdomea") == 0
    capsys.readouterr()
    assert cli.main(["status", "--out", str(article.parents[1] / "out")]) == 0
    told = capsys.readouterr().out
    for words in ("mail, Entwurf: erledigt", "bagit: erledigt", "xdomea, Nachricht 0101: erledigt"):
        assert words in told
    assert cli.main(["status", "gibt-es-nicht", "--out", str(article.parents[1] / "out")]) == 2
    assert "Bekannt: familienkommune-gladbeck" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("embargo", "now", "waits"),
    [
        ("2026-11-25T16:30", NOW, False),
        ("2026-11-25T16:31", NOW, True),
        ("2026-11-25", NOW, False),
        ("2026-11-26", NOW, True),
        ("", NOW, False),
    ],
)
def test_an_embargo_ends_at_its_minute(embargo: str, now: str, waits: bool) -> None:
    facts: Facts = replace(FACTS, embargo=embargo)
    assert [one.rule for one in hindrances(facts, now)] == (["deliver.embargo"] if waits else [])


@pytest.mark.parametrize("workers", ["1", "2"])
def test_many_at_once_and_one_of_them_a_draft(article: Path, capsys: pytest.CaptureFixture[str], workers: str) -> None:
    others = []
    for number in range(3):
        folder = article.parents[1] / f"other-{number}"
        shutil.copytree(article.parent, folder)
        change(folder / "article.yaml", "id: familienkommune-gladbeck", f"id: familie-{number}")
        others.append(folder / "article.yaml")
    change(others[1], RELEASE, "status:\n  state: draft\n")
    assert ordered(article, *map(str, others), "--workers", workers) == 6
    told = capsys.readouterr().out
    assert told.count("folder, Fassung 1: übergeben") == 3
    assert told.count("Nichts wurde übergeben") == 1
    assert not (article.parents[1] / "out" / "familie-1" / "folder").exists()


def test_pictures_go_out_clean_and_whole_only_where_the_house_says_so(article: Path, tmp_path: Path) -> None:
    photo = Path(__file__).parent / "articles" / "pictures" / "turned.jpg"
    shutil.copy(photo, article.parent / "Büro & Hof.jpg")
    change(article, "file: stop-1-advice-office.svg", 'file: "Büro & Hof.jpg"')
    assert ordered(article) == 0
    folder = tmp_path / "out" / "familienkommune-gladbeck" / "folder"
    kept = folder / "familienkommune-gladbeck-v1" / "familienkommune-gladbeck-bild-2-advice-office.jpg"
    assert kept.is_file()
    assert not list(folder.rglob("*original*"))
    shutil.copytree("assets/houses/a", tmp_path / "house")
    house = tmp_path / "house" / "house.yaml"
    text = house.read_text(encoding="utf-8")
    house.write_text(f"{text}\ndeliver:\n  originals: ja\n  folder: {{path: ../whole}}\n", encoding="utf-8")
    (tmp_path / "whole").mkdir()
    assert ordered(article, "--house", str(tmp_path / "house")) == 0
    (whole,) = (tmp_path / "whole").rglob("*bild-2-advice-office-original.jpg")
    assert whole.read_bytes() == photo.read_bytes()
    assert (whole.parent / kept.name).read_bytes() == kept.read_bytes()


def test_a_picture_that_cannot_go_out_is_told_with_its_line(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No page shows it, so that nothing has looked at it before."""
    (article.parent / "halb.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    change(article, "pictures:\n", "pictures:\n  rest:\n    file: halb.jpg\n    decorative: ja\n")
    assert ordered(article) == 5
    told = capsys.readouterr().err
    assert "halb.jpg" in told
    assert "article.yaml:1" in told
    assert events(article) == []
