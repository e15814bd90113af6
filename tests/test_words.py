"""Nothing lost, nothing doubled: what the tags say is what the content says, and that is the article's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from report.article import read
from report.article.prose import paragraphs
from report.compose import Words, content, words
from tests import readback
from tests.shelf import Shelf, Wanted, everything
from tests.variants import SAMPLE

KEPT = [wanted for wanted in everything() if wanted.edition == "archive" and wanted.standards is None]
each = pytest.mark.parametrize("wanted", KEPT, ids=str)


def stages(wanted: Wanted, shelf: Shelf) -> Path:
    """Return the folder in which the stages between the rooms were kept."""
    return shelf.path(wanted).parent / wanted.article / wanted.layout


def composed(wanted: Wanted, shelf: Shelf) -> Words:
    """Read the words of the content tree from the kept markup, with the alternatives that the typesetter took."""
    folder = stages(wanted, shelf)
    taken = (folder / "4-lines.txt").read_text(encoding="utf-8").rpartition("\n\n")[2].splitlines()
    pairs = {(choice, option) for choice, _, option in (line.partition(": ") for line in taken)}
    markup = (folder / "2-markup.xml").read_text(encoding="utf-8")
    return words(content(markup, "2-markup.xml", wanted.edition), pairs)


def tokens(text: str) -> list[str]:
    return readback.plain(text).split()


def heard(wanted: Wanted, shelf: Shelf) -> list[str]:
    return tokens(" ".join(said for _, said in readback.words(shelf.path(wanted))))


@each
def test_the_tags_say_what_the_content_says(wanted: Wanted, shelf: Shelf) -> None:
    found = composed(wanted, shelf)
    said = [*(text for _, text in found.article), *(text for _, text in found.derived), *found.fixed]
    content_, tags = Counter(tokens(" ".join(said))), Counter(heard(wanted, shelf))
    assert content_ - tags == Counter()
    signs = {"–"}  # of a list's items; beside them only numbers: of pages, of items, known when set
    assert [token for token in tags - content_ if token not in signs and not token.rstrip(".").isdecimal()] == []


@each
def test_the_articles_words_come_in_the_contents_order(wanted: Wanted, shelf: Shelf) -> None:
    following = iter(heard(wanted, shelf))
    for path, text in composed(wanted, shelf).article:
        for token in tokens(text):
            assert token in following, f"{path}: “{token}” is not heard in its place"


def prose(wanted: Wanted, shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Walk the paragraphs of the article as it was written: path and words."""
    sample = wanted.article == SAMPLE.parent.name
    path = SAMPLE if sample else shelf.path(wanted).parent / "article" / "article.json"
    for text in read(path).prose():
        yield from ((paragraph.path, paragraph.text) for paragraph in paragraphs(text))


@each
def test_no_word_of_the_prose_is_lost_or_doubled(wanted: Wanted, shelf: Shelf) -> None:
    found = composed(wanted, shelf)
    written = list(prose(wanted, shelf))
    markup = (stages(wanted, shelf) / "2-markup.xml").read_text(encoding="utf-8")
    if 'excerpt="yes"' in markup:  # on purpose it says none of it
        assert {path for path, _ in written}.isdisjoint(path for path, _ in found.article)
        return
    for path, text in written:
        shown = " ".join(said for of, said in found.article if of == path)
        assert tokens(shown) == tokens(text), path


@each
def test_artifacts_say_nothing_of_the_prose(wanted: Wanted, shelf: Shelf) -> None:
    """Folios, running heads and station numbers are seen only; what else is seen, such as repeated heads, is heard."""
    silent = tokens(" ".join(words for page in readback.artifacts(shelf.path(wanted)) for words in page))
    meant = {*tokens(" ".join(composed(wanted, shelf).artifacts)), *heard(wanted, shelf)}
    assert {token for token in silent if token not in meant and not token.isdecimal()} == set()
