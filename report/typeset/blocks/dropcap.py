"""The drop capital: a first letter as tall as its lines, read with the rest of its word as one.

The letter's cap height spans from the first line's cap height to the last of its lines' baseline. Knows: one letter
and its setting. Must never know the lines beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from report.content import Node
from report.records import record
from report.typeset.face import Face, Shaped
from report.typeset.paragraph import Run
from report.typeset.setting import Setting

_AIR = 0.3  # of the body size, between the letter and the lines


@record(frozen=True)
class DropCap:
    """A first letter: its glyphs, its size, the room it takes; `node` stands for the word that it begins."""

    face: Face
    letter: Shaped
    size: float
    lines: int
    room: float
    node: Node


def dropped(runs: Sequence[Run], setting: Setting, scope: int) -> tuple[DropCap, list[Run]] | None:
    """Return the drop capital of `runs` and the runs without it; None where they do not begin with a letter.

    `scope` is the number under which the rest of the first word names the capital's node.
    """
    lines = setting.style.drop_cap
    if not lines or not runs or not runs[0].text[:1].isalpha() or runs[0].scope:
        return None
    first = runs[0]
    word, gap, rest = first.text.partition(" ")
    face = setting.chains[first.variant][0]
    if not face.covers(word[0]):
        return None
    letter = face.shape(word[0], setting.features)
    size = ((lines - 1) * setting.leading + face.cap_height * setting.size) / face.cap_height
    room = letter.width * size + _AIR * setting.size - letter.left * size
    node = Node("span", {"actual": word.replace("\u00ad", "")})
    divided = [Run(word[1:], first.variant, scope), Run(gap + rest, first.variant, first.scope)]
    return DropCap(face, letter, size, lines, room, node), [*(run for run in divided if run.text), *runs[1:]]
