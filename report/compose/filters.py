"""What a template may call: the language's skills, the article's prose as markup, its quotations.

Each function finds the language and the article of the running template in the template's own variables. Knows: what
a template may ask for. Must never know: files, or what an element means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from jinja2 import pass_context
from markupsafe import Markup, escape

from report.article import prose as article_prose
from report.article.prose import Block, Display, Listing, Paragraph, Part, Quotation, Span, Table
from report.compose import prose as setting
from report.compose.language import SKILLS
from report.compose.prose import Piece, Saying
from report.errors import Declined
from report.findings import N_, Finding

STRONG = ("winner",)  # marks of facts that are set strong unless a layout says otherwise


def _skill(name: str) -> Callable[..., object]:
    @pass_context
    def skill(context: Any, value: object, /, *others: object, **options: object) -> object:
        words = value.plain if isinstance(value, Display) else value
        return getattr(context["lang"], name)(words, *others, **options)

    return skill


@pass_context
def _text(context: Any, value: object) -> Markup | str:
    """Return running words with no-break spaces and soft hyphens."""
    return _words(context["lang"].text, value)


@pass_context
def _sense(context: Any, value: object) -> Markup | str:
    """Return a heading's words, bound by sense; a wanted break becomes `<br wanted="yes"/>`."""
    return _words(context["lang"].sense, value)


def _words(skill: Callable[[str], str], value: object) -> Markup | str:
    if isinstance(value, Display):
        return Markup('<br wanted="yes"/>').join(escape(skill(line)) for line in value.parts)
    return skill(_string(value))


@pass_context
def _plain(context: Any, value: object) -> str:
    """Return words for titles, bookmarks and ears."""
    language = context["lang"]
    if isinstance(value, str | Display):
        return str(language.plain(_string(value)))
    return str(language.plain(article_prose.plain(_parts(value))))


def _string(value: object) -> str:
    if isinstance(value, Display):
        return value.plain
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"words are expected, not a {type(value).__name__}")
    return value


def _parts(value: object) -> tuple[Part, ...]:
    if isinstance(value, Saying):
        return value.words
    if isinstance(value, Paragraph | Quotation | Span):
        return value.parts
    if isinstance(value, tuple):
        return value
    return (_string(value),)


@pass_context
def _inline(context: Any, value: object, sense: bool = False, strong: Collection[str] = STRONG) -> Markup:
    """Return words with their marks: of a paragraph, a quotation, or a part of one."""
    return setting.inline(_parts(value), context["lang"], strong, sense)


def _blocks(value: object) -> Sequence[Block]:
    if isinstance(value, Piece):
        return value.blocks
    if isinstance(value, Paragraph | Listing | Table):
        return (value,)
    return value if isinstance(value, tuple | list) else ()


@pass_context
def _prose(context: Any, value: object, lift: Collection[str] = (), strong: Collection[str] = STRONG) -> Markup:
    """Return prose as blocks of markup, without the quotations named in `lift`."""
    language = context["lang"]
    kept = [block for piece in setting.pieces(_blocks(value), lift, language) for block in piece.blocks]
    return setting.blocks_markup(kept, language, strong)


@pass_context
def _pieces(context: Any, value: object, lift: Collection[str] = ()) -> tuple[Piece, ...]:
    """Return prose divided at the quotations named in `lift`: pieces with `blocks`, or with a `saying`."""
    return setting.pieces(_blocks(value), lift, context["lang"])


@pass_context
def _sayings(context: Any, value: object) -> list[Saying]:
    """Return the quotations of some prose, in order."""
    return list(setting.sayings(_blocks(value), context["lang"]))


@pass_context
def _quotations(context: Any) -> list[Saying]:
    """Return all quotations of the article that stand in paragraphs, in order."""
    language = context["lang"]
    return [saying for prose in context["article"].prose() for saying in setting.sayings(prose, language)]


@pass_context
def _quotation(context: Any, name: str) -> Saying | None:
    """Return the quotation called `name`; nothing where the article has none."""
    return next((saying for saying in _quotations(context) if saying.id == name), None)


@pass_context
def _winners(context: Any) -> tuple[Any, ...]:
    """Return who else was awarded."""
    return tuple(context["article"].winners())


@pass_context
def _editorial(context: Any, path: str) -> bool:
    """Tell whether the press office's editors added the words of this field."""
    return bool(context["article"].is_editorial(path))


_SAID, _REMEDY = N_("{words}"), N_("{remedy}")


@pass_context
def _refuse(context: Any, path: str, words: str, remedy: str = "") -> None:
    """End this layout's work: the article does not carry, at the field `path`, what the layout needs."""
    values: dict[str, object] = {"words": words, "remedy": remedy}
    place = context["article"].place_of(path)
    raise Declined(Finding("layout.refused", _SAID, values, place, "error", _REMEDY if remedy else ""))


@pass_context
def _word(context: Any, message: str) -> str:
    """Return a fixed word of the layout, from the catalogue."""
    return str(context["lang"].word(message))


FILTERS: dict[str, Callable[..., Any]] = {
    **{name: _skill(name) for name in SKILLS},
    "text": _text,
    "sense": _sense,
    "plain": _plain,
    "inline": _inline,
    "prose": _prose,
    "pieces": _pieces,
    "sayings": _sayings,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "_": _word,
    "editorial": _editorial,
    "quotation": _quotation,
    "quotations": _quotations,
    "refuse": _refuse,
    "winners": _winners,
}
