"""Tables as a listener meets them: every row as long as the others, every column or row with a head.

Knows: rows, cells and their spans. Must never know what the table is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.findings import N_, Finding
from report.preflight.reading import Paper, Tag
from report.preflight.structure import where


def inspect_tables(paper: Paper) -> Iterator[Finding]:
    """Judge every table of the file."""
    for tag in paper.tags():
        if tag.role == "Table":
            yield from _table(paper, tag)


def _table(paper: Paper, table: Tag) -> Iterator[Finding]:
    rows = [row for row in _rows(table) if row.role == "TR"]
    cells = [cell for row in rows for cell in row.tags() if cell.role in ("TH", "TD")]
    heads = [cell for cell in cells if cell.role == "TH"]
    place = where(paper, table)
    if not heads:
        yield Finding("preflight.table-headless", N_("A table has no head cells."), {}, place)
    bound = {name for cell in cells for name in _names(cell.attrs.get("Headers"))}
    for head in heads:
        if not head.attrs.get("Scope") and head.identifier not in bound:
            yield Finding(
                "preflight.head-scope",
                N_("A head cell does not say whether it heads a column or a row (Scope)."),
                {},
                where(paper, head),
            )
    lengths = widths(rows)
    if len(set(lengths)) > 1:
        yield Finding(
            "preflight.table-irregular",
            N_("The rows of a table have different lengths: {lengths} cells."),
            {"lengths": ", ".join(str(length) for length in lengths)},
            place,
        )


def _rows(table: Tag) -> Iterator[Tag]:
    for kid in table.tags():
        if kid.role in ("THead", "TBody", "TFoot"):
            yield from kid.tags()
        else:
            yield kid


def _names(headers: object) -> tuple[str, ...]:
    return tuple(str(name) for name in headers) if isinstance(headers, tuple) else ()


def widths(rows: list[Tag]) -> list[int]:
    """Return how many columns each row fills, with the cells that hang into it from the rows above."""
    hanging: dict[int, int] = {}  # column -> further rows that a cell above still fills
    lengths = []
    for row in rows:
        taken = {column for column, left in hanging.items() if left > 0}
        hanging = {column: left - 1 for column, left in hanging.items() if left > 0}
        column = 0
        for cell in row.tags():
            while column in taken:
                column += 1
            for filled in range(column, column + _span(cell, "ColSpan")):
                taken.add(filled)
                hanging[filled] = _span(cell, "RowSpan") - 1
            column += _span(cell, "ColSpan")
        lengths.append(len(taken))
    return lengths


def _span(cell: Tag, name: str) -> int:
    value = cell.attrs.get(name, 1)
    return min(max(int(value), 1), 1000) if isinstance(value, (int, float)) else 1
