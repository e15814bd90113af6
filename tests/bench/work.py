"""The work that is measured: one brochure's words and pictures, in as many different documents as are wanted.

The words are the sample's. Document n has its paragraphs turned round by some words (each begins further on and
ends with what it began with) behind a number of its own, its own title and its own figures in the table: memories of
whole paragraphs help nobody, memories of words help all alike. Ours reads an article file, the others JSON of the
same content.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PHOTOS = Path(__file__).parent / "photos"
Words = list[list[str]]  # runs: kind ("" or the mark of the article that is set strong), words

_STOPS = (
    ("Erste Station", "Das Beratungsbüro", "photo-2", 0),
    ("Zweite Station", "Anlaufstelle für junge Familien", "photo-3", 1),
)
_FIRST = """Das Beratungsbüro ist ein Angebot der Stadt Gladbeck seit September 2022. Im Büro sind verschiedene \
Träger (u.a. {RE/init e. V.|partner}, {Rebeq GmbH|partner}, {Caritasverband Gladbeck|partner}) sowie die Stadt \
Gladbeck tätig. Neben der klassischen Beratung und Formularhilfe organisiert das Büro Mitmach-Aktionen für die \
Hausgemeinschaft und die Nachbarschaft. „Die stetige Arbeit des Beratungsbüros soll dazu führen, dass Bewohner mehr \
Vertrauen in staatliches Handeln fassen“, erläutert {Ralph Kalveram|name}."""
_SECOND = """Die zweite Station des Besuchs war das Gladbecker Familienbüro im Neuen Rathaus. Die Anlaufstelle bietet \
jungen Familien eine erste Orientierung bei ihren Fragen rund um das Leben mit Kindern. Ziel ist es, zuzuhören, zu \
beraten, Informationen zu übergeben und bei Bedarf an zuständige Ansprechpartner weiter zu lotsen. Anregungen und \
Bedarfe von Familien können so frühzeitig aufgenommen und bearbeitet werden."""
_THIRD = """Für {Ralph Kalveram|name} und die zuständigen Mitarbeiter ist die Auszeichnung Lob und Ansporn zugleich, \
wie der Sozialdezernent betonte: „Der Preis zeigt uns, dass wir mit unseren bisher getroffenen Maßnahmen gute \
Entscheidungen getroffen haben und dies auch auf Landesebene gewürdigt wird. Wir wollen uns allerdings nicht auf den \
Lorbeeren ausruhen, sondern werden weiter daran arbeiten, Gladbeck als familienfreundliche Kommune zu stärken.“"""
_FOURTH = """Auch Staatssekretär {Lorenz Bahr|name} würdigte Gladbecks Engagement für die Familienfreundlichkeit: \
„Bei der Familienfreundlichkeit ist Gladbeck ganz weit vorn – mit zahlreichen Angeboten dazu. So gibt es schon seit \
2007 alle fünf Jahre den sogenannten Gladbecker Familienbericht, der erfasst, was sich die Menschen vor Ort wünschen \
und was sie brauchen und so auch Politik und Verwaltung hilft, familienfreundliche Maßnahmen auf den Weg zu bringen. \
Außerdem zeichnet die Stadt Gladbeck regelmäßig familienfreundliche Arbeitgeber für ihren Einsatz für mehr \
Vereinbarkeit von Beruf und Familie aus. Für dieses Engagement und für das Zusammenleben prägende Initiativen ist \
Gladbeck als eine von sechs Kommunen mit dem nordrhein-westfälischen Landespreis ‚Familienkommune 2024‘ ausgezeichnet \
worden. Ich gratuliere dazu noch einmal ganz herzlich und freue mich, mir nun auch vor Ort ein Bild von der \
Familienkommune Gladbeck zu machen.“"""
_REASONS = """Die Stadt Gladbeck war im Dezember vom Ministerium als „Familienkommune 2024“ ausgezeichnet worden. In \
ihrer Begründung hob die Jury besonders die Gründung zahlreicher Initiativen wie etwa das Gladbecker Bündnis für \
Familie – Erziehung, Bildung, Zukunft, die Gladbecker Erklärung zum Zusammenleben in der Stadt und den Gladbecker \
Familienbericht hervor. Der Preis ist mit jeweils {10.000 Euro|amount} dotiert. Das Preisgeld wird wieder in die \
Familienarbeit der Stadt investiert."""
_RESULT = """Gladbeck hat den Preis in der Kategorie „Mittelstädte zwischen 50.000 und 100.000 Einwohnerinnen und \
Einwohnern“ gewonnen, neben Gladbeck sind noch weitere Kommunen ausgezeichnet worden: die Stadt Hamm, die Stadt Brühl \
sowie der Kreis Düren mit seinen 15 kreisangehörigen Städten und die Gemeinden Windeck und Dörentrup. Insgesamt 34 \
nordrhein-westfälische Kommunen hatten sich beim Landespreis „Familienkommune 2024 – Wir leben Vielfalt“ beteiligt."""
_TOWNS = (
    "Stadt Gladbeck",
    "Stadt Hamm",
    "Stadt Brühl",
    "Kreis Düren",
    "Gemeinde Windeck",
    "Gemeinde Dörentrup",
    "Alle",
)
_STANDFIRST = """Als eine von sechs Kommunen trägt Gladbeck den nordrhein-westfälischen Landespreis \
„Familienkommune 2024“."""
_IMPRINT = ("Herausgeberin", "Stadt Gladbeck", "Die Bürgermeisterin", "Willy-Brandt-Platz 2", "45964 Gladbeck")
_ALT = {
    "photo-1": "Ein Platz mit Menschen vor hellen Häusern.",
    "photo-2": "Zwei Menschen an einem Tisch, zwischen ihnen ein Blatt Papier.",
    "photo-3": "Eine Familie vor dem Rathaus.",
}


def turned(words: str, by: int, mark: str) -> Words:
    """Return the paragraph as runs, begun `by` words later, with `mark` before it."""
    tokens: list[list[str]] = []
    for index, part in enumerate(words.replace("}", "{").split("{")):
        if index % 2:
            text, _, kind = part.partition("|")
            tokens.append([kind, text])
        else:
            tokens += [["", word] for word in part.split()]
    by %= len(tokens)
    runs: Words = []
    for kind, text in [["", mark], *tokens[by:], *tokens[:by]]:
        glued = text[0] in ",.)" and bool(runs)  # what stood close after a mark
        if runs and runs[-1][0] == kind == "":
            runs[-1][1] += ("" if glued else " ") + text
        elif runs:
            before = runs[-1]
            if not glued and kind:
                before[1] += "" if before[1].endswith("(") else " "
            runs.append([kind, text if glued or kind else f" {text}"])
        else:
            runs.append([kind, text])
    return runs


def document(number: int, parts: int = 1) -> dict[str, Any]:
    """Return document `number`; its pages 2 to 4 stand `parts` times in it."""
    found: list[dict[str, Any]] = []
    for part in range(parts):
        by, mark = number * 3 + part * 5, f"{number}.{part}:"
        texts = ([_FIRST], [_SECOND, _THIRD])
        stops = [
            {
                "kicker": kicker,
                "heading": heading,
                "picture": picture,
                "text": [turned(text, by, mark) for text in texts[which]],
                "sections": [{"heading": "Familienfreundliche Maßnahmen", "text": [turned(_FOURTH, by, mark)]}]
                if which
                else [],
            }
            for kicker, heading, picture, which in _STOPS
        ]
        rows = [
            [town, f"{(number * 37 + row * 11 + part) % 900 + 100}", f"{(number + row) % 30 + 1}. Dezember 2024"]
            for row, town in enumerate(_TOWNS)
        ]
        award = {
            "heading": "Was die Jury hervorhob",
            "text": [turned(_REASONS, by, mark)],
            "second": "Familienkommune 2024",
            "more": [turned(_RESULT, by, mark)],
            "table": {"caption": "Die Ausgezeichneten", "head": ["Name", "Maßnahmen", "Bericht vom"], "rows": rows},
        }
        found.append({"stops": stops, "award": award})
    return {
        "id": f"bench-{number}-{parts}",
        "kicker": f"Landespreis Familienkommune 2024, Blatt {number}",
        "headline": f"Ausgezeichnet familienfreundlich {number}",
        "standfirst": _STANDFIRST,
        "department": "Presse- und Öffentlichkeitsarbeit",
        "pictures": {
            key: {"file": f"{key}.jpg", "alt": alt, "caption": f"Foto: Beispiel {number}"} for key, alt in _ALT.items()
        },
        "parts": found,
        "imprint": list(_IMPRINT),
    }


def prose(paragraphs: list[Words], indent: str) -> str:
    """Return paragraphs as an article file writes them."""
    lines = []
    for runs in paragraphs:
        text = "".join(f"[{words}]{{{kind}}}" if kind else words for kind, words in runs)
        lines.append(f"{indent}- >-\n{indent}  {text}\n")
    return "".join(lines)


def article(of: dict[str, Any]) -> str:
    """Return the document as an article file."""
    label, publisher, head, street, town = of["imprint"]
    out = [f"id: {of['id']}\nlanguage: de\nkicker: {of['kicker']}\nheadline: {of['headline']}\n"]
    out.append(f"standfirst: {of['standfirst']}\ndepartment: {of['department']}\ncover: photo-1\nstops:\n")
    for part in of["parts"]:
        for stop in part["stops"]:
            out.append(f"  - kicker: {stop['kicker']}\n    heading: {stop['heading']}\n")
            out.append(f"    picture: {stop['picture']}\n    text:\n")
            out.append(prose(stop["text"], "      "))
            if stop["sections"]:
                out.append("    sections:\n")
            for section in stop["sections"]:
                out.append(
                    f"      - heading: {section['heading']}\n        text:\n{prose(section['text'], '          ')}"
                )
    out.append("sections:\n")
    for part in of["parts"]:
        award = part["award"]
        table = award["table"]
        rows = "".join(f"            - ['{row[0]}', '{row[1]}', '{row[2]}']\n" for row in table["rows"])
        out.append(f"  - heading: {award['heading']}\n    text:\n{prose(award['text'], '      ')}")
        out.append(f"  - heading: {award['second']}\n    text:\n{prose(award['more'], '      ')}")
        out.append(f"      - table:\n          caption: {table['caption']}\n")
        out.append(f"          head: [{', '.join(table['head'])}]\n          rows:\n{rows}")
    out.append("pictures:\n")
    for key, picture in of["pictures"].items():
        out.append(f"  {key}:\n    file: {picture['file']}\n    alt: {picture['alt']}\n")
        out.append(f"    caption: '{picture['caption']}'\n    credit: Beispiel\n    kind: photo\n")
    out.append(
        f"imprint:\n  label: {label}\n  publisher: {publisher}\n  head: {head}\n  street: {street}\n  town: {town}\n"
    )
    out.append("status:\n  state: released\n  by: Presse- und Öffentlichkeitsarbeit\n  date: 2024-12-10\n")
    return "".join(out)


def write(folder: Path, numbers: range, parts: int = 1) -> list[tuple[Path, Path]]:
    """Write documents into `folder`, beside the photographs; return (article file, JSON file) of each."""
    folder.mkdir(parents=True, exist_ok=True)
    for photo in PHOTOS.glob("*.jpg"):
        (folder / photo.name).write_bytes(photo.read_bytes())
    found = []
    for number in numbers:
        one = document(number, parts)
        yaml, data = folder / f"{one['id']}.yaml", folder / f"{one['id']}.json"
        yaml.write_text(article(one), encoding="utf-8")
        data.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
        found.append((yaml, data))
    return found
