"""Compose: from an article to markup; the article is data, the language sees whole paragraphs."""

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
from report.compose import prose
from report.content import dump
from report.house import House, load
from tests.goldens import assert_golden
from tests.templates import Marking, block, page, probe, written

TINY = Path(__file__).parent / "layouts" / "tiny"
NASTY = "{{ 7*7 }} <b>fett</b> ]]> &amp; {% raw %} <?at x:1?> ${x} \"'"


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Article:
    return probe(tmp_path_factory.mktemp("article"))


@pytest.fixture(scope="module")
def house() -> House:
    return load("a")


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
