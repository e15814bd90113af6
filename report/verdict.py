"""The verdict in words: a table for people, JSON for machines.

Knows: products and findings. Must never know how they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from report.findings import N_, Finding
from report.locales import Catalogue
from report.production import Product, Verdict

if TYPE_CHECKING:
    from report.handover import Delivery

_LEVELS = {"error": N_("Error"), "warning": N_("Warning"), "note": N_("Note")}
_COUNTED = {
    "error": (N_("{count} error"), N_("{count} errors")),
    "warning": (N_("{count} warning"), N_("{count} warnings")),
    "note": (N_("{count} note"), N_("{count} notes")),
}


def table(verdict: Verdict, say: Catalogue) -> str:
    """Return one row a file, and under it each finding once."""
    t = say.gettext
    heads = [
        t(word)
        for word in (
            N_("Edition"),
            N_("File"),
            N_("Pages"),
            N_("Size"),
            N_("Standards asked for"),
            N_("Findings"),
            N_("Time"),
        )
    ]
    rows = [_row(product, say) for product in verdict.products]
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    right = (2, 3, 6)
    lines = [
        "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (heads, *rows)
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    found = list(dict.fromkeys(line for product in verdict.products for line in _lines(product.findings, say)))
    waiting = [product for product in verdict.products if product.embargo]
    embargoes = {(product.article, product.embargo): product.embargo_words for product in waiting}
    lines += [
        t(N_("Embargo: {article} not before {moment}.")).format(article=article, moment=words)
        for (article, _), words in sorted(embargoes.items())
    ]
    if found:
        lines += ["", *found]
    reports = dict.fromkeys(product.report for product in verdict.products if product.report)
    lines += [t(N_("Check report: {file}")).format(file=report) for report in reports]
    message = t(N_("{file} was not written: the file of this name is an older one."))
    lines += [message.format(file=product.path) for product in verdict.products if product.outdated]
    lines += ["", t(N_("The program does not judge conformity: a validator and a person do."))]
    return "\n".join(lines)


def findings_text(findings: Iterable[Finding], say: Catalogue) -> str:
    """Return the findings, one a line; nothing where there are none."""
    lines = _lines(findings, say)
    return "\n" + "\n".join(lines) if lines else ""


def _lines(findings: Iterable[Finding], say: Catalogue) -> list[str]:
    order = list(_LEVELS)
    return [
        f"{say.gettext(_LEVELS[finding.severity])}: {say.say(finding)}"
        for finding in sorted(findings, key=lambda one: order.index(one.severity))
    ]


def _row(product: Product, say: Catalogue) -> list[str]:
    size = f"{product.size / 1024:.0f} KB" if product.written else say.gettext(N_("not written"))
    count = {level: sum(1 for finding in product.findings if finding.severity == level) for level in _LEVELS}
    told = [
        say.ngettext(*_COUNTED[level], count[level]).format(count=count[level]) for level in _LEVELS if count[level]
    ]
    seconds = f"{product.seconds:.2f} s".replace(".", say.gettext(N_("decimal point: .")).rpartition(" ")[2])
    return [
        product.edition,
        str(product.path),
        str(product.pages) if product.path.suffix == ".pdf" else "–",
        size,
        ", ".join(product.standards),
        ", ".join(told) or "–",
        seconds,
    ]


def as_json(verdict: Verdict, faults: Iterable[Finding], say: Catalogue) -> str:
    """Return the verdict as JSON: a list of files with their findings, and the faults that made files impossible."""
    import json

    told = [_plain(fault, say) for fault in faults]
    return json.dumps({"files": _files(verdict, say), "faults": told}, ensure_ascii=False, indent=2)


def handed_json(deliveries: Iterable[Delivery], say: Catalogue) -> str:
    """Return hand-overs as JSON: of each publication its files, and what came of each target."""
    import json

    told = [
        {
            "files": _files(one.verdict, say),
            "faults": [_plain(fault, say) for fault in one.faults],
            "targets": [
                {
                    "publication": handed.publication,
                    "target": handed.target,
                    "version": handed.version,
                    "place": handed.place,
                    "state": handed.state,
                    "steps": [step.name for step in handed.steps],
                    "findings": [_plain(finding, say) for finding in handed.findings],
                }
                for handed in one.handed
            ],
        }
        for one in deliveries
    ]
    return json.dumps({"deliveries": told}, ensure_ascii=False, indent=2)


def _files(verdict: Verdict, say: Catalogue) -> list[dict[str, object]]:
    return [
        {
            "article": product.article,
            "layout": product.layout,
            "edition": product.edition,
            "file": str(product.path),
            "written": product.written,
            "outdated": product.outdated,
            "report": str(product.report) if product.report else "",
            "pages": product.pages,
            "bytes": product.size,
            "standards": list(product.standards),
            "embargo": product.embargo,
            "seconds": round(product.seconds, 3),
            "findings": [_plain(finding, say) for finding in product.findings],
        }
        for product in verdict.products
    ]


def checked_json(checked: Iterable[tuple[str, Iterable[Finding]]], say: Catalogue) -> str:
    """Return what was found in articles that were only checked, as JSON."""
    import json

    articles = [{"article": name, "findings": [_plain(one, say) for one in found]} for name, found in checked]
    return json.dumps({"articles": articles}, ensure_ascii=False, indent=2)


def _plain(finding: Finding, say: Catalogue) -> dict[str, object]:
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": say.message(finding),
        "remedy": say.remedy(finding),
        "file": place.file,
        "line": place.line,
        "field": place.path,
        "page": place.page,
        "block": place.block,
    }
