"""The text block: words become atoms, atoms become lines.

The text arrives with soft hyphens, no-break spaces and wanted breaks in it; this module is blind to language. Lines
are remembered for a document or two, since the same words in the same setting and measure break alike. Knows: a
setting, a measure. Must never know pages, elements, or where a line will stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from report.records import field, record
from report.typeset import face as faces
from report.typeset import linebreak
from report.typeset.face import Face, Shaped
from report.typeset.memory import Memory
from report.typeset.setting import Setting
from report.typeset.words import CLING, NBSP, SHY, Atom, Run, figures, inside_figure, pieces, runs, spaced, tokens

__all__ = ["Line", "Lines", "Run", "Segment", "begin", "forget", "runs", "set_lines"]

_KERNED = 0.25  # em: more is no kerning between the last letter and the hyphen that divides a word
_OPENING = "„‚»›“‘\"'«‹"
_HANGING = {
    "-": 0.7, "\u2010": 0.7, "–": 0.3, ".": 0.7, ",": 0.7, ":": 0.5, ";": 0.5, "“": 0.5, "‘": 0.7, "!": 0.2, "?": 0.2,
}  # fmt: skip
_LEANING = frozenset("AVWYTOCGQSJvwyocegqdtj")  # round or slanted at the left: they look indented when they are not


@record()
class Segment:
    """Part of a line in one face and run: shaped words, and gaps in points between them."""

    run: int
    variant: int
    face: Face
    items: list[Shaped | float]


@record()
class Line:
    """A set line: its segments, its width, how far it moves left of the edge (hanging marks, side bearings)."""

    segments: list[Segment]
    width: float
    shift: float
    text: str
    divided: bool


@record()
class Lines:
    """What a block of words became, and what was noticed: characters without glyph, lines wider than the measure."""

    lines: list[Line]
    missing: str = ""
    overfull: list[int] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)


_memory = Memory()


def begin() -> None:
    """Begin a document: within it blocks are measured again and again, and none of their lines is forgotten."""
    _memory.age()


def forget() -> None:
    """Empty the caches (for tests that compare a first with a later run)."""
    _memory.clear()


def set_lines(
    text: Sequence[Run], setting: Setting, measure: float, indent: float = 0.0, narrow: tuple[int, float] = (0, 0.0)
) -> Lines:
    """Break `text` into lines of `measure` points, the first one indented.

    The first `narrow[0]` lines lose `narrow[1]` points.
    """
    key = (tuple(text), setting, round(measure, 3), indent, narrow)
    known = _memory.lines.get(key)
    if known is None:
        known = _memory.lines_before.get(key) or _Setter(text, setting).lines(measure, indent, narrow)
        _memory.lines[key] = known
    return known


class _Setter:
    """Sets one text; splits the work by step: tokens, atoms, breaks, lines."""

    def __init__(self, text: Sequence[Run], setting: Setting) -> None:
        self.text = text
        self.setting = setting
        self.missing: dict[str, None] = {}
        face = setting.chains[0][0]
        self.space = (face.space + setting.tracking) * setting.size  # of a word space, in points
        self.hyphen = (face.hyphen(setting.features).width + setting.tracking) * setting.size

    def lines(self, measure: float, indent: float, narrow: tuple[int, float]) -> Lines:
        atoms, owner = self.atoms()
        result = Lines([])
        if not atoms:
            return result
        ends = [index for index, atom in enumerate(atoms) if atom.text == "\n"]
        for start, end in zip([0, *(index + 1 for index in ends)], [*ends, len(atoms)], strict=True):
            if start < end:
                self.chunk(atoms[start:end], owner[start:end], measure, indent if start == 0 else 0.0, narrow, result)
        result.missing = "".join(self.missing)
        return result

    def chunk(
        self,
        atoms: list[Atom],
        owner: list[int],
        measure: float,
        indent: float,
        narrow: tuple[int, float],
        result: Lines,
    ) -> None:
        """Append the lines of what stands between two wanted breaks."""
        pieces = linebreak.paragraph(
            atoms,
            self.setting.size,
            measure,
            self.setting.style,
            first_indent=indent,
            narrow=(max(0, narrow[0] - len(result.lines)), narrow[1]),
            hyphen=self.hyphen,
            space=self.space,
        )
        for start, end, ratio in pieces:
            width = measure - (indent if start == 0 else 0.0) - (narrow[1] if len(result.lines) < narrow[0] else 0.0)
            line = self.line(atoms[start:end], owner[start:end], ratio, width)
            if line.width > width + 0.05:
                result.overfull.append(len(result.lines))
            elif ratio > 3:
                result.loose.append(len(result.lines))
            result.lines.append(line)

    def atoms(self) -> tuple[list[Atom], list[int]]:
        """Return the atoms of the whole text and, beside each, the number of its run."""
        atoms: list[Atom] = []
        owner: list[int] = []
        wanted = self.setting.style.wanted_breaks
        for number, run in enumerate(self.text):
            known = _memory.of(self.setting, run.variant).atoms
            for token in tokens(run.text, wanted):
                word = known.get(token)
                if word is None:
                    word = _memory.before(self.setting, run.variant).atoms.pop(token, None)
                    word = known[token] = word or self.new_word(token, run.variant)
                if len(word) == 1:
                    if word[0].text == " " and (not atoms or atoms[-1].text in (" ", "\n")):
                        continue
                    atoms.append(word[0])
                    owner.append(number)
                else:
                    atoms += word
                    owner += [number] * len(word)
        while atoms and atoms[-1].text in (" ", "\n"):
            atoms.pop()
            owner.pop()
        return atoms, owner

    def new_word(self, token: str, variant: int) -> tuple[Atom, ...]:
        if token == "\n":
            return (Atom("\n", 0.0),)
        if token == CLING:
            return (Atom(" ", self.setting.chains[variant][0].space + self.setting.tracking, "~"),)
        if token in (" ", NBSP):
            return (Atom(token, self.setting.chains[variant][0].space + self.setting.tracking),)
        wanted = self.setting.style.hyphenate
        parts = pieces(token, wanted in ("yes", "joints"), wanted == "never")
        atoms: list[Atom] = []
        width = 0.0
        for (text, after), total in zip(parts, self.totals([text for text, _ in parts], variant), strict=True):
            own = total - width
            if atoms and atoms[-1].after == "=" and atoms[-1].text[-1] not in "-\u2010":
                own = max(own, self.width(text, variant))  # in an address: it may begin a line, without its kerning
            atoms.append(Atom(text, own, after))
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
        return sum(
            shaped.width + self.setting.tracking * len(shaped.glyphs) for _, shaped in self.shape(text, variant)
        ) - self.closing(text)

    def closing(self, text: str) -> float:
        """Return by how many em points and commas inside large figures close up."""
        close = self.setting.style.close_points
        return 2 * close * sum(1 for i, ch in enumerate(text) if inside_figure(text, i, ch)) if close else 0.0

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

    def line(self, atoms: list[Atom], owner: list[int], ratio: float, wanted: float) -> Line:
        """Set one line: atoms of one run joined and shaped whole, spaces stretched by `ratio` of a space's width.

        Where spaces stretch, the line comes out as wide as `wanted` (points), kerning at a division included.
        """
        setting = self.setting
        while atoms and atoms[-1].text == " ":
            atoms, owner = atoms[:-1], owner[:-1]
        divided = bool(atoms) and atoms[-1].after == "-"
        parted = divided or (bool(atoms) and atoms[-1].after == "=")  # the word goes on: no space between the lines
        parts: list[tuple[int, str]] = []
        begin = 0
        while begin < len(atoms):  # runs follow each other, each has its own number
            end = bisect_right(owner, owner[begin], begin)
            parts.append((owner[begin], "".join([atom.text for atom in atoms[begin:end]])))
            begin = end
        segments: list[Segment] = []
        width = 0.0
        spaces = sum(text.count(" ") + text.count(NBSP) for _, text in parts)
        gap = ratio * self.space
        over = 0.0
        if gap and spaces and setting.style.hang:
            over = self.overhang("-" if divided else parts[-1][1][-1:])
            gap += over / spaces
        for place, (number, text) in enumerate(parts):
            last = place == len(parts) - 1
            width += self.segment(segments, number, text, gap, divided and last, last and not parted)
        full = width * setting.size + gap * spaces - over
        if gap and spaces and 0.001 < abs(wanted - full) < setting.size * _KERNED:
            exact = gap + (wanted - full) / spaces
            for segment in segments:
                segment.items = [exact if item is gap else item for item in segment.items]
            full = wanted
        shift = self.shift(segments, parts[0][1] if parts else "")
        shown = "".join(text for _, text in parts) + ("-" if divided else "")
        return Line(segments, full, shift, shown, divided)

    def segment(self, segments: list[Segment], number: int, text: str, gap: float, divided: bool, ends: bool) -> float:
        """Append what one run contributes to a line; return its width in em. `ends` adds the space that parts lines."""
        setting, variant = self.setting, self.text[number].variant
        main, tracking, close = setting.chains[variant][0], setting.tracking, setting.style.close_points
        known = _memory.of(setting, variant).shaped
        width = 0.0
        current: Segment | None = None

        def put(face: Face, shaped: Shaped) -> Segment:
            nonlocal current, width
            if current is None or current.face is not face:
                current = Segment(number, variant, face, [])
                segments.append(current)
            current.items.append(shaped)
            width += shaped.width + tracking * len(shaped.glyphs)
            return current

        for token in spaced(text + SHY if divided else text):
            whole = known.get(token) or self.whole(token, variant, known)
            if whole is not None:
                segment = put(main, whole)
                if gap and token in (" ", NBSP):
                    segment.items.append(gap)
                continue
            for part, closes in figures(token) if close else ((token, False),):
                for face, shaped in self.shape(part, variant):
                    segment = put(face, shaped)
                if closes and current is not None:
                    current.items.append(-close * setting.size)
                    width -= close
        if ends:
            here = width
            put(main, main.shape(" ", setting.features))
            width = here
        return width

    def whole(self, token: str, variant: int, known: dict[str, Shaped]) -> Shaped | None:
        """Return the word as the variant's own face has it; None where it takes more than that."""
        face = self.setting.chains[variant][0]
        shaped = _memory.before(self.setting, variant).shaped.pop(token, None)
        if shaped is not None:
            known[token] = shaped
            return shaped
        if token not in (" ", NBSP) and not face.covers(token):
            return None
        if self.setting.style.close_points and any(sign in token for sign in ".,"):
            return None
        shaped = known[token] = face.shape(token, self.setting.features)
        return shaped

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
