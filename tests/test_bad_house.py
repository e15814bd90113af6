"""What an office gets to read when its copied house style is not whole, or a picture does not suit the edition."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from report.errors import LayoutFault, OrderFault, Stop
from report.locales import catalogue
from report.paths import shipped
from report.production import Job, produce
from tests.test_print import house_with
from tests.variants import SAMPLE, write

TITLE = "title: Haus A"


def order(house: str, out: Path, **more: Any) -> Any:
    return produce(Job(**{"article": SAMPLE, "editions": ("mail", "print"), "house": house, "out": out, **more}))


def said(stop: Stop) -> str:
    return "\n".join(catalogue("de").say(fault) for fault in stop.faults)


def test_a_folder_without_its_file_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(OrderFault) as stop:
        order(str(tmp_path), tmp_path / "out")
    assert f"Im Ordner „{tmp_path}“ fehlt die Datei house.yaml" in said(stop.value)


def test_half_a_file_is_two_lines_not_two_hundred(tmp_path: Path) -> None:
    house = Path(house_with(tmp_path / "own"))
    words = (house / "house.yaml").read_text(encoding="utf-8")
    (house / "house.yaml").write_text(words[: words.index("faces:")], encoding="utf-8")
    with pytest.raises(LayoutFault) as stop:
        order(str(house), tmp_path / "out")
    assert said(stop.value).splitlines() == [
        f"house.yaml:2: Im Hausstil fehlt der Abschnitt „{key}“: Die Datei ist nicht vollständig. "
        "Kopieren Sie house.yaml noch einmal, vollständig."
        for key in ("faces", "voices")
    ]


def test_a_missing_colour_is_told_once_with_every_place(tmp_path: Path) -> None:
    house = Path(house_with(tmp_path / "own"))
    lines = (house / "house.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if not line.startswith(("  sky:", "  sun:")))
    (house / "house.yaml").write_text("".join(kept), encoding="utf-8")
    with pytest.raises(LayoutFault) as stop:
        order(str(house), tmp_path / "out")
    told = said(stop.value).splitlines()
    assert [re.findall(r"keine Farbe „(\w+)“", line) for line in told] == [["sun"], ["sky"]]
    for line in told:
        assert re.match(r"brochure/layout\.yaml:\d+ (styles|masters)\.\S+: Der Hausstil ", line)
        also = line.partition("Gebraucht wird sie auch hier (in Klammern die Zeile): ")[2]
        assert re.fullmatch(r"(?:(?:styles|masters)\.[\w-]+ \(\d+\)(?:, |\.))+", also)
    assert "masters.back " in told[0]
    assert "masters.cover-three " in told[1]


def test_a_logo_that_was_not_copied_is_named_with_its_line(tmp_path: Path) -> None:
    house = house_with(tmp_path / "own", (TITLE, f"{TITLE}\nlogo: wappen.svg"))
    with pytest.raises(LayoutFault) as stop:
        order(house, tmp_path / "out")
    assert said(stop.value).startswith("house.yaml:3 logo: Das Logo „wappen.svg“ liegt nicht im Ordner des Hausstils.")


@pytest.mark.parametrize(("edition", "least"), [("mail", 150), ("print", 220)])
def test_a_small_logo_is_told_with_its_size_and_set_as_it_is(edition: str, least: int, tmp_path: Path) -> None:
    house = house_with(tmp_path / "own", (TITLE, f"{TITLE}\nlogo: logo.png"))
    Image.new("RGB", (60, 20), (200, 0, 0)).save(Path(house) / "logo.png", dpi=(72, 72))
    (product,) = order(house, tmp_path / "out", editions=(edition,)).products
    (found,) = [one for one in product.findings if one.rule == "picture.soft"]
    assert product.written and found.severity == "warning"
    assert found.values == {"file": "logo.png", "dpi": 54, "least": least}  # 60 pixels on 28 mm
    assert "Zeichnung (SVG)" in catalogue("de").say(found)
    Image.new("RGB", (600, 200), (200, 0, 0)).save(Path(house) / "logo.png", dpi=(72, 72))
    (product,) = order(house, tmp_path / "out", editions=(edition,)).products
    assert not [one for one in product.findings if one.rule == "picture.soft"]


@pytest.mark.parametrize("profile", ["none.icc", "sRGB.icc"])
def test_a_wrong_profile_stops_print_and_nothing_else(profile: str, tmp_path: Path) -> None:
    house = house_with(tmp_path / "own", ("profile: FOGRA39L.icc, min-dpi", f"profile: {profile}, min-dpi"))
    made = {product.edition: product for product in order(house, tmp_path / "out").products}
    assert made["mail"].written and not made["print"].written
    (fault,) = [one for one in made["print"].findings if one.severity == "error"]
    assert profile in str(fault) and "FOGRA39L" in str(fault.remedy)


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
@pytest.mark.parametrize("profiled", [True, False])
def test_a_picture_in_inks_is_told_where_it_is_read_on_a_screen(suffix: str, profiled: bool, tmp_path: Path) -> None:
    article = write("photographs", tmp_path)
    facts = json.loads(article.read_text(encoding="utf-8"))
    facts["pictures"]["druck"]["file"] = f"agentur{suffix}"
    article.write_text(json.dumps(facts), encoding="utf-8")
    icc = shipped("assets", "profiles", "FOGRA39L.icc").read_bytes() if profiled else None
    Image.new("CMYK", (1800, 2400), (10, 90, 80, 5)).save(tmp_path / f"agentur{suffix}", icc_profile=icc)
    made = {one.edition: one for one in produce(Job(article, editions=("mail", "print"), out=tmp_path)).products}
    (note,) = [one for one in made["mail"].findings if one.rule == "picture.inks"]
    assert note.severity == "note" and made["mail"].written
    assert ("FOGRA39" in str(note)) != profiled
    assert not [one for one in made["print"].findings if one.rule == "picture.inks"]


def test_a_colour_that_is_too_pale_stops_the_file_with_style_ground_and_ratio(tmp_path: Path) -> None:
    house = house_with(tmp_path / "own", ('srgb: "#00365E"', 'srgb: "#8AB0C8"'))
    (product,) = order(house, tmp_path / "out", editions=("mail",)).products
    found = [one for one in product.findings if one.rule == "colour.contrast"]
    assert not product.written and {one.severity for one in found} == {"error"}
    assert catalogue("de").say(found[0]) == (
        "brochure/layout.yaml styles.label: Der Stil „label“ hat auf „sky“ nur den Kontrast 1,65: "
        "zu wenig, um gut lesbar zu sein (WCAG 2.1, 1.4.3). "
        "Nehmen Sie eine dunklere oder hellere Farbe: im Hausstil hinter srgb:, oder in der Gestaltung eine andere."
    )


def test_a_character_that_no_typeface_has_is_named_with_its_place(tmp_path: Path) -> None:
    sections = [{"heading": "Eins", "text": ["Frau 漢, Herr Işık und Łódź."]}]
    facts = {"id": "name", "headline": "Gruß", "sections": sections}
    (tmp_path / "name.json").write_text(json.dumps(facts), encoding="utf-8")
    (product,) = order("a", tmp_path / "out", article=tmp_path / "name.json", editions=("mail",)).products
    (found,) = [one for one in product.findings if one.rule == "text.missing-glyph"]
    assert not product.written and found.place.path == "sections[0].text[0]"
    assert "漢 (U+6F22)" in str(found) and "ş" not in str(found)
