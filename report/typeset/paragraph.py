"""The text block: words become atoms, atoms become lines.

The text arrives with soft hyphens, no-break spaces and wanted breaks in it; this module is blind to language. Lines
are remembered per process (bounded), since the same words in the same setting and measure break alike. Knows: a
setting, a measure. Must never know pages, elements, or where a line will stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from report.content import Node
from report.typeset import face as faces
from report.typeset import linebreak
from report.typeset.face import Face, Shaped
from report.typeset.setting import Setting

SHY, NBSP, ZERO = "\u00ad", "\u00a0", "\u200b"
CLING = NBSP + ZERO  # a space that may end a line, at a cost
_KEPT_LINES = 4_000
_KEPT_WORDS = 20_000
_OPENING = "„‚»›“‘\"'«‹"
_HANGING = {"-": 0.7, "\u2010": 0.7, "–": 0.3, ".": 0.7, ",": 0.7, ":": 0.5, ";": 0.5, "“": 0.5, "‘": 0.7, "!": 0.2, "?": 0.2}
_LEANING = frozenset("AVWYTOCGQSJvwyocegqdtj")  # round or slanted at the left: they look indented when they are not


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one variant (0 plain, 1 strong, 2 emphasised); `scope` counts the inline elements (0: none)."""

    text: str
    variant: int = 0
    scope: int = 0


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a word that is never divided, or a space.

    `after`: what may follow it ('', '-' drawn, '=' there); of a space, '~' that it clings to the word after it.
    """

    text: str
    width: float  # em
    after: str = ""


@dataclass(slots=True)
class Segment:
    """Part of a line in one face and run: shaped words, and gaps in points between them."""

    run: int
    variant: int
    face: Face
    items: list[Shaped | float]


@dataclass(slots=True)
class Line:
    """A set line: its segments, its width, how far it moves left of the edge (hanging marks, side bearings)."""

    segments: list[Segment]
    width: float
    shift: float
    text: str
    divided: bool


@dataclass(slots=True)
class Lines:
    """What a block of words became, and what was noticed: characters without glyph, lines wider than the measure."""

    lines: list[Line]
    missing: str = ""
    overfull: list[int] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)


def runs(node: Node) -> tuple[list[Run], list[Node]]:
    """Return the words of a text-bearing node as runs, and the inline elements that runs name by `scope` (from 1)."""
    found: list[Run] = []
    scopes: list[Node] = []

    def walk(inner: Node, variant: int, scope: int) -> None:
        for child in inner.children:
            if isinstance(child, str):
                if child:
                    found.append(Run(child, variant, scope))
            elif child.kind == "pageref":
                found.append(Run(child.text() or "0", variant, scope))
            elif child.kind == "br":
                found.append(Run("\r" if child.get("wanted") == "yes" else "\n", variant, scope))
            elif child.kind in ("a", "span", "artifact"):
                scopes.append(child)
                walk(child, variant, len(scopes))
            else:
                walk(child, {"strong": 1, "em": 2}.get(child.kind, variant), scope)

    walk(node, 0, 0)
    return found, scopes


_lines: dict[tuple[object, ...], Lines] = {}
_words: dict[tuple[object, ...], tuple[Atom, ...]] = {}


def forget() -> None:
    """Empty the caches (for tests that compare a first with a later run)."""
    _lines.clear()
    _words.clear()


def set_lines(text: Sequence[Run], setting: Setting, measure: float, indent: float = 0.0, narrow: tuple[int, float] = (0, 0.0)) -> Lines:
    """Break `text` into lines of `measure` points; the first is indented, the first `narrow[0]` lines lose `narrow[1]` points."""
    key = (tuple(text), setting.key, round(measure, 3), indent, narrow)
    known = _lines.get(key)
    if known is None:
        if len(_lines) >= _KEPT_LINES:
            _lines.clear()
        known = _lines[key] = _Setter(text, setting).lines(measure, indent, narrow)
    return known


class _Setter:
    """Sets one text; splits the work by step: tokens, atoms, breaks, lines."""

    def __init__(self, text: Sequence[Run], setting: Setting) -> None:
        self.text = text
        self.setting = setting
        self.missing: dict[str, None] = {}

    def lines(self, measure: float, indent: float, narrow: tuple[int, float]) -> Lines:
        size = self.setting.size
        atoms, owner = self.atoms()
        result = Lines([])
        if not atoms:
            return result
        chunk: list[int] = []
        starts_indented = indent
        for index, atom in enumerate([*atoms, Atom("\n", 0.0)]):
            if atom.text != "\n":
                chunk.append(index)
                continue
            if chunk:
                done = len(result.lines)
                narrowed = max(0, narrow[0] - done)
                pieces = linebreak.paragraph(
                    [atoms[i] for i in chunk],
                    size,
                    measure,
                    self.setting.style,
                    first_indent=starts_indented,
                    narrow=(narrowed, narrow[1]),
                    hyphen=self.hyphen_width(),
                    space=self.space_width(),
                )
                for start, end, ratio in pieces:
                    width = measure - (starts_indented if start == 0 else 0.0) - (narrow[1] if len(result.lines) < narrow[0] else 0.0)
                    line = self.line([atoms[i] for i in chunk[start:end]], [owner[i] for i in chunk[start:end]], ratio)
                    if line.width > width + 0.05:
                        result.overfull.append(len(result.lines))
                    elif ratio > 3:
                        result.loose.append(len(result.lines))
                    result.lines.append(line)
            starts_indented = 0.0
            chunk = []
        result.missing = "".join(self.missing)
        return result

    def space_width(self) -> float:
        """Return the width of a word space in points."""
        return (self.setting.chains[0][0].space + self.setting.tracking) * self.setting.size

    def hyphen_width(self) -> float:
        """Return the width of the hyphen that a division adds, in points."""
        return (self.setting.chains[0][0].hyphen(self.setting.features).width + self.setting.tracking) * self.setting.size

    def atoms(self) -> tuple[list[Atom], list[int]]:
        """Return the atoms of the whole text and, beside each, the number of its run."""
        atoms: list[Atom] = []
        owner: list[int] = []
        for number, run in enumerate(self.text):
            for token in _tokens(run.text, self.setting.style.wanted_breaks):
                for atom in self.word(token, run.variant):
                    if atom.text == " " and (not atoms or atoms[-1].text in (" ", "\n")):
                        continue
                    atoms.append(atom)
                    owner.append(number)
        while atoms and atoms[-1].text in (" ", "\n"):
            atoms.pop()
            owner.pop()
        return atoms, owner

    def word(self, token: str, variant: int) -> tuple[Atom, ...]:
        key = (self.setting.key, variant, token)
        known = _words.get(key)
        if known is None:
            if len(_words) >= _KEPT_WORDS:
                _words.clear()
            known = _words[key] = self.new_word(token, variant)
        return known

    def new_word(self, token: str, variant: int) -> tuple[Atom, ...]:
        if token == "\n":
            return (Atom("\n", 0.0),)
        if token == CLING:
            return (Atom(" ", self.setting.chains[variant][0].space + self.setting.tracking, "~"),)
        if token in (" ", NBSP):
            return (Atom(token, self.setting.chains[variant][0].space + self.setting.tracking),)
        hyphenate = self.setting.style.hyphenate != "no"
        pieces = _pieces(token, hyphenate)
        atoms: list[Atom] = []
        width = 0.0
        for (text, after), total in zip(pieces, self.totals([text for text, _ in pieces], variant), strict=True):
            atoms.append(Atom(text, total - width, after))
            width = total
        return tuple(atoms)

    def totals(self, pieces: list[str], variant: int) -> list[float]:
        """Return the width of the first, the first two, … of the pieces of a word, in em, with tracking."""
        setting, word = self.setting, "".join(pieces)
        face = setting.chains[variant][0]
        if len(pieces) > 1 and not setting.style.close_points and face.covers(word):
            return [width + setting.tracking * glyphs for width, glyphs in face.prefixes(pieces, setting.features)]
        return [self.width("".join(pieces[: count + 1]), variant) for count in range(len(pieces))]

    def width(self, text: str, variant: int) -> float:
        """Return the width of `text`, shaped whole, in em, with tracking."""
        return sum(shaped.width + self.setting.tracking * len(shaped.glyphs) for _, shaped in self.shape(text, variant)) - self.closing(text)

    def closing(self, text: str) -> float:
        """Return by how many em points and commas inside large figures close up."""
        close = self.setting.style.close_points
        return 2 * close * sum(1 for i, ch in enumerate(text) if _inside_figure(text, i, ch)) if close else 0.0

    def shape(self, text: str, variant: int) -> list[tuple[Face, Shaped]]:
        """Shape `text` in the variant's face, and what it lacks in the fallback faces."""
        chain = self.setting.chains[variant]
        if chain[0].covers(text):
            return [(chain[0], chain[0].shape(text, self.setting.features))]
        found: list[tuple[Face, Shaped]] = []
        for face, part in faces.pick(chain, text):
            if face is None:
                self.missing.update(dict.fromkeys(part))
            else:
                found.append((face, face.shape(part, self.setting.features)))
        return found

    def line(self, atoms: list[Atom], owner: list[int], ratio: float) -> Line:
        """Set one line: atoms of one run joined and shaped whole, spaces stretched by `ratio` of a space's width."""
        setting = self.setting
        while atoms and atoms[-1].text == " ":
            atoms, owner = atoms[:-1], owner[:-1]
        divided = bool(atoms) and atoms[-1].after == "-"
        parted = divided or (bool(atoms) and atoms[-1].after == "=")  # the word goes on: no space between the lines
        parts: list[tuple[int, str]] = []
        for atom, number in zip(atoms, owner, strict=True):
            if parts and parts[-1][0] == number:
                parts[-1] = (number, parts[-1][1] + atom.text)
            else:
                parts.append((number, atom.text))
        segments: list[Segment] = []
        width = 0.0
        spaces = sum(text.count(" ") + text.count(NBSP) for _, text in parts)
        gap = ratio * self.space_width()
        if gap and spaces and setting.style.hang:
            gap += self.overhang("-" if divided else parts[-1][1][-1:]) / spaces
        for place, (number, text) in enumerate(parts):
            last = place == len(parts) - 1
            width += self.segment(segments, number, text, gap, divided and last, last and not parted)
        shift = self.shift(segments, parts[0][1] if parts else "")
        shown = "".join(text for _, text in parts) + ("-" if divided else "")
        return Line(segments, width * setting.size + gap * spaces, shift, shown, divided)

    def segment(self, segments: list[Segment], number: int, text: str, gap: float, divided: bool, ends: bool) -> float:
        """Append what one run contributes to a line; return its width in em. `ends` adds the space that parts lines."""
        setting, variant = self.setting, self.text[number].variant
        width = 0.0
        current: Segment | None = None

        def put(face: Face, shaped: Shaped) -> None:
            nonlocal current, width
            if current is None or current.face is not face:
                current = Segment(number, variant, face, [])
                segments.append(current)
            current.items.append(shaped)
            width += shaped.width + setting.tracking * len(shaped.glyphs)

        main = setting.chains[variant][0]
        for token in _spaced(text + SHY if divided else text):
            if token in (" ", NBSP):
                put(main, main.shape(token, setting.features))
                if gap and current is not None:
                    current.items.append(gap)
                continue
            for part, closes in _figures(token) if setting.style.close_points else ((token, False),):
                for face, shaped in self.shape(part, variant):
                    put(face, shaped)
                if closes and current is not None:
                    current.items.append(-setting.style.close_points * setting.size)
                    width -= setting.style.close_points
        if ends:
            here = width
            put(main, main.shape(" ", setting.features))
            width = here
        return width

    def overhang(self, sign: str) -> float:
        """Return how far a small sign at the end of a justified line may stand out, in points."""
        return _HANGING.get(sign, 0.0) * self.width(sign, 0) * self.setting.size if sign in _HANGING else 0.0

    def shift(self, segments: list[Segment], text: str) -> float:
        """Return how far the line moves left so that its ink, or its first letter, stands on the edge (points)."""
        style, size = self.setting.style, self.setting.size
        if not segments or not isinstance(segments[0].items[0], Shaped):
            return 0.0
        first = segments[0].items[0]
        shift = 0.0
        if style.hang and text[0] in _OPENING:
            count = 1
            mark = first.glyphs[0]
            shift = (mark[2] + self.setting.tracking) * count
        if style.ink_edge:
            shift = first.left
        if style.optical and text[0] in _LEANING:
            shift += style.optical
        return shift * size


def _inside_figure(text: str, index: int, ch: str) -> bool:
    return ch in ".," and 0 < index < len(text) - 1 and text[index - 1].isdigit() and text[index + 1].isdigit()


def _figures(token: str) -> Iterator[tuple[str, bool]]:
    """Split `10.000` into parts, each with whether the next one closes up to it."""
    start = 0
    for index, ch in enumerate(token):
        if _inside_figure(token, index, ch):
            yield token[start:index], True
            yield ch, True
            start = index + 1
    yield token[start:], False


def _tokens(text: str, wanted: bool) -> Iterator[str]:
    """Split a run at its spaces and breaks; a wanted break (\\r) is a space where the style does not take it."""
    start = 0
    for index, ch in enumerate(text):
        if ch == ZERO and index == start:
            start += 1
        elif ch in " \n\r\t" or ch == NBSP:
            if index > start:
                yield text[start:index]
            clings = text[index : index + 2] == CLING
            yield CLING if clings else NBSP if ch == NBSP else "\n" if ch == "\n" or (ch == "\r" and wanted) else " "
            start = index + 1
    if start < len(text):
        yield text[start:]


def _spaced(text: str) -> Iterator[str]:
    start = 0
    for index, ch in enumerate(text):
        if ch == " " or ch == NBSP:
            if index > start:
                yield text[start:index]
            yield ch
            start = index + 1
    if start < len(text):
        yield text[start:]


def _pieces(token: str, hyphenate: bool) -> list[tuple[str, str]]:
    """Split a word where it may be divided: at soft hyphens (a hyphen is added), after hard ones (it is there)."""
    pieces: list[tuple[str, str]] = []
    start = 0
    for index, ch in enumerate(token):
        if ch == SHY:
            if hyphenate and index > start:
                pieces.append((token[start:index], "-"))
                start = index + 1
        elif ch == ZERO:
            if index > start:
                pieces.append((token[start:index], "="))
            start = index + 1
        elif ch in "-\u2010" and 0 < index < len(token) - 1 and token[index - 1].isalpha() and token[index + 1].isalpha():
            pieces.append((token[start : index + 1], "="))
            start = index + 1
    pieces.append((token[start:], ""))
    return [(text.replace(SHY, ""), after) for text, after in pieces if text.replace(SHY, "")]
