"""Compose with its real neighbours: the sample article, German, and the shipped layouts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from report import compose
from report.article import read
from report.article.model import Article
from report.content import Node
from report.errors import LayoutFault
from report.house import load
from report.localise import Language, language
from tests.shelf import FEW, FLOWING

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "assets" / "samples" / "familienkommune-gladbeck" / "article.yaml"
# those that the sample carries all of: an invitation needs facts that it has not
LAYOUTS = [
    path.parent
    for path in sorted((ROOT / "layouts").glob("*/page.xml.j2"))
    if SAMPLE.parent.name in FEW.get(path.parent.name, (SAMPLE.parent.name,))
]
NASTY = "{{ 7*7 }} <b>fett</b> ]]> &amp; {% raw %}"
# Their values have a form of their own; the reader refuses everything else there.
_TYPED = "id language date since from to prize participants value file email phone url state picture cover kind rank \
editorial examples hyphenation focus frame decorative people printed print_run embargo names variants records"
TYPED = frozenset(_TYPED.split())


@pytest.fixture(scope="module")
def article() -> Article:
    return read(SAMPLE)


def german(article: Article) -> Language:
    return language(article.language, None, [word.marked for word in article.hyphenation], article.names)


def tree_of(article: Article, layout: Path, edition: str = "") -> Node:
    """The content of one layout, with the template's lines where something is wrong."""

    def written(traced: bool = False) -> str:
        return compose.markup(article, german(article), layout, load("a"), traced=traced)

    try:
        return compose.content(written(), "2-markup.xml", edition)
    except LayoutFault as fault:
        raise compose.relocated(fault, "2-markup.xml", layout, lambda: written(traced=True)) from None


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.nodes():
        yield from walk(child)


AWARD_FIRST = ("leaflet-eight",)  # opened once it shows the award, before the stops


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.name)
def test_whatever_is_chosen_every_word_of_the_prose_stands_once(layout: Path, article: Article) -> None:
    tree = tree_of(article, layout, "html" if layout.name == FLOWING else "mail")
    if tree.get("excerpt") == "yes":  # on purpose it says none of it
        assert [path for path, _ in compose.words(tree, set()).article if ".text[" in path] == []
        return
    expected = " ".join(block.text for prose in article.prose() for block in prose).split()
    choices = {node.get("name"): node for node in walk(tree) if node.kind == "choice"}
    options = {name: [option.get("name") for option in node.nodes()] for name, node in choices.items()}
    for turn in range(max(map(len, options.values()), default=1)):
        taken = [(name, named[min(turn, len(named) - 1)]) for name, named in options.items()]
        said = " ".join(words for path, words in compose.words(tree, taken).article if ".text[" in path)
        found = german(article).plain(said).split()
        if layout.name in AWARD_FIRST:
            assert sorted(found) == sorted(expected), taken
        else:
            assert found == expected, taken


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.name)
def test_every_path_is_a_field_of_the_article(layout: Path, article: Article) -> None:
    paths = {node.get("of"): node.line for node in walk(tree_of(article, layout)) if node.get("of")}
    assert [path for path in paths if path not in article.lines] == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.name)
def test_no_article_can_write_markup_or_run_a_template(layout: Path, tmp_path: Path, article: Article) -> None:
    fields = nasty(yaml.load(SAMPLE.read_text(encoding="utf-8"), yaml.BaseLoader), "")
    path = tmp_path / "article.json"
    path.write_text(json.dumps(fields), encoding="utf-8")
    for picture in article.pictures.values():
        for file in (picture.file, *(variant.file for variant in picture.variants.values())):
            (tmp_path / file).write_bytes((SAMPLE.parent / file).read_bytes())
    tree = tree_of(read(path), layout)
    words = language("de").plain(tree.text())
    assert "49" not in words
    assert words.count(NASTY) > (4 if tree.get("excerpt") == "yes" else 20)


def nasty(value: Any, key: str) -> Any:
    """The same article with nasty words in every field that takes words."""
    if isinstance(value, dict):
        return {name: nasty(inner, key if key in TYPED else name) for name, inner in value.items()}
    if isinstance(value, list):
        return [nasty(inner, key) for inner in value]
    if key in TYPED:
        return value
    return f"{value} {NASTY.replace(']', chr(92) + ']')}" if key == "text" else NASTY
