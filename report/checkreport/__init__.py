"""The check report of each layout: what a machine tested of its files, what a person must still look at.

It is set by our own typesetter, as a sheet in the house's style, and written beside the files as PDF and as JSON. It
claims no more than was tested: a point that nobody tested here says so, no box is ever ticked, and no file is called
accessible or conforming. Knows: products, check points, the doors of the rooms. Must never know how anything is tested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from report import files, house, layoutfile
from report.article import Article, completed, read
from report.checkreport.points import ANSWERS, FIRST, QUESTIONS, VERSION, Row, rows
from report.editions import EDITIONS
from report.errors import TargetFault
from report.findings import N_, Finding
from report.locales import Catalogue, catalogue
from report.order import Job, Product
from report.records import replace
from report.standards import STANDARDS, Ordered, broken, combine, judge

if TYPE_CHECKING:
    from report.localise import Language

__all__ = ["reported", "stood_out"]

LAYOUT = "shared/check-report"
_UNKNOWN = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
_MOST_ROUNDS = 9  # each names some characters that no typeface has
_RESULTS = {"passed": N_("passed"), "fault": N_("fault"), "untested": N_("not tested")}
_COUNTED = {
    "passed": (N_("{count} passed"), N_("{count} passed")),
    "fault": (N_("{count} fault"), N_("{count} faults")),
    "untested": (N_("{count} not tested"), N_("{count} not tested")),
}


def stood_out(data: bytes, ordered: Ordered) -> list[Finding]:
    """Read a finished file as a stranger and return what stands out, as the ordered standards see it.

    A file that is to carry no tags cannot be at fault for having none: what only a tagged file can break is left out.
    """
    from report.preflight import check

    found = check(data)
    if not ordered.tagged:
        tags, any_file = combine(("ua1",)), combine(("a4",))
        found = [one for one in found if broken(one, any_file) or not broken(one, tags)]
    return judge(found, ordered)


def reported(job: Job, products: Sequence[Product]) -> list[Product]:
    """Write a report for each layout that made pages; return all products, those of a report with its place."""
    from report.localise import language

    style = house.load(job.house)
    article = completed(read(job.article), style.standing, f"{style.name}/house.yaml")
    tongue = language(article.language, style.style)
    found: dict[str, Path | TargetFault] = {}
    for name in dict.fromkeys(product.layout for product in products if product.pages):
        of = [product for product in products if product.layout == name and _is_read(product)]
        drafted = ("entwurf",) if article.draft else ()
        stem = "-".join((article.id, name, "pruefbericht", *(job.standards or ()), *drafted))
        path = job.out / f"{stem}.pdf"
        try:
            _write(path, _facts(of, catalogue(article.language)), article, tongue, style)
            found[name] = path
        except TargetFault as fault:
            found[name] = fault
    return [_with(product, found.get(product.layout)) for product in products]


def _is_read(product: Product) -> bool:
    """Tell whether somebody reads the product: not a dummy for folding."""
    return product.pages > 0 and not product.edition.endswith("-dummy")


def _with(product: Product, report: Path | TargetFault | None) -> Product:
    if isinstance(report, TargetFault):
        return replace(product, findings=(*product.findings, *report.faults))
    return replace(product, report=report)


def _facts(products: Sequence[Product], say: Catalogue) -> dict[str, object]:
    """Return all that the report says, in the reader's words: what the JSON holds and the template shows."""
    from report.preflight import reader

    t = say.gettext
    points = list(rows(products))
    counts = {result: sum(row.result == result for row in points) for result in _RESULTS}
    told = [say.ngettext(*_COUNTED[result], count).format(count=count) for result, count in counts.items() if count]
    return {
        "layout": products[0].layout,
        "tools": f"Satzspiegel {VERSION}, {reader()}",
        "files": [_file(product) for product in products],
        "points": [_point(row, t) for row in points],
        "first": FIRST,
        "counts": counts,
        "sum": ", ".join(told),
        "faults": [
            {
                "point": t(row.words),
                "place": say.place(finding.place),
                "words": say.message(finding),
                "remedy": say.remedy(finding),
                "editions": list(editions),
            }
            for row in points
            for finding, editions in row.findings
        ],
        "questions": [t(question) for question in QUESTIONS],
        "answers": [t(answer) for answer in ANSWERS],
    }


def _point(row: Row, t: Callable[[str], str]) -> dict[str, object]:
    return {
        "point": t(row.words),
        "clause": t(row.clause),
        "tool": f"Satzspiegel {VERSION}" if row.tested else "",
        "result": row.result,
        "words": t(_RESULTS[row.result]),
    }


def _file(product: Product) -> dict[str, object]:
    digest = sha256(product.path.read_bytes(), usedforsecurity=False).hexdigest() if product.written else ""
    return {
        "name": product.path.name,
        "edition": product.edition,
        "pages": product.pages,
        "standards": [STANDARDS[name].title for name in product.standards],
        "sha256": digest,
    }


def _write(path: Path, facts: dict[str, object], article: Article, tongue: Language, style: house.House) -> None:
    """Write the JSON, then the sheet."""
    about = {"article": article.id, "title": article.headline.plain, "draft": article.draft}
    words = json.dumps({**about, **facts}, ensure_ascii=False, indent=2)
    files.write(path.with_suffix(".json"), f"{words}\n".encode())
    files.write(path, _sheet(facts, article, tongue, style))


def _sheet(facts: dict[str, object], article: Article, tongue: Language, style: house.House) -> bytes:
    """Return the report as a tagged PDF, by the standards of what is mailed."""
    from report.compose import content, markup
    from report.finish import finish
    from report.typeset import typeset

    layout = layoutfile.load(LAYOUT)
    mail = EDITIONS["mail"]
    words = markup(article, tongue, layout.folder, style, {"checked": facts})
    for _ in range(_MOST_ROUNDS):
        proof = typeset(content(words, LAYOUT, mail.name), style, layout, article.folder)
        missing = {sign for one in proof.findings for sign in _UNKNOWN.findall(str(one.values.get("characters", "")))}
        if not missing:
            break
        for code in missing:  # what the report tells of may be just what no typeface has
            words = words.replace(chr(int(code, 16)), "\ufffd" if code != "FFFD" else "?")
    proof.about.date = str(article.date).split("/")[0] if article.date is not None else ""
    return finish(proof, combine(mail.standards), mail, {})
