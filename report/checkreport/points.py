"""What a check report lists: points that a machine can test, and questions that only a person answers.

A point holds for some standards, each with its clause; who tests it: the reading of the finished file, the look at
its pages, or nobody here. It has failed where a finding of its rules is no mere note. Knows: rows of names. Must never
know how anything is tested, or how the report looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from report.editions import EDITIONS
from report.findings import N_, Finding
from report.order import Product
from report.standards import STANDARDS

VERSION = "0.1.0"  # of the program, as in pyproject.toml
HOUSE = N_("house rule")
PRINTER = N_("printer's profile")
Result = Literal["passed", "fault", "untested"]


class Point(NamedTuple):
    """One point: its words, its clause by standard ("": in any file), who tests it, the rules whose findings break it.

    `only`: the editions that it concerns, where not all. `notes`: even a note breaks it.
    """

    words: str
    clauses: Mapping[str, str]
    by: Literal["file", "pages", "nobody"]
    rules: tuple[str, ...]
    only: Literal["", "press", "paper"] = ""
    notes: bool = False


class Row(NamedTuple):
    """One point as it came out for the files of one layout."""

    words: str
    clause: str
    tested: bool
    result: Result
    findings: tuple[tuple[Finding, tuple[str, ...]], ...]  # with the editions in which they were found


def _ua(first: str, second: str) -> dict[str, str]:
    return {"ua1": f"PDF/UA-1, {first}", "ua2": f"PDF/UA-2, {second}"}


def _a(second: str, fourth: str) -> dict[str, str]:
    return {"a2a": f"PDF/A-2, {second}", "a4": f"PDF/A-4, {fourth}"}


FIRST = 7  # points of the first page
POINTS = (
    Point(N_("Language of the document is set"), _ua("7.2", "8.4.4"), "file", ("preflight.language*",)),
    Point(
        N_("All content is tagged or an artifact"),
        _ua("7.1", "8.2.2"),
        "file",
        ("preflight.ink-unmarked", "preflight.mark-*", "preflight.unmarked", "preflight.untagged"),
    ),
    Point(N_("Title in the file's head"), _ua("7.1", "8.11"), "file", ("preflight.title-*",)),
    Point(N_("Pictures have an alternative text"), _ua("7.3", "8.2.5.28"), "file", ("preflight.alt-*",)),
    Point(N_("Headings leave out no level"), _ua("7.4.2", "8.2.5"), "file", ("preflight.heading-*",)),
    Point(N_("Typefaces are embedded"), _ua("7.21.4.1", "8.4.5.5") | {"": HOUSE}, "file", ("preflight.font-*",)),
    Point(N_("Contrast of type on its ground"), {"": "WCAG 2.1, 1.4.3"}, "pages", ("colour.contrast",)),
    Point(N_("Letters can be read as text"), _ua("7.21.7", "8.4.5.8"), "file", ("preflight.letter-*",)),
    Point(
        N_("No letter without a glyph"),
        _ua("7.21.8", "8.4.5.9") | {"": HOUSE},
        "file",
        ("preflight.glyph-*", "text.missing-*"),
    ),
    Point(N_("Widths agree with the typefaces"), _ua("7.21.5", "8.4.5.6"), "file", ("preflight.width-*",)),
    Point(
        N_("Elements stand only where they may"),
        {"ua1": "ISO 32000-1, 14.8", "ua2": "ISO 32005"},
        "file",
        ("structure.*", *(f"preflight.{name}" for name in "nesting root loose-words empty figure-box".split())),
    ),
    Point(N_("Tables have heads and whole rows"), _ua("7.5", "8.2.5.26"), "file", ("preflight.table-*", "*head-scope")),
    Point(N_("Lists are built as lists"), _ua("7.6", "8.2.5.25"), "file", ("preflight.list-*",)),
    Point(N_("Links say where they lead"), _ua("7.18.5", "8.9"), "file", ("preflight.link-*",)),
    Point(N_("The tab key follows the text"), _ua("7.18.3", "8.9.3.3"), "file", ("preflight.tab-order",)),
    Point(
        N_("No program, no foreign action"),
        _a("6.5.1", "6.6.1"),
        "file",
        ("preflight.action", "preflight.address", "preflight.carries-javascript"),
    ),
    Point(N_("No files inside the file"), _a("6.8", "6.9"), "file", ("preflight.carries-embeddedfiles",)),
    Point(
        N_("File and page frames are sound"),
        {"": "ISO 32000"},
        "file",
        ("preflight.unreadable", "preflight.syntax", "preflight.boxes"),
    ),
    Point(N_("Publisher and printer are named"), {"": "§ 8 LPG NRW"}, "pages", ("imprint.*",), notes=True),
    Point(N_("Pictures have a credit"), {"": "§ 13 UrhG"}, "pages", ("text.credit",)),
    Point(N_("People in photos: a consent is on record"), {"": "§§ 22, 23 KUG"}, "pages", ("text.consent",)),
    Point(N_("Alternative texts say something"), {"": HOUSE}, "pages", ("text.alt",)),
    Point(
        N_("The whole text stands on the pages"),
        {"": HOUSE},
        "pages",
        ("text.overset", "text.overfull", "text.too-many-lines", "text.unsaid", "table.*", "layout.*", "sheets.*"),
    ),
    Point(N_("Lines stand neither alone nor too wide"), {"": HOUSE}, "pages", ("text.alone", "text.loose")),
    Point(N_("Type is large enough"), {"": HOUSE}, "pages", ("text.small",)),
    Point(N_("Pictures are large enough, nothing cut"), {"": HOUSE}, "pages", ("picture.*",)),
    Point(N_("Number of pages can be stapled"), {"": HOUSE}, "pages", ("pages.*",), "paper"),
    Point(N_("Words without signs of a slip"), {"": HOUSE}, "pages", ("text.*",)),
    Point(
        N_("Type and rules can be printed"),
        {"": PRINTER},
        "pages",
        ("print.type-inks", "print.rule-*", "print.reversed-*", "colour.spot"),
        "press",
    ),
    Point(N_("Ink of the colours within the limit"), {"": PRINTER}, "pages", ("print.ink-limit",), "press"),
    Point(N_("Words keep clear of the knife"), {"": PRINTER}, "pages", ("print.safe-distance",), "paper"),
    Point(N_("Date and transparency as X wants them"), {"": PRINTER}, "pages", ("print.*",), "press"),
    Point(N_("Anything else that stood out"), {"": HOUSE}, "pages", ("*",)),
)
OTHERS = N_("All other rules of the standard")

QUESTIONS = (
    N_("Does each alternative text say what the picture adds?"),
    N_("Is the reading order the one in which one would read it out?"),
    N_("Does each quotation stand with the right name and office?"),
    N_("Do figures, dates and addresses agree with the source?"),
    N_("Can the headings be understood without the text?"),
    N_("Can all of it be read when magnified four times?"),
    N_("Does the QR code lead to the printed address?"),
    N_("Do all who can be recognised in pictures consent?"),
)
ANSWERS = (N_("Yes"), N_("No"), N_("Does not apply"))


def rows(products: Sequence[Product]) -> Iterator[Row]:
    """Walk the points that concern these files, in order, then what no machine of ours tests."""
    told: set[tuple[str, int]] = set()
    for point in POINTS:
        concerned = [product for product in products if _concerns(point, product)]
        found = _found(point, concerned, told)
        if not concerned or (point.rules == ("*",) and not found):
            continue
        clause = next(point.clauses[name] for name in (*STANDARDS, "") if _holds(point, name, concerned))
        tested = point.by == "pages" or all(product.read for product in concerned)
        result: Result = "fault" if found else "passed" if tested else "untested"
        yield Row(point.words, clause, bool(found) or tested, result, found)
    for name in dict.fromkeys(name for product in products for name in product.standards):
        yield Row(OTHERS, STANDARDS[name].title, False, "untested", ())


def _concerns(point: Point, product: Product) -> bool:
    edition = EDITIONS[product.edition.partition("-")[0]]  # office-sheets are the office's
    if (point.only == "press" and edition.ink != "press") or (point.only == "paper" and not edition.paper):
        return False
    return "" in point.clauses or any(name in point.clauses for name in product.standards)


def _holds(point: Point, name: str, products: Sequence[Product]) -> bool:
    return name in point.clauses and (not name or any(name in product.standards for product in products))


def _found(
    point: Point, products: Sequence[Product], told: set[tuple[str, int]]
) -> tuple[tuple[Finding, tuple[str, ...]], ...]:
    """Return the findings that break a point, each once with its editions, without those of earlier points."""
    found: dict[str, tuple[Finding, list[str]]] = {}
    for product in products:
        for place, finding in enumerate(product.findings):
            key = (str(product.path), place)
            quiet = finding.severity == "note" and not point.notes
            if quiet or key in told or not any(_bars(rule, finding.rule) for rule in point.rules):
                continue
            told.add(key)
            found.setdefault(f"{finding.rule} {finding}", (finding, []))[1].append(product.edition)
    return tuple((finding, tuple(editions)) for finding, editions in found.values())


def _bars(bar: str, rule: str) -> bool:
    if bar.startswith("*"):
        return rule.endswith(bar[1:])
    return rule.startswith(bar[:-1]) if bar.endswith("*") else rule == bar
