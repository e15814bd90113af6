"""A drawing written as a file of its own, in one house's colours, for where no page is drawn.

What stands in it is what a page would show: outlines, colours, lines, clips. No word, no name, no reference of the
drawing's own file gets into it. Knows: painting steps. Must never know pages, or who shows the drawing.
"""

from __future__ import annotations

import re

from report.house import House
from report.typeset.ink import number
from report.typeset.svg import Drawing, coloured
from report.typeset.svgsteps import Step

_LINE = re.compile(r"(\S+) w (\S+) J (\S+) j (\S+) M \[(.*?)\] (\S+) d")
_CAPS = {"0": "butt", "1": "round", "2": "square"}
_JOINS = {"0": "miter", "1": "round", "2": "bevel"}


def written(drawing: Drawing, house: House) -> bytes:
    """Return `drawing` as SVG; raise PictureFault where it names a role that the house has not."""
    width, height = number(drawing.width), number(drawing.height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f'<g transform="matrix(1 0 0 -1 0 {height})">',
    ]
    open_groups = [0]  # since each step that saved
    clips = 0
    for step in drawing.steps:
        if step.kind == "save":
            open_groups.append(0)
        elif step.kind == "restore":
            parts.append("</g>" * open_groups.pop())
        elif step.kind == "clip":
            clips += 1
            rule = ' clip-rule="evenodd"' if step.evenodd else ""
            parts.append(f'<clipPath id="c{clips}"><path d="{_path(step.outline)}"{rule}/></clipPath>')
            parts.append(f'<g clip-path="url(#c{clips})">')
            open_groups[-1] += 1
        else:
            parts.append(_painted(step, drawing, house))
    return "".join((*parts, "</g>" * sum(open_groups), "</g></svg>")).encode()


def _painted(step: Step, drawing: Drawing, house: House) -> str:
    fill = coloured(drawing, house, step.fill) if step.fill else "none"
    attrs = [f'd="{_path(step.outline)}"', f'fill="{fill}"']
    if step.evenodd and step.fill:
        attrs.append('fill-rule="evenodd"')
    if step.stroke:
        attrs += [f'stroke="{coloured(drawing, house, step.stroke)}"', *_line(step.line.decode())]
    if step.frame:
        matrix = step.frame.decode().removesuffix(" cm\n")
        attrs.append(f'transform="matrix({matrix})"')
    return f"<path {' '.join(attrs)}/>"


def _line(operators: str) -> list[str]:
    match = _LINE.match(operators)
    if match is None:
        return []
    width, cap, join, miter, dash, offset = match.groups()
    found = [f'stroke-width="{width}"', f'stroke-linecap="{_CAPS[cap]}"', f'stroke-linejoin="{_JOINS[join]}"']
    found.append(f'stroke-miterlimit="{miter}"')
    return [*found, f'stroke-dasharray="{dash}"', f'stroke-dashoffset="{offset}"'] if dash else found


def _path(operators: bytes) -> str:
    """Return a page's operators for an outline as SVG's."""
    found: list[str] = []
    numbers: list[str] = []
    for word in operators.decode().split():
        if word in ("m", "l", "c"):
            found.append(word.upper() + " ".join(numbers))
        elif word == "h":
            found.append("Z")
        elif word == "re":
            x, y, width, height = numbers
            found.append(f"M{x} {y}h{width}v{height}h{number(-float(width))}Z")
        else:
            numbers.append(word)
            continue
        numbers = []
    return "".join(found)
