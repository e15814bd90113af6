"""The rack of standards: what can be ordered together, what breaks an order, what may stand in what."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.editions import EDITIONS
from report.errors import OrderFault
from report.findings import Finding
from report.proof import Element, Link, Mark
from report.standards import STANDARDS, broken, combine, judge, misnested
from report.standards.nesting import ALLOWED

ROLES = tuple(ALLOWED)


# --- combine ---


@pytest.mark.parametrize(
    ("names", "version", "caption"),
    [
        (("ua1", "a2a"), "1.7", "after"),
        (("a2a", "ua1"), "1.7", "after"),
        (("ua2", "a4"), "2.0", "inside"),
        (("ua1",), "1.7", "after"),
        (("a2a",), "1.7", "after"),
        (("a4",), "2.0", "inside"),
        (("ua1", "ua1"), "1.7", "after"),
    ],
)
def test_what_goes_together(names: tuple[str, ...], version: str, caption: str) -> None:
    ordered = combine(names)
    assert ordered.names == tuple(dict.fromkeys(names))
    assert (ordered.version, ordered.caption, ordered.tagged) == (version, caption, True)
    assert ordered.structure_destinations == ("ua2" in names)
    assert bool(ordered.intent) == any(name.startswith("a") for name in names)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("ua1", "a4"), ["“ua1” wants PDF 1.7, “a4” wants PDF 2.0: no file can be both."]),
        (("ua1", "ua2"), ["“ua1” and “ua2” are of one family (PDF/UA-1, PDF/UA-2): order only one of them."]),
        (("x1",), ["There is no standard “x1”. Known: ua1, ua2, a2a, a4, x4, x1a."]),
        (
            ("ua1", "pdf", "a4", "a2a"),
            [
                "There is no standard “pdf”. Known: ua1, ua2, a2a, a4, x4, x1a.",
                "“ua1” wants PDF 1.7, “a4” wants PDF 2.0: no file can be both.",
                "“a4” and “a2a” are of one family (PDF/A-4, PDF/A-2a): order only one of them.",
            ],
        ),
    ],
)
def test_what_does_not(names: tuple[str, ...], said: list[str]) -> None:
    with pytest.raises(OrderFault) as caught:
        combine(names)
    assert [str(fault) for fault in caught.value.faults] == said


@given(st.lists(st.sampled_from([*STANDARDS, "unknown"]), unique=True))
def test_any_order_is_combined_or_refused_by_name(names: list[str]) -> None:
    try:
        ordered = combine(names)
    except OrderFault as fault:
        assert all(any(name in str(one) for name in names) for one in fault.faults)
    else:
        assert len({row.family for row in ordered.standards}) == len(names)
        assert all(ordered.version in row.versions for row in ordered.standards)


def test_without_standards_a_plain_file() -> None:
    assert (combine(()).version, combine(()).tagged, combine(()).intent) == ("1.7", False, "")


def test_every_edition_can_be_made() -> None:
    for edition in EDITIONS.values():
        assert combine(edition.standards).tagged == (edition.paged and not edition.paper)


def test_every_role_has_a_type_in_every_standard_that_names_them() -> None:
    for row in STANDARDS.values():
        assert not row.roles or set(row.roles) == set(ROLES)


# --- judge ---


@pytest.mark.parametrize(
    ("rule", "severity", "names", "judged"),
    [
        ("structure.nesting", "error", ("ua1", "a2a"), "error"),
        ("structure.nesting", "warning", ("a2a",), "error"),
        ("structure.nesting", "error", ("a4",), "warning"),
        ("preflight.heading-jump", "error", ("a4",), "warning"),
        ("preflight.heading-jump", "error", ("ua2", "a4"), "error"),
        ("preflight.mark-doubled", "note", ("ua1",), "note"),
        ("preflight.carries-javascript", "error", ("ua1",), "warning"),
        ("text.missing-glyph", "error", (), "error"),
        ("picture.soft", "warning", ("ua1", "a2a"), "warning"),
        ("structured", "warning", ("ua1",), "warning"),
    ],
)
def test_the_order_judges(rule: str, severity: str, names: tuple[str, ...], judged: str) -> None:
    finding = Finding(rule, "x", severity=severity)  # type: ignore[arg-type]
    assert [one.severity for one in judge([finding], combine(names))] == [judged]


def test_who_is_broken_is_named() -> None:
    ordered = combine(("ua1", "a2a"))
    assert [row.title for row in broken(Finding("structure.role", "x"), ordered)] == ["PDF/UA-1", "PDF/A-2a"]
    assert [row.title for row in broken(Finding("preflight.tab-order", "x"), ordered)] == ["PDF/UA-1"]
    assert broken(Finding("text.overset", "x"), ordered) == ()


# --- misnested ---


def tree(text: str) -> Element:
    """Read `document(section(paragraph(span) list))`."""
    words = text.replace("(", " ( ").replace(")", " ) ").split()
    root = Element(words[0])
    path, last = [root], root
    for word in words[1:]:
        if word == "(":
            path = [*path, last]
        elif word == ")":
            path.pop()
        elif word == "mark":
            path[-1].kids.append(Mark(0, 0))
        elif word == "area":
            path[-1].kids.append(Link(0, [(0, 0, 1, 1)], "https://x.de", "x"))
        else:
            last = Element(word, of=f"field.{word}")
            path[-1].kids.append(last)
    return root


@pytest.mark.parametrize(
    "text",
    [
        "document(section(heading-1(mark) paragraph(mark span(mark) mark link(mark area)) quotation(paragraph(mark))))",
        "document(list(caption(mark) item(label(mark) body(paragraph(mark) list(item(body(mark)))))))",
        "document(table(caption(mark) table-head(row(head-cell(mark))) table-body(row(head-cell(mark) cell))))",
        "document(figure(mark caption(mark)) figure(caption(paragraph(mark)) mark) paragraph(figure(mark)))",
        "document(contents(contents-item(reference(link(mark area)))) note(label(mark) paragraph(mark)))",
    ],
)
def test_what_may_stand(text: str) -> None:
    assert misnested(tree(text)) == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("document(row(cell))", ["structure.nesting"]),
        ("document(table(table-head(row(span(mark)))))", ["structure.nesting"]),
        ("document(section(table-head(row)))", ["structure.nesting"]),
        ("document(list(item(span(mark))))", ["structure.nesting"]),
        ("document(list(item(list(item(body(mark))))))", ["structure.nesting"]),
        ("document(body(mark))", ["structure.nesting"]),
        ("document(contents-item(reference))", ["structure.nesting"]),
        ("document(paragraph(paragraph(mark)))", ["structure.nesting"]),
        ("document(heading-1(heading-2(mark)))", ["structure.nesting"]),
        ("document(link(mark area))", ["structure.nesting"]),
        ("document(document)", ["structure.nesting"]),
        ("document(list(item(body(mark)) caption(mark)))", ["structure.caption-place"]),
        ("document(list(caption(mark) caption(mark)))", ["structure.caption-place"]),
        ("document(figure(mark caption(mark) mark))", ["structure.caption-place"]),
        ("document(list(item(body(mark) label(mark))))", ["structure.item"]),
        ("document(list(item(body(mark) body(mark))))", ["structure.item"]),
        ("document(section(mark mark))", ["structure.loose-words"]),
        ("document(paragraph(area))", ["structure.link-area"]),
        ("document(aside(mark))", ["structure.nesting", "structure.role"]),
    ],
)
def test_what_may_not(text: str, rules: list[str]) -> None:
    assert [finding.rule for finding in misnested(tree(text))] == rules


def test_a_finding_names_roles_and_field() -> None:
    finding = misnested(tree("document(section(row(cell)))"))[0]
    assert str(finding) == "field.row, row: “row” may not stand directly in “section”."
    assert str(misnested(tree("document(mark)"))[0]).startswith("p. 1, document: Words stand directly")


def test_the_table_knows_only_roles() -> None:
    assert all(kid in ALLOWED for kids in ALLOWED.values() for kid in kids)
    assert not any("document" in kids for kids in ALLOWED.values())


@given(st.lists(st.sampled_from(ROLES), min_size=1, max_size=5))
def test_a_chain_is_right_if_each_link_is(roles: list[str]) -> None:
    root = Element("document")
    last = root
    for role in roles:
        kid = Element(role)
        last.kids.append(kid)
        last = kid
    wrong = sum(kid not in ALLOWED[parent] for parent, kid in itertools.pairwise(["document", *roles]))
    assert sum(finding.rule == "structure.nesting" for finding in misnested(root)) == wrong
