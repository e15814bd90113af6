"""The article as an outline that a person can read: each field by its path, values as they were understood.

Knows: the declarations. Must never know how a value is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.article.declare import Form
from report.article.model import Article
from report.article.prose import Display, Listing, Paragraph, Part, Quotation, Table


def outline(article: Article) -> str:
    """Return the outline; soft hyphens as `|`, wanted breaks as `/`, marks as `[words]{kind}`."""
    lines = [*_form(article)]
    if article.findings:
        lines += ["", *(f"{finding.severity} {finding}" for finding in article.findings)]
    return "\n".join(lines) + "\n"


def _form(form: Form) -> Iterator[str]:
    for key, (name, _) in form.declared.items():
        path = f"{form.path}.{key}" if form.path else key
        yield from _value(path, getattr(form, name))


def _value(path: str, value: object) -> Iterator[str]:
    if value is None or value in ("", (), {}) or (isinstance(value, Display) and not value):
        return
    if isinstance(value, Form):
        yield from _form(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _form(inner)
    elif isinstance(value, Display):
        yield f"{path}: {value.marked.replace(chr(0xAD), '|').replace(chr(10), ' / ')}"
    elif type(value) is tuple:
        for index, item in enumerate(value):
            yield from _item(f"{path}[{index}]", item)
    else:
        yield f"{path}: {value}"


def _item(path: str, item: object) -> Iterator[str]:
    if isinstance(item, Paragraph):
        yield f"{item.path}: {_marked(item.parts)}"
    elif isinstance(item, Listing):
        for one in item.items:
            yield from _item(one.path, one)
    elif isinstance(item, Table):
        yield f"{item.path}.table.caption: {item.caption}"
        for row in (item.head, *item.rows):
            yield f"{row[0].path if row else item.path}: {' | '.join(_marked(cell.parts) for cell in row)}"
    else:
        yield from _value(path, item)


def _marked(parts: tuple[Part, ...]) -> str:
    return "".join(part if isinstance(part, str) else f"[{_marked(part.parts)}]{{{_mark(part)}}}" for part in parts)


def _mark(part: Part) -> str:
    if isinstance(part, Quotation):
        return f"quote={part.id} by={part.speaker}"
    if isinstance(part, str):
        return ""
    return " ".join((part.kind, *(f"{key}={value}" for key, value in part.attrs.items())))
