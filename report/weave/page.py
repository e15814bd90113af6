"""The whole web page: what its head says, its style with the house's values, its three parts.

Knows: HTML's document, the house. Must never know articles or pages of paper.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping

from report.content import Node
from report.errors import LayoutFault
from report.findings import N_, Finding, Place
from report.house import House
from report.screen import Still, Typeface
from report.weave.elements import Weaver, escaped
from report.weave.palette import palette
from report.weave.tree import parts

_SERIFS = 'Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, "Noto Serif", serif'
_SANS = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif'
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ASKED = re.compile(r"var\(\s*--([\w-]+)")
_OWN = re.compile(r"(?<![\w(-])--([\w-]+)\s*:")
_FETCHES = re.compile(r"@import|url\s*\(|image-set\s*\(|</|<!--|\\", re.IGNORECASE)
_FIGURES = {"lining": "lining-nums", "old-style": "oldstyle-nums", "tabular": "tabular-nums lining-nums"}
_NAMED = (("author", "author"), ("keyword", "keywords"), ("publisher", "publisher"), ("rights", "copyright"))


def page(
    tree: Node, house: House, style: str, pictures: Mapping[str, Still], faces: Mapping[str, Typeface], name: str
) -> bytes:
    """Return the page as UTF-8."""
    sheet = _sheet(house, style, faces, name)
    found = parts(tree)
    weaver = Weaver(tree, pictures)
    body = "\n".join(f"<{part}>\n{weaver.blocks(node)}\n</{part}>" for part, node in found)
    language = escaped(tree.get("lang"))
    head = "\n".join(_head(tree, sheet))
    top = f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n{head}\n</head>'
    return f"{top}\n<body>\n{body}\n</body>\n</html>\n".encode()


def _head(tree: Node, sheet: str) -> list[str]:
    """Return the lines of the head; the policy lets in this style sheet and pictures of this file, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    facts: dict[str, list[str]] = {}
    for node in tree.nodes():
        if node.kind == "meta":
            facts.setdefault(node.get("name"), []).append(node.get("content"))
    lines = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escaped(tree.get('title'))}</title>",
    ]
    if facts.get("subject"):
        lines.append(f'<meta name="description" content="{escaped(facts["subject"][0])}">')
    for key, called in _NAMED:
        if facts.get(key):
            lines.append(f'<meta name="{called}" content="{escaped(", ".join(dict.fromkeys(facts[key])))}">')
    if facts.get("draft") == ["yes"]:
        lines.append('<meta name="robots" content="noindex">')
    return [*lines, f"<style>{sheet}</style>"]


def _sheet(house: House, style: str, faces: Mapping[str, Typeface], name: str) -> str:
    """Return the layout's style sheet with the values that it asks for set before it."""
    faults = [
        _fault(style, match, name, N_("A style sheet must not fetch anything or hold “{value}”."))
        for match in _FETCHES.finditer(style)
    ]
    bare = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), style)
    day, night = palette(house, False), palette(house, True)
    values = {**day, **_voices(house, faces)}
    asked = dict.fromkeys(match[1] for match in _ASKED.finditer(bare))
    own = {match[1] for match in _OWN.finditer(bare)}
    faults += [
        _fault(bare, match, name, N_("The style sheet asks for “{value}”, which is neither a colour nor a voice."), 1)
        for match in _ASKED.finditer(bare)
        if match[1] not in values and match[1] not in own
    ]
    if faults:
        raise LayoutFault(*faults)
    light = "".join(f"--{key}:{values[key]};" for key in asked if key in values)
    dark = "".join(f"--{key}:{night[key]};" for key in asked if key in night)
    rules = "\n".join(line.rstrip() for line in bare.splitlines() if line.strip())
    return f"\n:root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{rules}\n"


def _fault(text: str, match: re.Match[str], name: str, message: str, group: int = 0) -> Finding:
    line = text.count("\n", 0, match.start()) + 1
    return Finding("layout.style", message, {"value": match[group]}, Place(name, line))


def _voices(house: House, faces: Mapping[str, Typeface]) -> dict[str, str]:
    """Return the values of each voice: its typeface with what may stand in for it, weight, slant, tracking, figures."""
    found: dict[str, str] = {}
    for role, voice in house.voices.items():
        face = faces[voice.face]
        quoted = re.sub(r"[^\w .-]", "", face.family)
        found[f"{role}-face"] = f'"{quoted}", {_SERIFS if face.serif else _SANS}'
        found[f"{role}-weight"] = str(face.weight)
        found[f"{role}-slant"] = "italic" if face.italic else "normal"
        found[f"{role}-tracking"] = f"{voice.tracking:g}em" if voice.tracking else "normal"
        found[f"{role}-figures"] = _FIGURES[voice.figures]
    return found
