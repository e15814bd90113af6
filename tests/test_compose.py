"""Compose: templates are run inside their fence, and their markup becomes the tree, or one fault list with lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report import compose
from report.article import read
from report.article.model import Article
from report.article.prose import Paragraph, Quotation, Span, plain
from report.compose import bytecode, prose, vocabulary
from report.content import Node, dump
from report.errors import LayoutFault
from report.house import House, load
from tests.goldens import assert_golden

TINY = Path(__file__).parent / "layouts" / "tiny"
NASTY = "{{ 7*7 }} <b>fett</b> ]]> &amp; {% raw %} <?at x:1?> ${x} \"'"

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
"""


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


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Article:
    path = tmp_path_factory.mktemp("article") / "probe.yaml"
    path.write_text(YAML, encoding="utf-8")
    return read(path)


@pytest.fixture(scope="module")
def house() -> House:
    return load("a")


def written(template: str, folder: Path, article: Article, house: House, traced: bool = False, **facts: object) -> str:
    """What a layout of one template writes."""
    folder.mkdir(exist_ok=True)
    (folder / "page.xml.j2").write_text(template, encoding="utf-8")
    return compose.markup(article, Marking(), folder, house, facts, traced=traced)


def told(template: str, folder: Path, article: Article, house: House) -> str:
    """The one fault of a template, with its place."""
    with pytest.raises(LayoutFault) as caught:
        written(template, folder, article, house)
    return "\n".join(str(fault) for fault in caught.value.faults)


def document(body: str) -> str:
    return f'<document lang="de" title="T">{body}</document>'


def page(body: str) -> str:
    return document(f'<page master="m">{body}</page>')


def block(markup: str) -> Node:
    """The first block of a page that holds `markup`."""
    return next(next(compose.content(page(markup), "m.xml").nodes()).nodes())


def faults(markup: str) -> list[str]:
    with pytest.raises(LayoutFault) as caught:
        compose.content(markup, "m.xml")
    return [str(fault) + (f" [{fault.filled(fault.remedy)}]" if fault.remedy else "") for fault in caught.value.faults]


# -- the whole way


def test_a_layout_writes_markup_and_its_tree(article: Article, house: House) -> None:
    markup = compose.markup(article, Marking(), TINY, house)
    assert_golden("compose-markup", markup)
    tree = compose.content(markup, "2-markup.xml")
    assert_golden("compose-content", f"{dump(tree)}\n\n{compose.listing(compose.words(tree))}")


def test_no_word_of_the_prose_is_lost_or_doubled_in_either_option(article: Article, house: House) -> None:
    tree = compose.content(compose.markup(article, Marking(), TINY, house), "2-markup.xml", "mail")
    expected = [word for prose_ in article.prose() for block_ in prose_ for word in block_.text.split()]
    for option in ("lifted", "in the text"):
        taken = [("stops[0]", option), ("stops[1]", option)]
        said = [words for path, words in compose.words(tree, taken).article if ".text[" in path]
        found = " ".join(said).replace("\u00ad", "").replace("⟨", "").replace("⟩", "").split()
        assert sorted(found) == sorted(expected)
        assert option == "lifted" or found == expected


def test_the_same_input_gives_the_same_markup(article: Article, house: House) -> None:
    first = compose.markup(article, Marking(), TINY, house)
    assert compose.markup(article, Marking(), TINY, house) == first


# -- the fence


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("<a>\n{{ article.headlin }}", "probe/page.xml.j2:2: Article has no field “headlin”."),
        ("{{ nothing }}", "probe/page.xml.j2:1: The template asks for “nothing”, which is not there."),
        ("\n\n{% if %}", "probe/page.xml.j2:3: The template cannot be read: "),
        ("{{ article.folder.unlink() }}", "“unlink” of PosixPath cannot be reached."),
        ("{{ article.__class__.__mro__ }}", "“__class__” of Article cannot be reached."),
        ("{{ article['__class__'] }}", "“__class__” of Article cannot be reached."),
        ("{{ _.__globals__ }}", "“__globals__” of function cannot be reached."),
        ("{{ lang.text('x') }}", "“text” of Marking cannot be reached."),
        ("{{ 'x'.format(article) }}", "A template must not call this."),
        ("{{ article | attr('__class__') }}", "No filter named 'attr'"),
        ("{{ article.author | safe }}", "No filter named 'safe'"),
        ("{% autoescape false %}{{ article.author }}{% endautoescape %}", "“autoescape” cannot be switched"),
        ("{% for n in range(10000000) %}x{% endfor %}", "A range has at most 1000 numbers."),
        ("{{ 'x' * 1000000000 }}", "only numbers can stand beside"),
        ("{{ '%1000000000d' % 1 }}", "only numbers can stand beside"),
        ("{{ 9 ** 9 ** 9 }}", "only numbers can stand beside"),
        ("{{ article.stops[0] }}", "A Stop cannot be printed as it is"),
        ("{{ article.stops }}", "A tuple cannot be printed as it is"),
        ("{% include '../tiny/page.xml.j2' %}", "The template “../tiny/page.xml.j2” is not in the layout's folder."),
        ("{% include '/etc/hostname' %}", "The template “/etc/hostname” is not in the layout's folder."),
        ("\n{% include 'page.xml.j2' %}", "probe/page.xml.j2:2: The template calls or includes itself without end."),
        ("{{ 1 | date_range }}", "probe/page.xml.j2:1: The template fails here: "),
    ],
)
def test_a_template_is_kept_inside_its_fence(
    template: str, fault: str, tmp_path: Path, article: Article, house: House
) -> None:
    assert fault.replace("PosixPath", type(tmp_path).__name__) in told(template, tmp_path / "probe", article, house)


def test_a_wrong_field_names_the_nearest(tmp_path: Path, article: Article, house: House) -> None:
    with pytest.raises(LayoutFault) as caught:
        written("{{ article.headlin }}", tmp_path, article, house)
    (fault,) = caught.value.faults
    assert fault.filled(fault.remedy) == "The nearest known name is “headline”."


def test_a_fault_inside_a_macro_of_another_file_names_that_file(tmp_path: Path, article: Article, house: House) -> None:
    (tmp_path / "parts.xml.j2").write_text("\n{% macro m(x) %}\n{{ x.nothing }}{% endmacro %}", encoding="utf-8")
    fault = told('{% import "parts.xml.j2" as parts %}{{ parts.m(article) }}', tmp_path, article, house)
    assert fault.startswith(f"{tmp_path.name}/parts.xml.j2:3: ")


def test_shared_templates_are_reached_and_formatted(tmp_path: Path, article: Article, house: House) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "m.j2").write_text(
        "{% macro d() %}{{ article.date | date }}{% endmacro %}", encoding="utf-8"
    )
    template = '{% from "shared/m.j2" import d %}{{ d() }}'
    assert written(template, tmp_path / "mine", article, house) == "date(2025-03-01)"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, article: Article, house: House) -> None:
    (tmp_path / "secret.j2").write_text("secret", encoding="utf-8")
    folder = tmp_path / "layout"
    folder.mkdir()
    try:
        (folder / "link.j2").symlink_to(tmp_path / "secret.j2")
    except OSError:
        pytest.skip("this system makes no symbolic links: run the test where it does")
    assert "is not in the layout's folder" in told('{% include "link.j2" %}', folder, article, house)


def test_a_template_that_is_no_text_names_its_line(tmp_path: Path, article: Article, house: House) -> None:
    (tmp_path / "page.xml.j2").write_bytes(b"<a>\n\xff")
    with pytest.raises(LayoutFault, match=r"page\.xml\.j2:2: The file is not UTF-8"):
        compose.markup(article, Marking(), tmp_path, house)


def test_a_changed_template_is_read_again(tmp_path: Path, article: Article, house: House) -> None:
    import os

    assert written("one", tmp_path, article, house) == "one"
    (tmp_path / "page.xml.j2").write_text("two", encoding="utf-8")
    os.utime(tmp_path / "page.xml.j2", ns=(1, 1))
    assert compose.markup(article, Marking(), tmp_path, house) == "two"


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, None])
def test_damaged_byte_code_is_made_anew(
    damage: bytes | None, tmp_path: Path, article: Article, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from report.compose import fence

    kept = tmp_path / "code"
    monkeypatch.setattr(bytecode.sys, "dont_write_bytecode", False)
    monkeypatch.setattr(bytecode, "cache_from_source", lambda path: str(kept / "x.pyc"))
    layout = tmp_path / "layout"
    fence.environment.cache_clear()
    assert written("words", layout, article, house) == "words"
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes()[:-9] if damage is None else damage)
    fence.environment.cache_clear()
    assert written("words", layout, article, house) == "words"
    fence.environment.cache_clear()


# -- the article is data


def test_nothing_of_the_article_is_run_or_read_as_markup(tmp_path: Path, house: House) -> None:
    """Every text of an article that says template and markup comes out as those very characters."""
    import json

    nasty = {"name": NASTY, "function": NASTY}
    escaped = NASTY.replace("]", "\\]")
    fields = {
        "id": "probe", "headline": NASTY, "kicker": NASTY, "author": NASTY, "standfirst": NASTY,
        "stops": [{"heading": NASTY, "text": f"{escaped} [„{escaped}“]{{quote=q by=s}}, sagt {escaped}."}],
        "speakers": {"s": nasty}, "timeline": [{"date": "2025", "note": NASTY}],
        "key_figures": [{"value": "3", "noun": NASTY}],
    }  # fmt: skip
    path = tmp_path / "probe.json"
    path.write_text(json.dumps(fields), encoding="utf-8")
    template = """
      <document lang="de" title="{{ article.headline | plain }}"><meta name="author" content="{{ article.author }}"/>
      <page master="m" label="{{ article.kicker | plain }}">
      <h1 bookmark="{{ article.author }}">{{ article.headline | text }}</h1>
      <p>{{ article.kicker }}</p><p>{{ article.author | text }}</p>
      <p>{{ article.standfirst | plain }}</p><p>{{ article.speakers["s"].name }}</p>
      <p>{{ article.timeline[0].note | text }}</p><p>{{ article.key_figures[0].noun | text }}</p>
      {{ article.stops[0].text | prose }}
      {% for q in quotations() %}<p>{{ q | inline }}</p><p>{{ q.after | inline }}</p>{% endfor %}
      </page></document>"""
    markup = written(template, tmp_path / "layout", read(path), house)
    tree = compose.content(markup, "m.xml")
    assert tree.attrs["title"] == NASTY
    page_ = list(tree.nodes())[1]
    assert next(page_.nodes()).attrs["bookmark"] == page_.attrs["label"] == NASTY
    said = [node.text() for node in page_.nodes()]
    assert said[:7] == [NASTY] * 7
    assert said[7] == f"{NASTY} „{NASTY}“, sagt {NASTY}."
    assert said[8] == f"„{NASTY}“"
    assert all(isinstance(child, str) for node in page_.nodes() for child in node.children)


SPACES = re.compile("[ \t\r\n]+")


def possible(text: str) -> str:
    """What XML can carry of a text, with white space as the layout language has it."""
    return SPACES.sub(" ", re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)).strip(" \t\r\n")


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_comes_through_unchanged(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "through"
    template = page('<p>{{ words | text }}</p><qr href="https://a.de" alt="x{{ words }}"/>')
    markup = written(template, folder, None, None, words=text)  # type: ignore[arg-type]
    nodes = list(next(compose.content(markup, "m.xml").nodes()).nodes())
    expected = possible(Marking().text(text))
    assert [node.text() for node in nodes[:-1]] == ([expected] if expected else [])
    assert possible(nodes[-1].attrs["alt"]) == possible("x" + text)


PARTS = st.recursive(
    st.text("ab cd\u00ad", max_size=6),
    lambda inner: st.builds(
        lambda kind, parts: Span(kind, tuple(parts), {}), st.sampled_from(["em", "strong", "name"]), st.lists(inner)
    ),
    max_leaves=8,
)


@given(st.lists(PARTS, max_size=5))
def test_marks_never_change_the_words(parts: list[str | Span]) -> None:
    markup = prose.inline(parts, Marking(), ())
    said = block(f"<div><p>x{markup}x</p></div>").text()
    words = Paragraph(tuple(parts)).text
    assert possible(said.replace("\u00ad", "")) == possible(f"x{words}x".replace("\u00ad", ""))


@given(st.lists(PARTS, max_size=5), st.integers(0, 30))
def test_divided_parts_make_the_whole(parts: list[str | Span], at: int) -> None:
    before, behind = prose.divided(parts, at)
    words = Paragraph(tuple(parts)).text
    assert (Paragraph(before).text, Paragraph(behind).text) == (words[:at], words[at:])


# -- the language sees whole paragraphs


def test_a_no_break_space_is_found_across_the_edge_of_a_mark(article: Article) -> None:
    (first, *_), *_ = article.prose()
    assert isinstance(first, Paragraph)
    assert "10.000\u00a0Euro" in prose.inline(first.parts, Marking(), ())


def test_names_are_never_divided(article: Article) -> None:
    (first, *_), *_ = article.prose()
    assert isinstance(first, Paragraph)
    words = prose.inline(first.parts, Marking(), ("name",))
    assert "<strong>Ralph Kalveram</strong>" in words and "wei\u00adter" in words


def test_quotations_know_what_stands_round_them(article: Article) -> None:
    work, good, near = [saying for prose_ in article.prose() for saying in prose.sayings(prose_, Marking())]
    assert (work.text, work.tail, Paragraph(work.after).text) == (
        "„Die stetige Arbeit“", ",", "erläutert Ralph Kalveram."
    )  # fmt: skip
    assert (work.liftable, work.lead_in, work.stop, work.path) == (True, False, 0, "stops[0].text[0]")
    assert (good.liftable, good.lead_in, good.after, good.stop) == (True, True, (), 1)
    assert (Paragraph(good.first).text, Paragraph(good.more).text) == ("„Gut so.", "Weiter so!“")
    assert not near.liftable


@pytest.mark.parametrize("name", ["Max", "Fr", "Anna Müller"])
def test_what_follows_a_quotation_ends_with_a_marked_name_and_its_stop(name: str) -> None:
    class Unending(Marking):
        def sentences(self, words: str) -> list[str]:
            return [words]

    said = Quotation("good", "max", ("„Gut so“",))
    parts = (said, ", sagte ", Span("name", (name,)), ". Familien kamen.")
    [saying] = prose.sayings((Paragraph(parts, "sections[0].text[0]"),), Unending())
    assert plain(saying.after) == f"sagte {name}."
    lifted, rest = prose.pieces((Paragraph(parts, "sections[0].text[0]"),), ("good",), Unending())
    assert lifted.saying is not None
    assert rest.blocks[0].text == "Familien kamen."


def test_a_paragraph_of_one_quotation_leaves_nothing_behind() -> None:
    only = Paragraph((Quotation("q", "s", ("„Ja.“",)),), "text[0]")
    (piece,) = prose.pieces((only,), ["q"], Marking())
    assert piece.blocks == () and piece.saying is not None and piece.saying.text == "„Ja.“"


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


# -- whose words


def test_words_are_told_apart() -> None:
    tree = compose.content(
        page(
            '<h2 of="stops[0].heading"><text words="derived">1</text><text words="fixed">Station</text>'
            "<text>Das <em>Büro</em></text></h2>"
            '<choice name="c"><option name="a"><p of="x">lang</p></option><option name="b"><p of="x">kurz</p></option>'
            "</choice><p>Herausgeberin</p>"
            '<p of="y">mit <a href="https://a.de" title="zur Stadt">Link</a> und <artifact>7</artifact></p>'
            '<figure><img src="a.png" alt="Ein Haus"/></figure><folio>2</folio>'
        ),
        "m.xml",
    )
    found = compose.words(tree, [("c", "b")])
    assert found.article == [("stops[0].heading", "Das Büro"), ("x", "kurz"), ("y", "mit Link und")]
    assert found.derived == [("stops[0].heading", "1")]
    assert found.fixed == ["Station", "Herausgeberin"]
    assert found.alts == ["zur Stadt", "Ein Haus"]
    assert found.artifacts == ["7", "2"]


def test_a_page_number_to_come_counts_as_a_word() -> None:
    block = '<p in="r" style="s"> Seite <pageref to="a"/> ff.</p>'
    markup = f'<document lang="de" title="x"><page master="m">{block}</page></document>'
    (page,) = compose.content(markup, "m.xml", "mail").nodes()
    (paragraph,) = page.nodes()
    assert [child for child in paragraph.children if isinstance(child, str)] == ["Seite ", " ff."]
