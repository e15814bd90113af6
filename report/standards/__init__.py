"""The output standards: which can be ordered together, what a file must then say and hold, what breaks it.

A standard is a row of facts in a file of its family; several in one file are combined here, before any work. Knows:
the rows. Must never know: a PDF library, how a fact is put into a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from report.errors import OrderFault
from report.findings import N_, Finding
from report.records import replace
from report.standards import pdfa, pdfua, pdfx
from report.standards.nesting import misnested
from report.standards.row import Schema, Standard, Tag

__all__ = ["STANDARDS", "Ordered", "Schema", "Standard", "Tag", "combine", "judge", "misnested"]

STANDARDS = {row.name: row for row in (*pdfua.STANDARDS, *pdfa.STANDARDS, *pdfx.STANDARDS)}

_PLAIN = ("1.7", "2.0", "1.6", "1.4")  # what is written where no standard decides: the first

_REFUSED = N_("{title} is not made: it leaves colours to the printer that should be converted before.")
_INSTEAD = N_("Order x4; where a printer insists on an older standard, x1a.")


class Ordered(NamedTuple):
    """The ordered standards as one set of facts; with none ordered a plain file without structure."""

    standards: tuple[Standard, ...]
    version: str
    roles: Mapping[str, Tag]
    caption: Literal["inside", "after"]
    structure_destinations: bool
    intent: Literal["", "GTS_PDFA1", "GTS_PDFX"]
    describe_schemas: bool
    packed: bool = True
    transparency: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names, in the order in which they were ordered."""
        return tuple(row.name for row in self.standards)

    @property
    def tagged(self) -> bool:
        """Whether the file carries a structure tree."""
        return bool(self.roles)


def combine(names: Sequence[str]) -> Ordered:
    """Return the facts of all standards in `names`; raise OrderFault for names unknown or that cannot go together."""
    faults = [
        Finding("order.standard-refused", _REFUSED, {"title": pdfx.REFUSED[name]}, remedy=_INSTEAD)
        for name in names
        if name in pdfx.REFUSED
    ]
    faults += [
        Finding(
            "order.standard-unknown",
            N_("There is no standard “{name}”. Known: {known}."),
            {"name": name, "known": ", ".join(STANDARDS)},
        )
        for name in names
        if name not in STANDARDS and name not in pdfx.REFUSED
    ]
    rows = [STANDARDS[name] for name in dict.fromkeys(names) if name in STANDARDS]
    faults += _clashes(rows)
    if faults:
        raise OrderFault(*faults)
    structured = next((row for row in rows if row.roles), None)
    # PDF/A-2a and PDF/A-4 want a structure and leave its names to the version of PDF
    by_version = {row.versions[0]: row for row in pdfua.STANDARDS}
    version = _common(rows)[0]
    if structured is None and any(row.structured for row in rows):
        structured = by_version[version]
    return Ordered(
        standards=tuple(rows),
        version=version,
        roles=structured.roles if structured else {},
        caption="inside" if structured and structured.caption == "inside" else "after",
        structure_destinations=any(row.structure_destinations for row in rows),
        intent=next((row.intent for row in rows if row.intent), ""),
        describe_schemas=any(row.describe_schemas for row in rows),
        packed=all(row.packed for row in rows),
        transparency=all(row.transparency for row in rows),
    )


def _common(rows: Iterable[Standard]) -> list[str]:
    return [version for version in _PLAIN if all(version in row.versions for row in rows)]


def _clashes(rows: Sequence[Standard]) -> list[Finding]:
    """Return a finding for each pair that cannot stand in one file."""
    found = []
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            values: dict[str, object] = {"one": one.name, "other": other.name}
            if one.family == other.family:
                found.append(
                    Finding(
                        "order.standards-clash",
                        N_("“{one}” and “{other}” are of one family ({titles}): order only one of them."),
                        {**values, "titles": f"{one.title}, {other.title}"},
                    )
                )
            elif not _common((one, other)):
                versions = {"ones": ", ".join(one.versions), "others": ", ".join(other.versions)}
                found.append(
                    Finding(
                        "order.standards-clash",
                        N_("“{one}” wants PDF {ones}, “{other}” wants PDF {others}: no file can be both."),
                        {**values, **versions},
                    )
                )
    return found


def judge(findings: Iterable[Finding], ordered: Ordered) -> list[Finding]:
    """Return the findings as the ordered standards see them.

    What breaks one of them is an error; what would break only another is a warning; notes, and what is no standard's
    matter, stay as they were found.
    """
    return [_judged(finding, ordered) for finding in findings]


def _judged(finding: Finding, ordered: Ordered) -> Finding:
    if finding.severity == "note" or not any(_bars(row, finding.rule) for row in STANDARDS.values()):
        return finding
    return replace(finding, severity="error" if broken(finding, ordered) else "warning")


def broken(finding: Finding, ordered: Ordered) -> tuple[Standard, ...]:
    """Return the ordered standards that `finding` breaks."""
    return tuple(row for row in ordered.standards if _bars(row, finding.rule))


def _bars(row: Standard, rule: str) -> bool:
    return any(rule.startswith(bar[:-1]) if bar.endswith("*") else rule == bar for bar in row.bars)
