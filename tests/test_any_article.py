"""Any article that the model can hold: refused in German words, or a sound file that says all its words once.

The articles are built along the model: stops, prose with every mark, quotations, lists, tables, pictures of every
kind, odd characters, long words. The examples are the same each time.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import html5lib
import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from report import Job, produce
from report.article import read
from report.article.prose import paragraphs
from report.compose import Words, content, words
from report.errors import LayoutFault, Stop
from report.findings import Finding
from report.locales import catalogue
from report.preflight import check
from report.weave.plain import length
from tests import readback
from tests.shelf import ROOT
from tests.test_web import plain, said, seen

PICTURES = sorted((ROOT / "tests" / "articles" / "pictures").iterdir())
GERMAN = catalogue("de")
SPOKEN = ("mueller", "kalveram")

WORD = st.sampled_from(
    "Die Stadt Gladbeck lädt am 1. März alle Bürger*innen, Akteur:innen und Nachbar_innen zum Fest ein, z. B. für 5 % "
    "oder 1.234,50 Euro – „Vielfalt“ inbegriffen. Αθήνα Москва → §12 a/b C&A <b> "
    "{{x}} {% if %} a|b \\[ # & * ~ ` ' \" é ß ẞ".split()
)
LONG = st.integers(25, 300).map(lambda length: ("Familienfreundlichkeits" * 14)[:length])
ODD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1, max_size=8)
SELDOM_ODD = st.integers(0, 6).flatmap(lambda number: st.one_of(LONG, ODD) if number == 5 else st.just(""))
PLAIN = st.lists(WORD, min_size=1, max_size=14).map(" ".join)
PHRASE = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
BARE = st.sampled_from("Jugend Büro Markt Haus Verein Rathaus Straße".split())  # inside brackets

WIDE = st.sampled_from(
    "Familienfreundlichkeitsauszeichnung www.gladbeck.de/familie/und/beratung/alle?seite=1 x@example.org".split()
)
MARKED = st.one_of(
    WIDE,
    PHRASE,
    st.builds("[{}]{{{}}}".format, BARE, st.sampled_from(["strong", "em", "name", "partner", "amount", "lang=en"])),
    st.builds("[{}](https://example.org/{})".format, BARE, BARE),
    st.builds("„{}“".format, BARE),
)
PARAGRAPH = st.lists(st.one_of(MARKED, PLAIN), min_size=1, max_size=7).map(" ".join)
SAID = st.fixed_dictionaries(
    {"said": PLAIN},
    optional={"before": st.sampled_from(["Er sagt: ", "Dann. "]), "after": st.sampled_from([", sagt er.", "."])},
)
CELLS = st.integers(1, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.one_of(BARE, PLAIN, st.sampled_from(["10.000 €", "5 %", ""])), min_size=columns, max_size=columns),
        min_size=2,
        max_size=9,
    )
)
TABLE = st.builds(
    lambda rows, caption: {"table": {"caption": caption, "head": rows[0], "rows": rows[1:]}}, CELLS, PLAIN
)
LIST = st.builds(lambda items: {"list": items}, st.lists(PARAGRAPH, min_size=1, max_size=6))
BLOCK = st.one_of(PARAGRAPH, PARAGRAPH, SAID, LIST, TABLE)
SECTION = st.fixed_dictionaries({"heading": PLAIN, "text": st.lists(BLOCK, max_size=5)})
PICTURE = st.fixed_dictionaries(
    {"file": st.sampled_from([path.name for path in PICTURES]), "alt": PLAIN},
    optional={"caption": PLAIN, "credit": PLAIN, "focus": st.just("40% 60%"), "frame": st.just("40% 35% 60% 65%")},
)
STOP = st.fixed_dictionaries(
    {"heading": st.one_of(BARE, PHRASE)},
    optional={
        "kicker": BARE,
        "text": st.lists(BLOCK, max_size=6),
        "sections": st.lists(SECTION, max_size=2),
        "picture": st.integers(0, 4),
    },
)
AWARD = st.fixed_dictionaries(
    {"name": PLAIN},
    optional={
        "prize": st.sampled_from(["10.000 Euro", "1.234,50 Euro"]),
        "reasons": SECTION,
        "result": SECTION,
        "picture": st.integers(0, 4),
    },
)
FIGURE = st.fixed_dictionaries(
    {"value": st.sampled_from(["34", "10.000", "5,5"]), "noun": PLAIN}, optional={"printed": st.just("nein")}
)
EVENT = st.fixed_dictionaries({"date": st.sampled_from(["2007", "2022-09", "1.3.2025"]), "note": BARE})
IMPRINT = st.fixed_dictionaries({"publisher": PLAIN}, optional={"town": BARE, "street": BARE, "accessibility": BARE})
ARTICLE = st.fixed_dictionaries(
    {
        "id": st.just("erdacht"),
        "headline": st.one_of(BARE, PHRASE),
        "pictures": st.lists(PICTURE, max_size=5),
        "odd": st.tuples(SELDOM_ODD, st.sampled_from(["standfirst", "headline"])),
    },
    optional={
        "language": st.sampled_from(["de", "en"]),
        "kicker": PLAIN,
        "standfirst": PHRASE,
        "stops": st.lists(STOP, max_size=13),
        "sections": st.lists(SECTION, max_size=3),
        "award": AWARD,
        "key_figures": st.lists(FIGURE, max_size=3),
        "timeline": st.lists(EVENT, max_size=5),
        "contact": st.fixed_dictionaries({"office": BARE, "email": st.just("presse@example.org")}),
        "imprint": IMPRINT,
        "online": st.just("https://www.example.org"),
        "cover": st.integers(0, 4),
        "status": st.sampled_from(["draft", {"state": "released", "by": "M. Muster", "date": "2025-03-01"}]),
    },
)


def facts(drawn: dict[str, Any]) -> dict[str, Any]:
    """Give pictures their keys and quotations their ids: what refers to something refers to what is there."""
    made = json.loads(json.dumps(drawn))
    keys = [f"bild-{number}" for number, _ in enumerate(made["pictures"])]
    made["pictures"] = dict(zip(keys, made["pictures"], strict=True))
    made["speakers"] = {name: {"name": f"Maria {name.title()}", "function": "Rätin"} for name in SPOKEN}
    count = iter(range(1_000))

    def settle(node: Any) -> Any:
        if isinstance(node, dict) and "said" in node:
            number = next(count)
            said = node["said"].translate(str.maketrans("", "", "[]{}\\„“"))
            quotation = f"[„{said} {number}“]{{quote=wort{number} by={SPOKEN[number % 2]}}}"
            return f"{node.get('before', '')}{quotation}{node.get('after', '')}"
        if isinstance(node, dict):
            for name in ("picture", "cover"):
                if isinstance(node.get(name), int):
                    number = node.pop(name)
                    node |= {name: keys[number]} if number < len(keys) else {}
            return {name: settle(value) for name, value in node.items()}
        if isinstance(node, list):
            return [settle(inner) for inner in node]
        return node

    odd, where = made.pop("odd")
    settled: dict[str, Any] = settle(made)
    if odd:
        settled[where] = f"{settled.get(where, '')} {odd}".strip()
    return settled


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("articles")
    for path in PICTURES:
        shutil.copy(path, made)
    return made


def tokens(text: str) -> list[str]:
    return readback.plain(text).split()


def in_german(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        assert finding.message in GERMAN.words, f"no German for {finding.message}"
        assert finding.place.file or finding.place.path or finding.place.page or finding.severity != "error", finding


def composed(out: Path) -> Words:
    """Return the words of the content tree, with the alternatives that the typesetter took."""
    stages = out / "erdacht" / "brochure"
    taken = (stages / "4-lines.txt").read_text(encoding="utf-8").rpartition("\n\n")[2].splitlines()
    pairs = {(choice, option) for choice, _, option in (line.partition(": ") for line in taken)}
    return words(content((stages / "2-markup.xml").read_text(encoding="utf-8"), "2-markup.xml", "mail"), pairs)


MANY = settings(
    max_examples=120,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


@MANY
@given(drawn=ARTICLE)
def test_any_article_is_refused_in_words_or_says_all_its_words(drawn: dict[str, Any], folder: Path) -> None:
    path = folder / "artikel.json"
    path.write_text(json.dumps(facts(drawn), ensure_ascii=False), encoding="utf-8")
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    try:
        (product,) = produce(Job(path, editions=("mail",), out=out, keep=True)).products
    except Stop as stop:
        assert stop.faults
        assert not isinstance(stop, LayoutFault), [str(fault) for fault in stop.faults]  # the shipped layout is right
        in_german(stop.faults)
        assert not list(out.rglob("*.pdf"))
        return
    in_german(product.findings)
    if not product.written:
        assert any(finding.severity == "error" for finding in product.findings)
        assert not list(out.rglob("*.pdf"))
        return
    with pikepdf.open(product.path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == product.pages
    assert [str(finding) for finding in check(product.path)] == []
    _says_everything(path, product.path, composed(out))


@MANY
@given(drawn=ARTICLE)
def test_any_article_becomes_a_sound_web_page_and_a_text_of_the_same_words(drawn: dict[str, Any], folder: Path) -> None:
    path = folder / "artikel.json"
    path.write_text(json.dumps(facts(drawn), ensure_ascii=False), encoding="utf-8")
    out = folder / "web"
    shutil.rmtree(out, ignore_errors=True)
    try:
        page, text = produce(Job(path, editions=("html", "text"), out=out, keep=True)).products
    except Stop as stop:
        assert not isinstance(stop, LayoutFault), [str(fault) for fault in stop.faults]
        in_german(stop.faults)
        assert not out.exists()
        return
    in_german((*page.findings, *text.findings))
    assert page.written == text.written == (not page.stopped)
    if not page.written:
        return
    markup = (out / "erdacht" / "web" / "2-markup.xml").read_text(encoding="utf-8")
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.path.read_text(encoding="utf-8"))
    assert Counter(tokens(seen(tree))) == Counter(said(words(content(markup, "2-markup.xml", "html"))))
    assert all(node.get("alt") is not None for node in tree.iter("img"))
    written = text.path.read_text(encoding="utf-8")
    lacking = Counter(said(words(content(markup, "2-markup.xml", "text")))) - Counter(plain(written))
    assert lacking == Counter()
    assert all(length(line) <= 72 or " " not in line.strip(" –") for line in written.splitlines())


def _says_everything(article: Path, file: Path, found: Words) -> None:
    """See that the prose stands in the content once, and that the tags say the content."""
    for text in read(article).prose():
        for paragraph in paragraphs(text):
            shown = " ".join(said for of, said in found.article if of == paragraph.path)
            assert tokens(shown) == tokens(paragraph.text), paragraph.path
    heard = Counter(tokens(" ".join(said for _, said in readback.words(file))))
    parts = [*(said for _, said in (*found.article, *found.derived)), *found.fixed]
    written = Counter(tokens(" ".join(parts)))
    assert written - heard == Counter()
    more = [token for token in heard - written if token != "–" and not token.rstrip(".").isdecimal()]
    assert more == []
