"""Compose: markup becomes the tree, or one list of faults with lines; the vocabulary is written down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report import compose
from report.article.model import Article
from report.compose import vocabulary
from report.content import Node, dump
from report.errors import LayoutFault
from report.house import House, load
from tests.goldens import assert_golden
from tests.templates import block, document, page, probe, written


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Article:
    return probe(tmp_path_factory.mktemp("article"))


@pytest.fixture(scope="module")
def house() -> House:
    return load("a")


def faults(markup: str) -> list[str]:
    with pytest.raises(LayoutFault) as caught:
        compose.content(markup, "m.xml")
    return [str(fault) + (f" [{fault.filled(fault.remedy)}]" if fault.remedy else "") for fault in caught.value.faults]


# -- the tree


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>  one \n two\t</p>", "“one two”"),
        ("<p>one <em> two </em> three</p>", "“one ” em[“two ”] “three”"),
        ("<p> <em> one</em> </p>", "em[“one”]"),
        ("<p>one<em> </em>two</p>", "“one” em[“ ”] “two”"),
        ("<p>one <em/> two</p>", "“one two”"),
        ("<p>one <!-- note --> two</p>", "“one two”"),
        ("<p>one <br/> two</p>", "“one” br “two”"),
        ("<p>\u00a0one\u202ftwo\u00ad </p>", "“\u00a0one\u202ftwo\u00ad”"),
        ("<h2>\n<text> 1 </text>\n<text>Wort</text>\n</h2>", "text[“1”] text[“Wort”]"),
        ("<ul> <li> eins </li> <li><p> zwei </p> <ul><li>drei</li></ul></li> </ul>",
         "li[“eins”] li[p[“zwei”] ul[li[“drei”]]]"),
        ("<div> <p> </p> <p>x</p> </div>", "p[“x”]"),
        ("<p>&lt;b&gt; <![CDATA[<i>]]></p>", "“<b> <i>”"),
    ],
)  # fmt: skip
def test_white_space(markup: str, shown: str) -> None:
    def short(node: Node) -> str:
        return " ".join(
            f"“{child}”" if isinstance(child, str) else child.kind + (f"[{short(child)}]" if child.children else "")
            for child in node.children
        )

    assert short(block(markup)) == shown


def test_what_holds_no_words_is_left_out() -> None:
    tree = compose.content(page("<p> </p><div><h2> <em/> </h2></div><blockquote><p/></blockquote>"), "m.xml")
    assert dump(next(tree.nodes())) == "page master=m"


def test_only_keeps_what_belongs_to_the_edition() -> None:
    markup = page('<p only="print">a</p><p only="mail archive">b</p><p>c <em only="print">d</em></p>')
    assert compose.content(markup, "m.xml").text() == "abc d"
    assert compose.content(markup, "m.xml", "mail").text() == "bc"
    assert compose.content(markup, "m.xml", "print").text() == "ac d"


def test_editions_with_the_same_selection_share_a_tree() -> None:
    markup = page('<p only="print">a</p><p only="mail archive">b</p><p>c only=</p>')
    assert compose.selection(markup, "mail") == compose.selection(markup, "archive") == (False, True)
    assert compose.selection(markup, "print") == (True, False)


PIECES = ["<p>", "</p>", "<h1 of='a'>", "</h1>", "<ul>", "<li>", "</li>", "</ul>", "<br/>", "<x>", " ", "w", "&", "<"]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_markup_gives_a_tree_or_faults_with_lines(pieces: list[str]) -> None:
    try:
        tree = compose.content(page("".join(pieces)), "m.xml")
    except LayoutFault as stop:
        assert stop.faults and all(fault.place.line == 1 for fault in stop.faults)
    else:
        assert tree.text().replace(" ", "") == "w" * pieces.count("w")


def test_lines_are_those_of_the_markup() -> None:
    tree = compose.content('<document lang="de" title="T">\n<page\n master="m">\n<p>x</p></page></document>', "m.xml")
    page_ = next(tree.nodes())
    assert (page_.line, next(page_.nodes()).line) == (2, 4)


def test_all_faults_are_told_at_once() -> None:
    markup = """<document lang="de" title="T">
<pag master="m"/>
<page master="m" colour="red">words
<p styl="body">a <h1>b</h1></p>
<img src="a.png"/>
<a href="javascript:alert(1)">c</a>
<p><a href="javascript:alert(1)">c</a></p>
<table><tr><td>d</td></tr></table>
<p only="web" max-lines="3mm" in="a b">e</p>
<choice name="c"><option name="x"/><option name="x"/></choice><choice name="d"/>
<ul><li>words <p>block</p></li></ul>
<event at="2022-13-1">f</event>
<p lang="deutsch!">g</p>
<h2><em><a href="https://a.de"><em><a href="https://b.de">h</a></em></a></em></h2>
<meta name="autor" content="i"/>
</page>
</document>"""
    assert_golden("compose-faults", "\n".join(faults(markup)))


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<document", "m.xml:1: The markup is not well-formed (unclosed token); open here: -."),
        (document("\n<page master='m'><p>a</page>"), "m.xml:2: The markup is not well-formed (mismatched tag)"),
        (page("&nbsp;"), "m.xml:1: Named characters such as &nbsp; are not known"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + page(""), "m.xml:1: A document type (<!DOCTYPE>) is not allowed."),
        (page("<?php x?>"), "A processing instruction (<?php?>) is not allowed."),
        ("<p>a</p>", "The markup must begin with <document>, not with <p>."),
        (page("<div>" * 60 + "</div>" * 60), "Elements are nested more than 48 deep."),
        (page("<x:p>a</x:p>"), "There is no element <x:p>."),
        ('<document lang="de">\n</document>', "m.xml:1: <document> needs the attribute “title”."),
        ("", "The template writes nothing."),
    ],
)  # fmt: skip
def test_what_is_no_markup(markup: str, fault: str) -> None:
    assert fault in "\n".join(faults(markup))


def test_faults_can_name_the_line_of_the_template(tmp_path: Path, article: Article, house: House) -> None:
    template = """{% macro stop(stop) %}
<p>
  <em>{{ stop.heading | text }}</em></p>
<p colour="red">x</p>
{% endmacro %}
<document lang="de" title="T">
  {% for one in article.stops %}
  <page master="m">
    {{ stop(one) }}
  </page>
  {% endfor %}
  {% if true %}

  <pag/>
  {% endif %}
</document>"""
    folder = tmp_path / "probe"
    markup = written(template, folder, article, house)
    with pytest.raises(LayoutFault) as caught:
        compose.content(markup, "2-markup.xml")
    found = compose.relocated(
        caught.value, "2-markup.xml", folder, lambda: written(template, folder, article, house, traced=True)
    )
    places = [str(fault.place) for fault in found.faults]
    assert places == ["probe/page.xml.j2:4", "probe/page.xml.j2:14"]  # a macro used twice: told once
    assert isinstance(found, LayoutFault)


# -- the vocabulary and its document


def test_every_child_and_check_of_the_vocabulary_exists() -> None:
    named = {child for kind in vocabulary.KINDS.values() for child in kind.children}
    assert named <= vocabulary.KINDS.keys()
    assert vocabulary.KINDS.keys() - named == {"document"}
    assert vocabulary.CHECKS.keys() <= {attr for kind in vocabulary.KINDS.values() for attr in kind.attrs}


def test_the_document_names_every_element() -> None:
    text = (Path(__file__).parents[1] / "docs" / "layout-language.md").read_text(encoding="utf-8")
    missing = [name for name in vocabulary.KINDS if f"`{name}`" not in text and not re.fullmatch("h[2-5]", name)]
    assert missing == []
