"""What a house's template wrote is read back: XML well-formed, JSON readable, CSV with as many cells in every row.

Knows: forms. Must never know: what is written in them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from xml.parsers import expat

from report.errors import DeliveryFault
from report.findings import N_, Finding, Place


def _fault(target: str, name: str, message: str, line: int, **values: object) -> DeliveryFault:
    """`line` is one of the text that was written; the template's own lines are near it."""
    remedy = N_("Look at the template near line {line} of what it writes.")
    told = {"target": target, "line": line, **values}
    return DeliveryFault(Finding("deliver.sidecar", message, told, Place(name), remedy=remedy))


def _xml(target: str, name: str, text: str) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise _fault(target, name, N_("{target}: a DOCTYPE has no place beside a document."), parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        message = N_("{target}: what the template writes is no well-formed XML: {reason}.")
        raise _fault(target, name, message, error.lineno, reason=expat.ErrorString(error.code)) from None


def _json(target: str, name: str, text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        message = N_("{target}: what the template writes is no JSON: {reason}.")
        raise _fault(target, name, message, error.lineno, reason=error.msg) from None


def _csv(target: str, name: str, text: str) -> None:
    first = re.sub('"[^"]*"', "", text).splitlines()[:1]
    between = max(";,\t|", key="".join(first).count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error as error:
        message = N_("{target}: what the template writes is no CSV: {reason}.")
        raise _fault(target, name, message, 1, reason=str(error)) from None
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            message = N_("{target}: row {line} of the CSV has {count} cells, the first has {wanted}.")
            raise _fault(target, name, message, number, count=len(row), wanted=len(rows[0]))


PROVED: dict[str, Callable[[str, str, str], None]] = {"xml": _xml, "csv": _csv, "json": _json}
