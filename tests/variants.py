"""Hard articles, made from the sample: too little, too much, too long, and everything at once.

Each stands for a row of the layout's rules of adaptation. They are written as JSON beside copies of their pictures,
the same bytes each time.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw

SAMPLE = Path(__file__).parents[1] / "assets" / "samples" / "familienkommune-gladbeck" / "article.yaml"
Facts = dict[str, Any]

SENTENCES = (
    "Die Anlaufstelle bietet jungen Familien eine erste Orientierung bei ihren Fragen rund um das Leben mit Kindern.",
    "Ziel ist es, zuzuhören, zu beraten, Informationen zu übergeben und an Ansprechpartner weiter zu lotsen.",
    "Bürger*innen, Akteur:innen und Nachbar_innen zahlen zwischen 5 % und 1.234,50 Euro, z. B. für Nachmittage.",
    "Im Verein „Gemeinsam älter werden e. V.“ treffen sich seit dem 1. März 2019 rund 120 Ehrenamtliche.",
)
SPEECH = "Wir wollen uns nicht auf den Lorbeeren ausruhen, sondern weiter daran arbeiten."


@cache
def _sample() -> str:
    return json.dumps(yaml.load(SAMPLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))


def sample(**changes: Any) -> Facts:
    """Return the sample's facts as written, with some fields exchanged (None: left out)."""
    facts: Facts = json.loads(_sample())
    facts["editorial"] = ["headline"]
    for name, value in changes.items():
        if value is None:
            facts.pop(name, None)
        else:
            facts[name] = value
    return facts


def prose(paragraphs: int, sentences: int = 4) -> list[str]:
    """Return so many paragraphs, no two alike at their beginning."""
    rows = [SENTENCES[number % 4 :] + SENTENCES[: number % 4] for number in range(paragraphs)]
    return [" ".join((f"Absatz {number}.", *(row * sentences)[:sentences])) for number, row in enumerate(rows, 1)]


def stop(number: int, **changes: Any) -> Facts:
    """Return one more station."""
    facts = {"heading": f"Haus der Begegnung {number}", "text": prose(1, 3)} | changes
    return {name: value for name, value in facts.items() if value is not None}


def photo(index: int, **changes: Any) -> Facts:
    """Return the entry of a photograph that `write` draws."""
    facts = {
        "file": f"foto-{index}.jpg", "alt": f"Menschen vor dem {index}. Haus der Stadt, sie winken.",
        "caption": f"Vor dem {index}. Haus.", "credit": "Foto: Maria Muster", "focus": "50% 40%",
    }  # fmt: skip
    return facts | changes


def no_picture() -> Facts:
    facts = sample(pictures=None, cover=None)
    for holder in (*facts["stops"], facts["award"]):
        holder.pop("picture", None)
    return facts


def one_picture() -> Facts:
    facts = no_picture()
    return facts | {"pictures": {"cover": sample()["pictures"]["cover"]}, "cover": "cover"}


def ten_pictures() -> Facts:
    names = [f"foto-{index}" for index in range(1, 11)]
    facts = sample(pictures={name: photo(index) for index, name in enumerate(names, 1)}, cover="foto-1")
    facts["award"].pop("picture")
    facts["stops"] = [stop(index, picture=names[index]) for index in range(1, 5)]
    return facts


def one_stop() -> Facts:
    facts = sample()
    return facts | {"stops": facts["stops"][:1]}


def no_stop() -> Facts:
    return sample(stops=[], sections=[{"heading": "Was geschah", "text": prose(4)}])


def twelve_stops() -> Facts:
    return sample(stops=[stop(number) for number in range(1, 13)])


def no_quotation() -> Facts:
    return sample(stops=[stop(1, text=prose(2)), stop(2, text=prose(2))], speakers=None)


def eight_quotations() -> Facts:
    said = [
        f"Dazu sagte er: [„Zum {number}. Mal: {SPEECH}“]{{quote=wort{number} by=kalveram}}" for number in range(1, 9)
    ]
    pairs = zip(said[::2], said[1::2], strict=True)
    return sample(stops=[stop(number, text=[*prose(1), *pair]) for number, pair in enumerate(pairs, 1)])


def long_headline() -> Facts:
    return sample(headline="Gladbeck ist eine von sechs Familienkommunen im Land")


def compound_headline() -> Facts:
    return sample(headline="Familien|freundlichkeits|auszeichnung")


def too_long() -> Facts:
    facts = sample()
    facts["stops"][0]["text"] = prose(24, 6)
    return facts


def long_stop_heading() -> Facts:
    facts = sample()
    facts["stops"][1]["heading"] = "Anlaufstelle für junge Familien und Alleinerziehende"
    return facts


def too_short() -> Facts:
    return sample(stops=[stop(1, text=["Kurz."])], award=None, timeline=None, key_figures=None, standfirst=None)


def barest() -> Facts:
    return {"id": "kahl", "headline": "Nur dies"}


def draft() -> Facts:
    return sample(status={"state": "draft"}, embargo="2024-12-10 12:30", examples=None)


def photographs() -> Facts:
    """Formats and traps: turned by EXIF, grey, with alpha, CMYK, TIFF, WebP."""
    pictures = {
        "gedreht": photo(1, frame="10% 10% 90% 90%"), "grau": photo(2), "klar": photo(3, file="foto-3.png"),
        "druck": photo(4, file="foto-4-cmyk.jpg"), "tiff": photo(5, file="foto-5.tif"),
        "webp": photo(6, file="foto-6.webp"),
    }  # fmt: skip
    facts = sample(pictures=pictures, cover="gedreht")
    facts["award"].pop("picture")
    facts["stops"] = [stop(number, picture=name) for number, name in enumerate(list(pictures)[1:], 1)]
    return facts


def everything() -> Facts:
    facts = sample(
        place="Gladbeck", date="2024-12-10", author="Maria Muster", rights="© Stadt Gladbeck",
        contact={"office": "Presse", "name": "Maria Muster", "phone": "02043 99-0", "email": "presse@example.org"},
    )  # fmt: skip
    facts["imprint"] |= {
        "department": "Amt 13", "phone": "02043 99-1", "email": "stadt@example.org",
        "editor_responsible": "Maria Muster",
        "printer": "Druckerei Beispiel, Hauptstraße 1, 45964 Gladbeck", "date": "2024-12", "print_run": "1500",
        "design": "Hausdruckerei", "accessibility": "barrierefrei@example.org",
    }  # fmt: skip
    rows = [[f"Haus {number}", f"{number}.000 €", f"{10 * number}"] for number in range(1, 45)]
    facts["sections"] = [
        {
            "heading": "Zahlen und Wörter",
            "text": [
                "Mehr steht [auf der Seite der Stadt](https://www.gladbeck.de/familie), dort heißt es"
                " [family friendly]{lang=en}, [sehr]{strong} [gern]{em} gelesen.",
                {"list": ["Erstens: eine kurze Zeile", "Zweitens: " + SENTENCES[1], "Drittens: \\[sic]"]},
                {"table": {"caption": "Häuser und Beträge", "head": ["Haus", "Betrag", "Plätze"], "rows": rows}},
                "Griechisch Αθήνα, kyrillisch Москва, Pfeile → und ein Haken.",
            ],
        }
    ]
    return facts


def easy() -> Facts:
    """Carry a version in Leichte Sprache, all of it filler."""
    version = {
        "headline": "Ein Haus für alle Menschen",
        "text": ["Das hier ist Muster-Text.", "Jeder Satz steht in einer eigenen Zeile."],
        "sections": [
            {"heading": "Das ist ein Muster", "text": ["Im Haus gibt es:", {"list": ["einen Garten", "eine Küche"]}]},
            {"heading": "So finden Sie das Haus", "text": ["Der Eingang hat keine Stufen."], "picture": "cover"},
        ],
        "written_by": "Erika Beispiel", "tested_by": "die Prüf-Gruppe Muster", "credit": "Zeile zu einem Prüf-Siegel.",
    }  # fmt: skip
    return sample(easy=version)


def english() -> Facts:
    facts = sample(language="en", headline="A town for families", kicker="State prize 2024", standfirst=None)
    facts["stops"] = [stop(1, heading="The advice office", text=["The office has been open since 2022. It helps."])]
    return _without(facts, "award", "timeline", "speakers", "key_figures")


def invited() -> Facts:
    """The sample with words of nobody where an invitation needs facts."""
    whom = {"office": "Musterstelle", "phone": "01234 567-0", "email": "muster@example.org"}
    event = {
        "occasion": "Mustertext: ein Anlass in zwei Zeilen", "day": "2031-03-14", "time": "17:00 bis 19:00",
        "place": "Musterhaus, Saal 2", "street": "Beispielstraße 1", "answer": {"by": "2031-02-28", "to": whom},
    }  # fmt: skip
    return sample(event=event)


def _without(facts: Facts, *names: str) -> Facts:
    return {name: value for name, value in facts.items() if name not in names}


VARIANTS: dict[str, Callable[[], Facts]] = {
    make.__name__.replace("_", "-"): make
    for make in (
        no_picture, one_picture, ten_pictures, one_stop, no_stop, twelve_stops, no_quotation, eight_quotations,
        long_headline, compound_headline, long_stop_heading, too_long, too_short, barest, draft,
        photographs, everything, easy, english, invited,
    )
}  # fmt: skip


def write(name: str, folder: Path) -> Path:
    """Write the variant `name` with its pictures into `folder`; return the article's path."""
    facts = copy.deepcopy(VARIANTS[name]())
    facts["id"] = name
    folder.mkdir(parents=True, exist_ok=True)
    for picture in facts.get("pictures", {}).values():
        for one in (picture, *picture.get("variants", {}).values()):
            name = one if isinstance(one, str) else one["file"]
            if not (folder / name).exists():
                _picture(folder / name)
    path = folder / "article.json"
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _picture(path: Path) -> None:
    if (SAMPLE.parent / path.name).is_file():
        shutil.copy(SAMPLE.parent / path.name, path)
        return
    index = int(path.stem.split("-")[1])
    drawn = _scene(index)
    if index == 1:
        tags = Image.Exif()
        tags[0x0112] = 6  # stored lying on its side
        tags[0x0132] = "2024:12:10 10:00:00"
        tags.get_ifd(0x8825).update({1: "N", 2: (51.0, 34.0, 12.0)})  # where it was taken: must not get out
        drawn.transpose(Image.Transpose.ROTATE_90).save(path, quality=80, exif=tags)
    elif index == 2:
        drawn.convert("L").save(path, quality=80)
    elif path.suffix == ".png":
        drawn.putalpha(Image.linear_gradient("L").resize(drawn.size))
        drawn.save(path)
    elif "cmyk" in path.name:
        drawn.convert("CMYK").save(path, quality=80)
    else:
        drawn.save(path, **({"quality": 80} if path.suffix in (".jpg", ".webp") else {}))


def _scene(index: int) -> Image.Image:
    """Draw sky, street and three figures: 900 × 600, something at every edge to see what a crop takes."""
    drawn = Image.new("RGB", (900, 600), (150 + 8 * index, 190, 230 - 9 * index))
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 430, 899, 599), fill=(110, 100, 90))
    pen.rectangle((0, 0, 899, 599), outline=(200, 30, 40), width=6)
    for person in range(3):
        left = 300 + 110 * person
        pen.ellipse((left, 220, left + 70, 290), fill=(230, 190, 160))
        pen.rectangle((left - 10, 290, left + 80, 500), fill=(40 + 60 * person, 60, 150))
    return drawn
