"""The web page and the plain text: the same words as the PDF in the same order, sound HTML, lines that can be read."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report import Job, house, produce, weave
from report.article import read
from report.article.prose import paragraphs
from report.compose import Words, content, words
from report.errors import LayoutFault, OrderFault, PictureFault, Stop
from report.locales import catalogue
from report.screen import Still, Typeface
from report.weave.grid import grid
from report.weave.palette import LEAST, pairs
from report.weave.plain import length, wrapped
from tests import readback
from tests.goldens import assert_golden
from tests.shelf import ARTICLES, ROOT
from tests.variants import SAMPLE, write

DRAFT = "draft"
RECORDS = "articles/wide-table"  # whose rows stand by themselves in the text
FILES = {f"articles/{path.stem}": path for path in sorted((ROOT / "tests" / "articles").glob("*.yaml"))}
# one is refused in every edition: no line is set from right to left
each = pytest.mark.parametrize("name", [*ARTICLES, *sorted(set(FILES) - {"articles/strange-signs"})])


class Made:
    """One article's mail edition, web page and text."""

    def __init__(self, name: str, folder: Path, style: str = "a") -> None:
        known = FILES | {SAMPLE.parent.name: SAMPLE}
        self.article = known[name] if name in known else write(name, folder / name)
        self.out = folder / f"{name.replace('/', '-')}-{style}"
        job = Job(self.article, editions=("mail", "html", "text"), out=self.out, keep=True, house=style)
        self.products = {product.edition: product for product in produce(job).products}
        self.html = self.products["html"].path.read_text(encoding="utf-8")
        self.set = self.products["mail"].written  # a page has bounds that the others have not
        self.text = self.products["text"].path.read_text(encoding="utf-8")
        self.stages = self.out / read(self.article).id / "web"
        self.tree = html5lib.parse(self.html, namespaceHTMLElements=False)

    def composed(self, edition: str) -> Words:
        """Return whose the words are that this edition says."""
        markup = (self.stages / "2-markup.xml").read_text(encoding="utf-8")
        return words(content(markup, "2-markup.xml", edition))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("web")
    return cache(lambda name, style="a": Made(name, folder, style))


def tokens(said: str) -> list[str]:
    return readback.plain(said).split()


def plain(text: str) -> list[str]:
    """Return the words of the plain text without the addresses that stand behind the words of links."""
    return tokens(re.sub(r"\s+<(?:https?|mailto|tel):[^\s>]+>", "", text))


def seen(node) -> str:  # type: ignore[no-untyped-def]
    """Return what a person hears of an element: all but what is hidden from ears."""
    if not isinstance(node.tag, str) or node.tag in ("head", "style") or node.get("aria-hidden") == "true":
        return node.tail or ""
    apart = "" if node.tag in ("strong", "em", "a", "span", "time") else " "
    inner = (node.text or "") + "".join(seen(child) for child in node)
    return f"{apart}{inner}{apart}{node.tail or ''}"


def test_words_from_right_to_left_are_refused_in_every_edition(tmp_path: Path) -> None:
    products = produce(Job(FILES["articles/strange-signs"], editions=("html", "text"), out=tmp_path)).products
    assert not any(product.written or product.path.exists() for product in products)
    assert all(product.stopped for product in products)


def said(found: Words) -> list[str]:
    every = [*(text for _, text in found.article), *(text for _, text in found.derived), *found.fixed]
    return tokens(" ".join(every))


# -- the same words


@each
def test_the_page_says_what_the_content_says(name: str, made) -> None:  # type: ignore[no-untyped-def]
    one = made(name)
    assert Counter(tokens(seen(one.tree))) == Counter(said(one.composed("html")))


@each
def test_the_text_says_what_the_content_says(name: str, made) -> None:  # type: ignore[no-untyped-def]
    """But for its own signs: underlines, dashes of lists, addresses of links, what stands for a picture."""
    one = made(name)
    written, wanted = Counter(plain(one.text)), Counter(said(one.composed("text")))
    assert wanted - written == Counter()
    own = {token for token in written - wanted if not re.fullmatch(r"[-=]+|–|\d+\.", token)}
    heads = {token for node in one.tree.iter("th") for token in tokens(seen(node))}
    assert own - (heads if name == RECORDS else set()) == set()  # there each row tells them again


@each
def test_all_editions_say_the_same_prose(name: str, made) -> None:  # type: ignore[no-untyped-def]
    """Each paragraph of the article stands in each edition once, whole, and in the article's order."""
    one = made(name)
    others = {"html": tokens(seen(one.tree)), "text": plain(one.text)}
    if one.set:
        others["mail"] = tokens(" ".join(said for _, said in readback.words(one.products["mail"].path)))
    written = [block.text for prose in read(one.article).prose() for block in paragraphs(prose)]
    wanted = tokens(" ".join(written))
    lifted = "voices" in (one.stages.parent / "brochure" / "4-lines.txt").read_text(encoding="utf-8")
    for edition, found in others.items():
        assert Counter(wanted) - Counter(found) == Counter(), edition
        if (edition == "mail" and lifted) or (edition == "text" and name == RECORDS):
            continue  # a page of voices has quotations out of their place, rows by themselves their heads
        following = iter(found)
        missing = next((token for token in wanted if token not in following), None)
        assert missing is None, f"{edition}: “{missing}” is not heard in its place"


@each
def test_the_reading_order_is_that_of_the_pdf(name: str, made) -> None:  # type: ignore[no-untyped-def]
    """Headings and the words of pictures, as far as both have them, come in one order."""
    one = made(name)
    pdf = (one.stages.parent / "brochure" / "4-structure.txt").read_text(encoding="utf-8")
    mine = [node.get("alt") for node in one.tree.iter("img") if node.get("alt")]
    theirs = [alt for alt in re.findall(r"figure .*?alt=(.*?)(?: pages|$)", pdf, re.MULTILINE) if alt in mine]
    assert [alt for alt in mine if alt in theirs] == theirs
    fields = [of for of, _ in one.composed("html").article if not of.startswith("pictures.")]
    told = re.findall(r"^ *(\S+) of=(\S+)", pdf, re.MULTILINE)
    entries = ("link", "paragraph", "contents-item")  # a page of contents names headings before they come
    read_out = [of for role, of in told if of in fields and not (of.endswith("heading") and role in entries)]
    if "title=Stimmen" in pdf:  # a page of voices has quotations out of their place
        read_out = fields = [of for of in read_out if of.endswith("heading")]
    assert list(dict.fromkeys(of for of in fields if of in read_out)) == list(dict.fromkeys(read_out))


@each
def test_nothing_of_the_article_is_lost(name: str, made) -> None:  # type: ignore[no-untyped-def]
    one = made(name)
    for edition in ("html", "text"):
        rules = {finding.rule for finding in one.products[edition].findings}
        assert not rules & {"text.unsaid", "picture.unused"} or edition == "text", edition
        assert "text.unsaid" not in rules


# -- sound HTML


@each
def test_the_page_is_valid_and_whole(name: str, made) -> None:  # type: ignore[no-untyped-def]
    one = made(name)
    html5lib.HTMLParser(strict=True).parse(one.html)
    levels = [int(node.tag[1]) for node in one.tree.iter() if re.fullmatch("h[1-6]", str(node.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    ids = [node.get("id") for node in one.tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert {node.get("href")[1:] for node in one.tree.iter("a") if node.get("href")[:1] == "#"} <= set(ids)
    assert all(node.get("alt") is not None for node in one.tree.iter("img"))
    assert all(node.get("scope") for node in one.tree.iter("th"))
    assert [node.tag for node in one.tree.find("body")] in (["header", "main"], ["header", "main", "footer"])


@each
def test_the_page_fetches_nothing_and_runs_nothing(name: str, made) -> None:  # type: ignore[no-untyped-def]
    one = made(name)
    tags = {node.tag for node in one.tree.iter() if isinstance(node.tag, str)}
    assert not tags & {"script", "link", "iframe", "object", "embed", "form", "base", "video", "audio"}
    every = [(key, value) for node in one.tree.iter() for key, value in node.attrib.items()]
    assert all(value.startswith("data:image/") for key, value in every if key == "src")
    assert not [key for key, _ in every if key.startswith("on") or key in ("style", "srcset")]
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', one.html)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(r"url\(|@import", one.html)


def test_pictures_carry_nothing_beside_themselves(made) -> None:  # type: ignore[no-untyped-def]
    """One of these photographs says where it was taken and lies on its side; they come upright and bare."""
    one = made("photographs")
    stored = re.findall(r'src="data:(image/[a-z+]+);base64,([^"]+)" width="(\d+)" height="(\d+)"', one.html)
    assert {media for media, *_ in stored} >= {"image/jpeg", "image/png"}
    for media, data, width, height in stored:
        raw = base64.b64decode(data)
        assert b"Exif" not in raw
        assert b"http://ns.adobe.com" not in raw
        if media != "image/svg+xml":
            assert int(width) > int(height), "upright"
            assert int(width) <= 1400


def test_a_drawing_is_written_anew_in_the_houses_colours(made) -> None:  # type: ignore[no-untyped-def]
    for style in "ab":
        one = made(SAMPLE.parent.name, style)
        drawings = [base64.b64decode(data).decode() for data in re.findall(r"svg\+xml;base64,([^\"]+)", one.html)]
        used = set(re.findall(r"#[0-9A-F]{6}", "".join(drawings)))
        known = {f"#{bytes(swatch.rgb).hex().upper()}" for swatch in house.load(style).swatches.values()}
        assert used <= known
        assert not re.search(r"<title|<desc|<!--|href|data-", "".join(drawings))


def test_a_draft_says_so_and_the_embargo_stands_on_top(made) -> None:  # type: ignore[no-untyped-def]
    one = made(DRAFT)
    assert one.tree.find("head/title").text.endswith("(Entwurf)")
    first = [" ".join(tokens(seen(node))) for node in one.tree.find("body/header").iter("p")][:2]
    assert first == ["Entwurf", "Sperrfrist bis Dienstag, 10. Dezember 2024, 12:30 Uhr"]
    assert one.text.startswith("Entwurf\n\nSperrfrist bis Dienstag, 10. Dezember 2024, 12:30 Uhr\n")
    assert {one.products[edition].path.stem.rpartition("-")[2] for edition in ("html", "text")} == {"entwurf"}


# -- the text


@each
def test_no_line_is_longer_than_72_signs_unless_it_is_one_word(name: str, made) -> None:  # type: ignore[no-untyped-def]
    for line in made(name).text.splitlines():
        assert len(line) <= 72 or " " not in line.strip(" –"), line
        assert line == line.rstrip(" ")


@each
def test_the_text_has_no_hidden_signs(name: str, made) -> None:  # type: ignore[no-untyped-def]
    text = made(name).text
    assert not set(text) & {"\u00ad", "\u200b", "\u2060", "\u00a0", "\u202f", "\t", "\r", "\ufeff"}
    assert "\n\n\n\n" not in text
    assert text.endswith("\n")


def test_the_texts_of_the_sample(made) -> None:  # type: ignore[no-untyped-def]
    one = made(SAMPLE.parent.name)
    assert_golden("web/sample-text", one.text)
    pictures = re.compile(r";base64,[^\"]+")
    page = pictures.sub(";base64,…", one.html)
    assert_golden("web/sample-page", re.sub(r"<style>.*?</style>|'sha256-[^']*'", "…", page, flags=re.DOTALL))


def test_the_text_with_lists_tables_and_links(made) -> None:  # type: ignore[no-untyped-def]
    assert_golden("web/everything-text", made("everything").text)
    assert_golden("web/records-text", made(RECORDS).text)


EVERY_KIND = """<document lang="de" title="T">
<page master="header"><folio/><stamp>Nie</stamp><p>Absender</p></page>
<page master="main"><h1>Ein<br/>Titel</h1><choice name="c"><option name="a"><p>Erste Wahl</p></option>
<option name="b"><p>Nie</p></option></choice>
<blockquote><p>„Ein Wort“</p><p>noch eines</p></blockquote>
<ol><li>Erstens<br/>zweite Zeile</li><li><p>Zweitens</p><ul><li>darunter <em>schräg</em></li></ul></li></ol>
<figure><img src="a.jpg" alt="Ein Bild"/><figcaption>Unter dem Bild <strong>Foto: M</strong></figcaption></figure>
<ornament src="a.jpg"/>
<table><caption>Tafel</caption><thead><tr><th scope="col">Wer</th><th scope="col">Was</th></tr></thead>
<tbody><tr><th scope="row">Haus</th><td><ul><li>eins</li><li>zwei</li></ul></td></tr>
<tr><td colspan="2">beides</td></tr></tbody></table>
<h2 of="ziel"><text><artifact>1</artifact></text><text>Oben</text><text>Unten</text></h2>
<p>Hin <a href="#ziel">nach oben</a>, <a href="tel:0204399">0204399</a>, <a href="https://a.de/">a.de</a>,
<a href="https://b.de/x">dort</a>; <span lang="en">English <strong>words</strong></span>.</p>
<timeline><event at="2024-03"><p>Ein sehr langes Datum im März 2024</p><p>Was geschah</p></event></timeline>
<h3>Klein</h3><qr href="https://a.de" alt="Nie"/><p>Ende</p></page></document>"""


def test_every_kind_of_element_as_text_and_as_page() -> None:
    tree = content(EVERY_KIND, "probe")
    assert_golden("web/every-kind-text", weave.text(tree).decode())
    still = Still("image/png", b"PNG", 300, 200)
    faces = {name: Typeface("Schrift") for name in house.load("a").faces}
    page = weave.html(tree, house.load("a"), "", {"a.jpg": still}, faces, "probe").decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Nie" not in page
    assert_golden("web/every-kind-page", page[page.index("<body>") :])


# -- colours


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("style", ["a", "b"])
def test_every_ink_can_be_read_on_its_ground(style: str, night: bool) -> None:
    assert {ink: ratio for ink, ratio in pairs(house.load(style), night).items() if ratio < LEAST} == {}


# -- orders


def test_the_files_have_speaking_names(made) -> None:  # type: ignore[no-untyped-def]
    names = {product.path.name for product in made(SAMPLE.parent.name).products.values()}
    stem = SAMPLE.parent.name
    assert names == {f"{stem}-brochure-mail.pdf", f"{stem}-web-html.html", f"{stem}-web-text.txt"}


@pytest.mark.parametrize(
    ("layouts", "editions"), [(("web",), ("mail", "html")), (("brochure", "web"), ("mail",)), (("web",), ("print",))]
)
def test_what_cannot_be_made_together_is_refused(
    layouts: tuple[str, ...], editions: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(OrderFault):
        produce(Job(SAMPLE, layouts=layouts, editions=editions, out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_the_web_page_is_made_once_for_many_layouts(tmp_path: Path) -> None:
    job = Job(SAMPLE, layouts=("handout", "press"), editions=("mail", "text"), out=tmp_path, standards=("ua2",))
    made = [(product.layout, product.edition, product.standards) for product in produce(job).products]
    assert made == [("handout", "mail", ("ua2",)), ("press", "mail", ("ua2",)), ("web", "text", ())]


@pytest.mark.parametrize(
    ("layouts", "editions", "told"),
    [
        (("handout",), ("html",), True),
        (("handout", "web", "press"), ("html", "text"), True),
        (("handout",), ("mail", "html"), False),
        (("web",), ("html",), False),
        (("brochure",), ("html",), False),  # the layout of an order that names none
    ],
)
def test_a_layout_that_made_nothing_is_told(
    layouts: tuple[str, ...], editions: tuple[str, ...], told: bool, tmp_path: Path
) -> None:
    products = produce(Job(SAMPLE, layouts=layouts, editions=editions, out=tmp_path)).products
    found = {catalogue("de").say(one): one.severity for product in products for one in product.findings}
    idle = [words for words in found if "entsteht keine Datei" in words]
    assert len(idle) == told
    if told:
        assert found[idle[0]] == "note"
        assert "entstehen aus dem Layout „web“; aus „handout" in idle[0]
        assert "Ausgabe mit Seiten ergänzen" in idle[0]


def test_nobody_claims_to_have_read_them(tmp_path: Path) -> None:
    products = produce(Job(SAMPLE, editions=("html", "text"), out=tmp_path, preflight=True, report=True)).products
    told = [finding for product in products for finding in product.findings if finding.rule == "flow.unread"]
    assert len(told) == len(products)
    assert len({catalogue("de").say(finding) for finding in told}) == 1  # the verdict has one line for both
    assert not any(product.read or product.report for product in products)


def own(tmp_path: Path, markup: str, style: str = "", layout: str = "flow: web\n") -> list[str]:
    """Return what is said to a layout of one's own."""
    folder = tmp_path / "own"
    folder.mkdir(exist_ok=True)
    (folder / "layout.yaml").write_text(layout, encoding="utf-8")
    (folder / "page.xml.j2").write_text(markup, encoding="utf-8")
    (folder / "style.css").write_text(style, encoding="utf-8")
    try:
        produce(Job(SAMPLE, layouts=(str(folder),), editions=("html",), out=tmp_path / "out"))
    except LayoutFault as stop:
        return [str(fault) for fault in stop.faults]
    except Stop as stop:
        pytest.fail(str(stop))
    return []


PAGE = '<document lang="de" title="T"><page master="main"><h1>T</h1>{}</page></document>'


def test_faults_of_a_layout_of_ones_own_are_told_with_their_line(tmp_path: Path) -> None:
    assert own(tmp_path, PAGE.format("")) == []
    found = own(tmp_path, PAGE.format(""), "p { color: var(--ink); }\n@import url(x.css);\np { margin: var(--mauve) }")
    assert [fault.partition(": ")[0] for fault in found] == ["own/style.css:2", "own/style.css:2", "own/style.css:3"]
    markup = '<document lang="de" title="T">\n<page master="cover"><h1>T</h1><h1>U</h1></page>\n</document>'
    found = own(tmp_path, markup)
    assert [fault.partition(": ")[0] for fault in found] == ["own/page.xml.j2:1"] * 2
    found = own(tmp_path, PAGE.format(""), layout="flow: web\npage: {width: 3mm}\n")
    assert found == ["own/layout.yaml:2 page: A layout that flows has no pages: “page” means nothing here."]


def test_a_style_sheet_cannot_leave_its_place(tmp_path: Path) -> None:
    for style in ("</style><script>", "p{background:URL(data:x)}", "p{content:'\\3c'}", "<!-- x"):
        assert own(tmp_path, PAGE.format(""), style) != [], style


def test_pictures_that_cannot_be_used_are_told_by_their_field(tmp_path: Path) -> None:
    article = write("ten-pictures", tmp_path / "article")
    (article.parent / "foto-3.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    (article.parent / "foto-5.jpg").write_bytes(b"GIF89a")
    with pytest.raises(PictureFault) as stopped:
        produce(Job(article, editions=("html",), out=tmp_path / "out"))
    told = [(fault.rule, fault.place.path, fault.place.line > 0) for fault in stopped.value.faults]
    assert told == [("picture.damaged", "pictures.foto-3", True), ("picture.format", "pictures.foto-5", True)]
    assert not (tmp_path / "out").exists()


def test_the_text_needs_no_picture_file(tmp_path: Path) -> None:
    article = write("ten-pictures", tmp_path / "article")
    (article.parent / "foto-3.jpg").write_bytes(b"none")
    (product,) = produce(Job(article, editions=("text",), out=tmp_path / "out")).products
    assert "foto-3.jpg" in product.path.read_text(encoding="utf-8")


def test_warnings_stop_the_page_where_the_order_is_strict(tmp_path: Path) -> None:
    verdict = produce(Job(SAMPLE, editions=("html", "text"), out=tmp_path / "out", strict=True))
    assert [product.written for product in verdict.products] == [False, False]
    assert verdict.exit_code == 6
    assert not (tmp_path / "out").exists()


def test_a_page_that_cannot_be_written_hinders_no_other(tmp_path: Path) -> None:
    stem = f"{SAMPLE.parent.name}-web-html.html"
    (tmp_path / stem).mkdir()
    page, text = produce(Job(SAMPLE, editions=("html", "text"), out=tmp_path)).products
    assert (page.written, text.written) == (False, True)
    assert [finding.rule for finding in page.findings if finding.severity == "error"] == ["file.unwritable"]


def test_a_house_may_have_other_colours_and_a_logo(tmp_path: Path) -> None:
    """Whatever the colours, each ink is readable; the logo adorns and has no words."""
    folder = tmp_path / "haus"
    shutil.copytree(ROOT / "assets" / "houses" / "a", folder)
    shutil.copy(SAMPLE.parent / "award-laurel.svg", folder / "wappen.svg")
    written = (folder / "house.yaml").read_text(encoding="utf-8")
    for name, code in (("#00365E", "#C8D0FF"), ("#C43312", "#FFF3D0"), ("#C2DFEA", "#777777")):
        written = written.replace(f'"{name}"', f'"{code}"')
    (folder / "house.yaml").write_text(f"logo: wappen.svg\n{written}", encoding="utf-8")
    own_house = house.load(str(folder))
    for night in (False, True):
        assert {ink: ratio for ink, ratio in pairs(own_house, night).items() if ratio < LEAST} == {}
    (product,) = produce(Job(SAMPLE, editions=("html",), out=tmp_path / "out", house=str(folder))).products
    tree = html5lib.parse(product.path.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    (logo,) = tree.find("body/header").iter("img")
    assert logo.get("alt") == ""


@given(
    st.lists(st.lists(st.text("abc äß–", max_size=30).map(str.strip), min_size=1, max_size=5), min_size=1, max_size=5)
)
def test_a_grid_of_words_keeps_them_all_and_its_width(rows: list[list[str]]) -> None:
    lines = grid([], rows, 72, wrapped, length)
    if lines is None:
        longest = (max((len(word) for word in cell.split(" ")), default=0) for row in rows for cell in row)
        assert sum(longest) > 72 - 2 * 4
        return
    assert all(len(line) <= 72 for line in lines)
    assert Counter(" ".join(lines).split()) == Counter(" ".join(cell for row in rows for cell in row).split())


@given(st.text("ab \u00a0\n-", max_size=300), st.integers(1, 40))
def test_wrapped_lines_keep_all_words_and_bonds(said: str, width: int) -> None:
    lines = wrapped(said, width)
    assert [word for line in lines for word in line.split(" ")] == [word for word in re.split("[ \n]", said) if word]
    assert all(length(line) <= width or " " not in line for line in lines)


def test_the_verdict_is_told_as_for_other_files(made) -> None:  # type: ignore[no-untyped-def]
    from report.locales import catalogue
    from report.order import Verdict
    from report.verdict import as_json

    told = json.loads(as_json(Verdict([made(DRAFT).products["html"]]), [], catalogue("de")))["files"][0]
    assert (told["edition"], told["pages"], told["standards"], told["written"]) == ("html", 0, [], True)
    assert told["embargo"] == "2024-12-10 12:30"
