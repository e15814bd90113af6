"""Words of the layout language that several layouts live on: marginal notes, lines at the right edge, lines that run
upward, lone choices, excerpts."""

from __future__ import annotations

from pathlib import Path

from report import Job, house, layoutfile, produce
from report.compose import content
from report.proof import Proof
from report.typeset import typeset

LAYOUT = """page: {width: 200pt, height: 200pt}
grid: {leading: 10pt, left: 20pt, columns: 2, column: 70pt, gutter: 20pt}
styles:
  body: {voice: body, size: 10pt, leading: 10pt}
  head: {voice: label, size: 10pt, leading: 10pt, before: 3, after: 2, keep-next: 2}
  right: {voice: label, size: 10pt, leading: 10pt, align: right}
masters:
  sheet:
    regions:
      top: {column: 1, columns: 2, line: 2, to: 4}
      below: {column: 1, columns: 2, line: 3, to: 6, after: top, gap: 1}
      body: {column: 2, columns: 1, line: 5, to: 12, after: below, gap: 2}
      note: {column: 1, columns: 1, line: 15, beside: body}
      edge: {left: 30pt, width: 150pt, line: 18, turn: 90}
"""


def made(tmp_path: Path, body: str, pages: str = "") -> Proof:
    folder = tmp_path / "probe"
    folder.mkdir()
    (folder / "layout.yaml").write_text(LAYOUT, encoding="utf-8")
    markup = f'<document lang="de" title="T"><page master="sheet">{body}</page>{pages}</document>'
    return typeset(content(markup, "probe"), house.load("a"), layoutfile.load(str(folder)), tmp_path)


def lines(proof: Proof) -> list[str]:
    return [" ".join(line.split()) for line in proof.lines()]


BODY = '<p in="body" style="body">eins<br/>zwei<br/>drei<br/>vier<br/>fünf<br/>sechs</p>'
MORE = '<page master="sheet" continues="body"/>'
HEAD = '<h1><text in="note" style="head">1</text><text in="body" style="head">Kopf</text></h1>'


def test_a_note_stands_beside_what_follows_it(tmp_path: Path) -> None:
    proof = made(tmp_path, f'{HEAD}<p in="note" style="body">Name<br/>Amt</p>{BODY}')
    assert lines(proof)[1:6] == [
        "note 5.00 head 1", "body 5.00 head Kopf", "note 7.00 body Name", "note 8.00 body Amt", "body 7.00 body eins",
    ]  # fmt: skip


def test_a_note_goes_on_to_the_page_of_its_words(tmp_path: Path) -> None:
    proof = made(tmp_path, f"{BODY}{HEAD}{BODY}", MORE)
    after = lines(proof)[lines(proof).index("page 2 (sheet)") :]
    assert after[1:3] == ["note 5.00 head 1", "body 5.00 head Kopf"]
    assert proof.outline[0].page == 1


def test_a_note_never_stands_on_the_one_before(tmp_path: Path) -> None:
    notes = "".join(f'<p in="note" style="body">{n}<br/>{n}</p><p in="body" style="body">Satz</p>' for n in "AB")
    assert [line for line in lines(made(tmp_path, notes)) if line.startswith("note")] == [
        "note 5.00 body A", "note 6.00 body A", "note 7.00 body B", "note 8.00 body B",
    ]  # fmt: skip


def test_a_note_beside_nothing_is_not_lost(tmp_path: Path) -> None:
    proof = made(tmp_path, '<p in="note" style="body">allein</p>')
    assert lines(proof) == ["page 1 (sheet)", "note 15.00 body allein"]


def test_an_empty_region_hands_its_place_on(tmp_path: Path) -> None:
    top = '<p in="top" style="body">eins<br/>zwei<br/>drei</p>'
    assert "body 6.00 body Satz" in lines(made(tmp_path, f'{top}<p in="body" style="body">Satz</p>'))


def test_a_line_ends_at_the_right_edge(tmp_path: Path) -> None:
    proof = made(tmp_path, '<p in="body" style="right" of="standfirst">Wort</p>')
    [(_, (left, _, right, _))] = proof.fields["standfirst"]
    assert left > 120
    assert abs(right - 180) < 0.5


def headed(alone: str) -> str:
    options = "".join(f'<option name="{n}"><p in="top" style="body">{n}</p></option>' for n in ("erst", "dann"))
    return f'<choice name="top"{alone}>{options}</choice>{BODY}{BODY}'


def test_what_flows_on_is_no_reason_where_a_choice_is_made_alone(tmp_path: Path) -> None:
    assert made(tmp_path, headed(' alone="yes"'), MORE).taken == [("top", "erst")]


def test_where_nothing_fits_the_option_with_least_left_over_is_taken(tmp_path: Path) -> None:
    pages = "".join(
        f'<option name="{name}"><page master="sheet">{body}</page></option>'
        for name, body in (("viel", BODY * 3), ("wenig", BODY * 2), ("mehr", BODY * 4))
    )
    proof = made(tmp_path, "", f'<choice name="pages">{pages}</choice>')
    assert proof.taken == [("pages", "wenig")]
    assert [finding.rule for finding in proof.findings] == ["text.overset"]


def test_turned_lines_run_upward_and_know_where_they_stand(tmp_path: Path) -> None:
    """A link in a turned line: its rectangle lies where the ink is, at the right edge, longer than it is wide."""
    turned = '<p in="edge" style="body" of="imprint"><a href="https://example.org" title="Adresse">Adresse</a></p>'
    proof = made(tmp_path, f"{BODY}{turned}")
    content_stream = proof.pages[0].content
    assert b"q 0 1 -1 0 200 0 cm\n" in content_stream
    assert content_stream.count(b"q\n") + content_stream.count(b"q 0 1") == content_stream.count(b"Q\n")
    [(page, (left, bottom, right, top))] = proof.fields["imprint"]
    assert page == 0
    assert 170 < left < right < 185, "line 18 of 10 points, counted from the left edge"
    assert bottom == 30 and top > bottom + 2 * (right - left)


def test_an_excerpt_leaves_words_out_without_a_finding(tmp_path: Path) -> None:
    article = tmp_path / "artikel.yaml"
    facts = "id: a\nheadline: Nur dies\nsections:\n- heading: Mehr\n  text: [Ein Satz steht hier.]\n"
    article.write_text(facts, encoding="utf-8")
    folder = tmp_path / "auszug"
    folder.mkdir()
    (folder / "layout.yaml").write_text(LAYOUT, encoding="utf-8")
    for excerpt, expected in (("no", ["text.unsaid", "text.unsaid"]), ("yes", [])):
        page = '<page master="sheet"><h1 in="top" style="body" of="headline">{{ article.headline | sense }}</h1></page>'
        markup = f'<document lang="de" title="T" excerpt="{excerpt}">{page}</document>'
        (folder / "page.xml.j2").write_text(markup, encoding="utf-8")
        [product] = produce(Job(article, layouts=(str(folder),), editions=("mail",), out=tmp_path)).products
        assert [one.rule for one in product.findings if one.rule == "text.unsaid"] == expected
