"""Where lines end: a paragraph of atoms becomes lines.

The atoms come with all that language decides (where a word may be divided, which spaces hold together); here they
become boxes, spaces and chances, and `totalfit` finds the best breaks. Pure functions. Must never know faces, pages,
or languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from report.typeset.chances import Chances
from report.typeset.totalfit import Breaker
from report.typeset.ways import CLINGING, HARD_HYPHEN, HYPHEN, Rules

STRETCH, SHRINK = 0.5, 0.3  # of a space's width, as far as justified text likes to go
_NO_BREAK_SPACE = "\u00a0"


class Atom(Protocol):
    """A piece of a word, or a space; `width` in em; `after` tells what may follow: '', '-' drawn, '=' there already.

    On a space any `after` says that a line had better not end here.
    """

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def width(self) -> float: ...  # noqa: D102
    @property
    def after(self) -> str: ...  # noqa: D102


class Style(Protocol):
    """What of a style concerns the breaks."""

    @property
    def align(self) -> str: ...  # noqa: D102
    @property
    def hyphenate(self) -> str: ...  # noqa: D102
    @property
    def rag(self) -> float: ...  # noqa: D102


Line = tuple[int, int, float]  # first atom, the atom after the last, what each space grows by (in spaces)


def paragraph(
    atoms: Sequence[Atom],
    size: float,
    measure: float,
    style: Style,
    *,
    first_indent: float = 0.0,
    narrow: tuple[int, float] = (0, 0.0),
    hyphen: float,
    space: float,
) -> list[Line]:
    """Break atoms into lines of `measure` points; spaces at a line's ends belong to no line.

    The first line is indented, the first `narrow[0]` lines lose `narrow[1]` points; `hyphen` and `space` are widths in
    points. A third value of 1.0 makes each space of the line twice as wide as it is; in ragged text it is 0. A word
    wider than the measure that nobody may divide makes a line wider than the measure: nothing is cut.
    """
    if not atoms:
        return []
    room = measure - first_indent - (narrow[1] if narrow[0] else 0.0)
    if sum([atom.width for atom in atoms]) * size <= room:  # one line is cheaper than two
        return [(0, len(atoms) - _spaces_at_the_end(atoms), 0.0)]
    justify = style.align == "justify"
    chances = _chances(atoms, size, measure, style, hyphen)
    short = [measure - narrow[1]] * narrow[0] or ([measure] if first_indent else [])
    if short:
        short[0] -= first_indent
    breaker = Breaker(chances, short, measure, Rules(justify=justify, rag=style.rag))
    lines: list[Line] = []
    start = 0
    for number, end in enumerate(breaker.best()):
        first, after = chances.items[start][1], chances.items[end][0]
        grow = 0.0
        if justify:
            spaces = len([1 for atom in atoms[first:after] if atom.text in (" ", _NO_BREAK_SPACE)])
            missing = breaker.line_measure(number) - chances.ends[end] + chances.starts[start]
            if spaces and (missing < 0 or end < breaker.end):
                grow = max(missing / (spaces * space), -SHRINK)
        lines.append((first, after, grow))
        start = end
    return lines


def _chances(atoms: Sequence[Atom], size: float, measure: float, style: Style, hyphen: float) -> Chances:
    """Return the chances of a paragraph. Its last word is not divided, nor, with `joints`, a word that fits a line."""
    chances = Chances()
    count = len(atoms) - _spaces_at_the_end(atoms)
    last_word = next((i for i in range(count - 1, -1, -1) if atoms[i].text == " "), -1)
    sparing = style.hyphenate == "joints"
    divide = not sparing or _wide(atoms, 0, size, measure)
    last = count - 1
    for index, atom in enumerate(atoms[:count]):
        text, after, width = atom.text, atom.after, atom.width * size
        if text in (" ", _NO_BREAK_SPACE):
            cost = None if text != " " else CLINGING if after else 0.0
            chances.space(index, width, width * STRETCH, width * SHRINK, cost)
            if text == " " and (sparing or index == last_word):
                divide = _wide(atoms, index + 1, size, measure)
            continue
        chances.width += width
        chances.count += len(text) if text.isalnum() else sum(map(str.isalnum, text))
        if after and index < last:
            if after != "-":
                chances.add(index + 1, 0.0, HARD_HYPHEN, True)
            elif divide:
                chances.add(index + 1, hyphen, HYPHEN, True)
    chances.finish(count)
    return chances


def _spaces_at_the_end(atoms: Sequence[Atom]) -> int:
    count = 0
    while count < len(atoms) and atoms[-1 - count].text == " ":
        count += 1
    return count


def _wide(atoms: Sequence[Atom], index: int, size: float, measure: float) -> bool:
    """Tell whether the word that starts at `index` is wider than the measure."""
    width = 0.0
    while index < len(atoms) and atoms[index].text != " ":
        width += atoms[index].width * size
        index += 1
    return width > measure
