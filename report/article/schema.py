"""The JSON Schema of the article file, for editors that complete and check while one writes.

Generated from the declared fields: `python -m report.article.schema` rewrites the published file. Never loaded in a
run. Knows: the declarations. Must never know how a value is read.
"""

from __future__ import annotations

import json
from typing import Any

from report.article.declare import Form, Items, Keyed, Kind, Record
from report.article.marks import MARKS
from report.article.model import Article
from report.paths import shipped

_PROSE = "Absätze, Listen und Tabellen. In einem Absatz: [Worte](https://…) ist ein Link, [Worte]{…} eine Auszeichnung"
FILE = shipped("assets", "schema", "article.schema.json")


def schema() -> dict[str, Any]:
    """Return the whole schema."""
    forms: dict[str, type[Form]] = {}
    _collect(Article, forms)
    definitions = {name: _object(form) for name, form in sorted(forms.items()) if form is not Article}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Artikel",
        "description": "Ein Artikel der Pressestelle: alle Worte und Angaben einer Veröffentlichung.",
        **_object(Article),
        "$defs": {**definitions, "Prose": _prose(), "Paragraph": _paragraph()},
    }


def as_text() -> str:
    """Return the schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _collect(form: type[Form], forms: dict[str, type[Form]]) -> None:
    forms[form.__name__] = form
    for _, one in form.declared.values():
        inner = _form_of(one.kind)
        if inner is not None and inner.__name__ not in forms:
            _collect(inner, forms)


def _form_of(kind: Kind[Any]) -> type[Form] | None:
    if isinstance(kind, Record):
        return kind.form
    return _form_of(kind.of) if isinstance(kind, Items | Keyed) else None


def _object(form: type[Form]) -> dict[str, Any]:
    properties = {
        key: {"title": one.title, "description": one.help, **_or_nothing(one.kind.schema(), required=one.required)}
        for key, (_, one) in form.declared.items()
    }
    required = [key for key, (_, one) in form.declared.items() if one.required]
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _or_nothing(fragment: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """Allow that nothing is written behind the key, where the field may be absent."""
    return fragment if required else {"anyOf": [fragment, {"type": "null"}]}


def _paragraph() -> dict[str, Any]:
    return {"type": ["string", "number"], "title": "Absatz", "description": f"{_PROSE} ({', '.join(MARKS)})."}


def _prose() -> dict[str, Any]:
    one = {"$ref": "#/$defs/Paragraph"}
    many = {"type": "array", "items": one}
    table = {
        "type": "object",
        "title": "Tabelle",
        "properties": {
            "caption": {"type": "string", "title": "Überschrift der Tabelle"},
            "head": {**many, "title": "Kopfzeile"},
            "rows": {"type": "array", "items": many, "title": "Zeilen"},
        },
        "required": ["head", "rows"],
        "additionalProperties": False,
    }
    blocks = [
        one,
        _single("list", {**many, "title": "Liste"}),
        _single("table", table),
        {"type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": {"pattern": " "}},
    ]
    return {"title": "Text", "anyOf": [one, {"type": "array", "items": {"anyOf": blocks}}]}


def _single(key: str, inner: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {key: inner}, "required": [key], "additionalProperties": False}


def main() -> None:
    """Rewrite the published schema."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(as_text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
