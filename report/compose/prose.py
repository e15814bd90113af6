"""Running text as markup: paragraphs, lists and tables of the article, each with the path of its field.

A quotation that the layout lifts out is left out of its paragraph, with the words that follow it in its sentence; the
layout sets it itself. The words of one paragraph are handed to the language whole, so that a no-break space is found
across the edge of a mark. Knows: prose, the names of inline elements. Must never know templates, nor which layout
lifts what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from report.article.prose import Block, Lifted, Listing, Paragraph, Part, Span, Table, plain, trimmed
from report.compose.language import Language
from report.records import record

_ELEMENTS = {"strong": "strong", "em": "em", "link": "a", "lang": "span"}
_UNDIVIDED = frozenset(("name", "partner", "winner", "amount", "lang"))  # never hyphenated
_ADDED = frozenset("\u00ad\u202f\u2060\u200b")  # what a language may put between two letters
_ENDS = frozenset(("", *':.!?…“‘”’"»)'))  # after these a paragraph can end
_SPACES = frozenset(" \u00a0\u202f\u2009")
_ONE_SPACE = str.maketrans(dict.fromkeys(_SPACES, " "))


@record(frozen=True)
class Saying:
    """A quotation that can be lifted out, with what stands round it in its sentence.

    `words` are its own, marks included; `first` and `more` the same, divided after the first sentence. `tail` is the
    sign that follows the closing mark (`,`), `after` the rest of that sentence (`erläutert …`). `lead_in` tells that
    the words before it announce it, `liftable` that they make sense without it; `path` is its paragraph's, `stop` the
    visit stop's number from 0 (-1: in none).
    """

    id: str
    by: str
    words: tuple[Part, ...]
    first: tuple[Part, ...]
    more: tuple[Part, ...]
    tail: str
    after: tuple[Part, ...]
    lead_in: bool
    liftable: bool
    path: str
    stop: int

    @property
    def text(self) -> str:
        """The plain words, marks included."""
        return plain(self.words)


@record(frozen=True)
class Piece:
    """Some blocks of prose, or (never both) one quotation lifted out of what stands before and after it."""

    blocks: tuple[Block, ...]
    saying: Saying | None = None


def pieces(prose: Sequence[Block], lift: Collection[str], language: Language) -> tuple[Piece, ...]:
    """Return `prose` in reading order, divided at the quotations named in `lift`."""
    found: list[Piece] = []
    blocks: list[Block] = []
    for block in prose:
        rest: Paragraph | None = None
        if isinstance(block, Paragraph):
            rest = block
        else:
            blocks.append(block)
        while rest is not None:
            lifted = _first(rest, lift)
            if lifted is None:
                blocks.append(rest)
                break
            if lifted.before:
                blocks.append(Paragraph(lifted.before, rest.path))
            if blocks:
                found.append(Piece(tuple(blocks)))
                blocks = []
            after, remaining = _sentence(lifted, language)
            found.append(Piece((), _saying(lifted, after, rest.path, language)))
            rest = Paragraph(remaining, rest.path) if remaining else None
    if blocks:
        found.append(Piece(tuple(blocks)))
    return tuple(found)


def _first(paragraph: Paragraph, lift: Collection[str]) -> Lifted | None:
    name = next((quotation.id for quotation in paragraph.quotations if quotation.id in lift), None)
    return None if name is None else paragraph.lifted(name)


def sayings(prose: Sequence[Block], language: Language) -> Iterator[Saying]:
    """Walk the quotations of `prose`, each as if it alone were lifted out."""
    for block in prose:
        if not isinstance(block, Paragraph):
            continue
        for quotation in block.quotations:
            lifted = block.lifted(quotation.id)
            if lifted is not None:
                yield _saying(lifted, _sentence(lifted, language)[0], block.path, language)


def _saying(lifted: Lifted, after: tuple[Part, ...], path: str, language: Language) -> Saying:
    quotation = lifted.quotation
    first, more = divided(quotation.parts, _length_of_sentence(quotation.text, language))
    head, _, rest = path.partition("[")
    stop = int(rest.partition("]")[0]) if head == "stops" else -1
    last = plain(lifted.before).rstrip()[-1:]
    return Saying(
        id=quotation.id,
        by=quotation.speaker,
        words=quotation.parts,
        first=first,
        more=trimmed(more),
        tail=lifted.tail,
        after=after,
        lead_in=last == ":",
        liftable=last in _ENDS,
        path=path,
        stop=stop,
    )


def _sentence(lifted: Lifted, language: Language) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Divide what follows a quotation: the rest of its sentence, and the sentences after that."""
    words = plain(lifted.after)
    goes_on = lifted.tail in (",", ";") or (not lifted.tail and (words[:1].islower() or words[:1] in ("–", "—")))
    if not goes_on:
        return (), lifted.after
    before, behind = divided(lifted.after, min(_length_of_sentence(words, language), _after_name(lifted.after)))
    return before, trimmed(behind)


def _after_name(parts: Sequence[Part]) -> int:
    """Return where a marked name closes with a full stop behind it: a sentence ends there at the latest."""
    at = 0
    for index, part in enumerate(parts):
        at += len(part) if isinstance(part, str) else len(plain(part.parts))
        behind = plain(tuple(parts[index + 1 :]))[:2]
        if not isinstance(part, str) and part.kind == "name" and behind in (".", ". "):
            return at + 1
    return at


def _length_of_sentence(words: str, language: Language) -> int:
    """Return where the first sentence of `words` ends."""
    first, *others = language.sentences(words) or [words]
    first = first.rstrip(" ")
    return len(first) if others and words.startswith(first) else len(words)


def divided(parts: Sequence[Part], at: int) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Divide `parts` after `at` characters; a mark that is cut stands on both sides."""
    before: list[Part] = []
    for index, part in enumerate(parts):
        length = len(part) if isinstance(part, str) else len(plain(part.parts))
        if length <= at:
            before.append(part)
            at -= length
            continue
        if isinstance(part, str):
            halves: tuple[Part, Part] = (part[:at], part[at:])
        else:
            from report.records import replace

            inner = divided(part.parts, at)
            halves = (replace(part, parts=inner[0]), replace(part, parts=inner[1]))
        return (*before, *halves[: bool(at)]), (halves[1], *parts[index + 1 :])
    return tuple(before), ()


# -- markup


def blocks_markup(prose: Sequence[Block], language: Language, strong: Collection[str]) -> Markup:
    """Return blocks of prose as `<p>`, `<ul>` and `<table>`."""
    return Markup("\n".join(_block(block, language, strong) for block in prose))


def _block(block: Block, language: Language, strong: Collection[str]) -> str:
    if isinstance(block, Listing):
        items = "".join(_element("li", item, language, strong) for item in block.items)
        return f'<ul of="{escape(block.path)}">{items}</ul>'
    if isinstance(block, Table):
        return _table(block, language, strong)
    return _element("p", block, language, strong)


def _element(name: str, block: Paragraph, language: Language, strong: Collection[str], attrs: str = "") -> str:
    return f'<{name} of="{escape(block.path)}"{attrs}>{inline(block.parts, language, strong)}</{name}>'


def _table(table: Table, language: Language, strong: Collection[str]) -> str:
    caption = f'<caption of="{escape(table.path)}.table.caption">{escape(language.text(table.caption))}</caption>'
    head = "".join(_element("th", cell, language, strong, ' scope="col"') for cell in table.head)
    cells = ("".join(_element("td", cell, language, strong) for cell in row) for row in table.rows)
    rows = "\n".join(f"<tr>{row}</tr>" for row in cells)
    top = f"{caption if table.caption else ''}<thead><tr>{head}</tr></thead>" if table.head else ""
    return f'<table of="{escape(table.path)}">{top}<tbody>{rows}</tbody></table>'


def inline(parts: Sequence[Part], language: Language, strong: Collection[str], sense: bool = False) -> Markup:
    """Return words with their marks; with `sense`, bound as a heading's words are, never hyphenated."""
    pieces_: list[str] = []  # leaf words and, between them, tags
    leaves: list[tuple[int, bool]] = []  # where leaf words stand, whether they are never divided
    _flatten(parts, strong, False, pieces_, leaves)
    words = [pieces_[at] for at, _ in leaves]
    for (at, undivided), piece in zip(leaves, _set(words, language, sense), strict=True):
        pieces_[at] = str(escape(piece.replace("\u00ad", "") if undivided else piece))
    return Markup("".join(pieces_))


def _flatten(
    parts: Sequence[Part], strong: Collection[str], undivided: bool, into: list[str], leaves: list[tuple[int, bool]]
) -> None:
    for part in parts:
        if isinstance(part, str):
            leaves.append((len(into), undivided))
            into.append(part)
            continue
        element = _ELEMENTS.get(part.kind, "strong" if part.kind in strong else "")
        if element:
            named = part.attrs.items() if isinstance(part, Span) else ()
            attrs = "".join(f' {name}="{escape(value)}"' for name, value in named if name in ("href", "lang"))
            into.append(f"<{element}{attrs}>")
        _flatten(part.parts, strong, undivided or part.kind in _UNDIVIDED, into, leaves)
        if element:
            into.append(f"</{element}>")


def _set(leaves: list[str], language: Language, sense: bool) -> Sequence[str]:
    """Hand the whole line of words to the language and divide what comes back as the leaves were."""
    if not leaves:
        return []
    skill = language.sense if sense else language.text
    whole = "".join(leaves)
    ready = skill(whole)
    if len(leaves) == 1:
        return [ready]
    return _aligned(tuple(leaves), ready) or [skill(leaf) for leaf in leaves]


@lru_cache(maxsize=128)  # alternatives set the same paragraph again and again
def _aligned(leaves: tuple[str, ...], ready: str) -> tuple[str, ...] | None:
    """Divide `ready`, the leaves with signs added and spaces exchanged, at the leaves' edges; None: it says more."""
    whole = "".join(leaves)
    if ready.replace("\u00ad", "").translate(_ONE_SPACE) == whole.translate(_ONE_SPACE):
        return _cut(leaves, ready)  # nothing but soft hyphens was added
    found: list[str] = []
    start = at = 0
    for leaf in leaves:
        for letter in leaf:
            while at < len(ready) and ready[at] != letter and not _alike(ready[at], letter) and ready[at] in _ADDED:
                at += 1
            if at == len(ready) or not (ready[at] == letter or _alike(ready[at], letter)):
                return None
            at += 1
        found.append(ready[start:at])
        start = at
    found[-1] += ready[start:]
    return tuple(found) if not ready[start:].strip("".join(_ADDED)) else None


def _cut(leaves: tuple[str, ...], ready: str) -> tuple[str, ...]:
    """Divide `ready` after as many signs as each leaf has, soft hyphens not counted."""
    found: list[str] = []
    start = at = counted = due = 0
    for leaf in leaves[:-1]:
        due += len(leaf)
        while True:
            following = ready.find("\u00ad", at)
            if following < 0 or counted + following - at >= due:
                break
            counted += following - at
            at = following + 1
        found.append(ready[start : at + due - counted])
        start = at + due - counted
    return (*found, ready[start:])


def _alike(one: str, other: str) -> bool:
    return one in _SPACES and other in _SPACES
