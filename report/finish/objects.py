"""The few objects that a file has once: ReportLab writes them, sorted by key, on one line.

The masses (elements, pages, fonts) are formatted by their own modules: there each microsecond counts. Knows:
ReportLab's objects. Must never know: which objects a document wants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.pdfbase.pdfdoc import DummyDoc, PDFArray, PDFDictionary, format


def dictionary(entries: Mapping[str, object]) -> bytes:
    """Return a dictionary object; values are bytes (finished objects), numbers, mappings or sequences."""
    return bytes(format(_object(entries), DummyDoc()))


def _object(value: object) -> object:
    if isinstance(value, Mapping):
        made = PDFDictionary({key: _object(part) for key, part in value.items()})
    elif isinstance(value, Sequence) and not isinstance(value, bytes | str):
        made = PDFArray([_object(part) for part in value])
    else:
        return value
    made.multiline = False  # else the user's own settings of ReportLab would change our bytes
    return made
