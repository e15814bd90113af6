"""A house chooses how words are written: its file is read, its faults are told by line, the language follows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from report import Job, house, produce
from report.errors import LayoutFault
from report.localise import language
from report.paths import shipped


def own(folder: Path, style: str) -> Path:
    """House A with a style of its own."""
    shutil.copytree(shipped("assets", "houses", "a"), folder)
    path = folder / "house.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nstyle: {style}\n", encoding="utf-8")
    return folder


def test_a_house_without_a_style_writes_as_the_language_does() -> None:
    assert house.load("a").style is None


def test_the_language_follows_the_house(tmp_path: Path) -> None:
    style = house.load(str(own(tmp_path / "own", "{quotes: guillemets, clock: press}"))).style
    assert style == {"quotes": "guillemets", "clock": "press"}
    assert language("de", style).quote("Stimmen") == "»Stimmen«"


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("{quotes: high}", "style.quotes: “high” is none of: low, guillemets."),
        ("{clock: [din]}", "style.clock: A text is expected here."),
        ("{dates: din}", "style.dates: “din” is none of: words, figures."),
        ("{fonts: din}", "style.fonts: Unknown key “fonts”. Known here: quotes, clock, dates, numbers."),
        ("din", "style: Keys and values are expected here."),
    ],
)
def test_what_a_house_cannot_choose_is_told_with_its_line(tmp_path: Path, style: str, told: str) -> None:
    folder = own(tmp_path / "own", style)
    line = len((folder / "house.yaml").read_text(encoding="utf-8").splitlines())
    with pytest.raises(LayoutFault) as caught:
        house.load(str(folder))
    assert str(caught.value.faults[0]) == f"house.yaml:{line} {told}"


@pytest.mark.parametrize(("clock", "told"), [("din", "11:30 Uhr"), ("press", "11.30 Uhr")])
def test_the_spine_hands_the_style_on(tmp_path: Path, clock: str, told: str) -> None:
    article = tmp_path / "article.yaml"
    article.write_text("id: kurz\nheadline: Kurz\nembargo: 2025-05-14 11:30\n", encoding="utf-8")
    folder = own(tmp_path / "own", f"{{clock: {clock}}}")
    product = produce(Job(article, editions=("mail",), out=tmp_path / "out", house=str(folder))).products[0]
    assert product.embargo_words == f"14. Mai 2025, {told}"
