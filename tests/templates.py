"""Templates for the tests: a small article, and what a layout of one template makes of it."""

from __future__ import annotations

import re
from pathlib import Path

from report import compose
from report.article import read
from report.article.model import Article
from report.content import Node
from report.house import House

YAML = """\
id: probe
language: de
headline: |-
  Das ist die
  Über|schrift
kicker: Dachzeile
author: Presse & Co <amt>
date: 2025-03-01
speakers:
  kalveram: {name: Ralph Kalveram, function: Sozialdezernent}
  bahr: {name: Lorenz Bahr, function: Staatssekretär}
stops:
  - heading: Das Beratungsbüro
    text:
      - Das Büro hat [10.000]{amount} Euro. [„Die stetige Arbeit“]{quote=work by=kalveram},
        erläutert [Ralph Kalveram]{name}. Danach geht es weiter.
      - list: ["[Stadt Hamm]{winner=Stadt}", "[Kreis Düren]{em}"]
      - table: {caption: Zahlen, head: [Jahr, Zahl], rows: [["2024", "34"]]}
  - heading: Zweite Station
    text:
      - "Er sagte: [„Gut so. Weiter so!“]{quote=good by=bahr}"
      - Man nennt es [„Nähe“]{quote=near by=bahr} zur Stadt, im [Open Data Office]{lang=en}
        und [im Netz](https://www.gladbeck.de/?a=1&b=2).
imprint: {publisher: Stadt, printer: Druckhaus}
pictures: {a: {file: a.png, alt: Ein Fest., credit: X, people: ja, consent: liegt vor}}
"""


def probe(folder: Path) -> Article:
    """Return the small article, read from a file in `folder`."""
    path = folder / "probe.yaml"
    path.write_text(YAML, encoding="utf-8")
    (folder / "a.png").write_bytes(b"")
    return read(path)


class Marking:
    """A language that shows where it was called: stands in for the neighbour room."""

    def text(self, words: str) -> str:
        return (
            words.replace("Kalveram", "Kal\u00adveram")
            .replace("weiter", "wei\u00adter")
            .replace("0 Euro", "0\u00a0Euro")
        )

    def sense(self, words: str) -> str:
        return f"⟨{words}⟩"

    def plain(self, words: str) -> str:
        return words.replace("\u00ad", "")

    def sentences(self, words: str) -> list[str]:
        return re.split(r"(?<=[.!?]) ", words)

    def word(self, message: str) -> str:
        return f"«{message}»"

    def date(self, value: object) -> str:
        return f"date({value})"


def written(template: str, folder: Path, article: Article, house: House, traced: bool = False, **facts: object) -> str:
    """What a layout of one template writes."""
    folder.mkdir(exist_ok=True)
    (folder / "page.xml.j2").write_text(template, encoding="utf-8")
    return compose.markup(article, Marking(), folder, house, facts, traced=traced)


def document(body: str) -> str:
    return f'<document lang="de" title="T">{body}</document>'


def page(body: str) -> str:
    return document(f'<page master="m">{body}</page>')


def block(markup: str) -> Node:
    """The first block of a page that holds `markup`."""
    return next(next(compose.content(page(markup), "m.xml").nodes()).nodes())
