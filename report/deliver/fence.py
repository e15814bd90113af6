"""The fence round a house's own template: what it may say, read and print, and that it ends.

It prints, asks (`if`), repeats (`for`) and names (`set`); it loads nothing and calls nothing of Python. In XML words
are escaped by themselves; in CSV and JSON they go through the filter of that name or are refused.

Knows: jinja2's ways. Must never know: what a fact means, or where the text goes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from report.findings import N_

LONGEST = 1_000_000  # characters of what it writes, and of any text on the way
ROUNDS = 100_000  # of all its loops together
_NUMBER = 10**15
_KEPT = "default d first int last length list lower map max min round select reject selectattr rejectattr sort trim \
unique upper abs capitalize"
_STATEMENTS = (nodes.For, nodes.If, nodes.Assign, nodes.Output, nodes.TemplateData, nodes.Template)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Refused(SecurityError):
    """A template does what none may do."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.values = values


class Missing(UndefinedError):
    """A name or field that is not there, and whom it was asked of."""

    def __init__(self, message: str | None, name: str, owner: object) -> None:
        super().__init__(message)
        self.name, self.owner = name, owner


class _Strict(StrictUndefined):
    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None):
        failing: Any = lambda message: Missing(message, name or "", obj)  # noqa: E731 -- jinja2 calls it as a class
        super().__init__(hint, obj, name, exc if exc is not None and exc is not UndefinedError else failing)


class Fence(ImmutableSandboxedEnvironment):
    """Fields may be read and filters used; nothing can be called."""

    intercepted_binops = frozenset(("*", "**", "%", "+", "-", "/", "//"))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only what a loop says of itself is an attribute; facts are keys."""
        return isinstance(obj, LoopContext) and not callable(value) and super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a key of a mapping, never one of its functions."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is called."""
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Only numbers of an everyday size are reckoned with."""
        if operator == "**" or not all(isinstance(one, int | float) and abs(one) < _NUMBER for one in (left, right)):
            raise Refused(N_("{target}: only numbers can be reckoned with; words are put together by ~."))
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Stmt):
            bounded = not (isinstance(node, nodes.For) and node.recursive)
            if not (isinstance(node, _STATEMENTS) and bounded):
                raise TemplateSyntaxError(NO_STATEMENT, node.lineno, name)
        for node in tree.find_all(nodes.Assign):
            literals = (one for one in node.node.find_all((nodes.List, nodes.Tuple, nodes.Dict)))
            if any(not isinstance(one, nodes.Const) for literal in literals for one in _leaves(literal)):
                raise TemplateSyntaxError(NO_STATEMENT, node.lineno, name)
        return _Bounds().visit(tree)  # type: ignore[no-any-return]


NO_STATEMENT = "unknown statement"


def _leaves(literal: nodes.Node) -> Iterator[nodes.Node]:
    for child in literal.iter_child_nodes():
        if isinstance(child, nodes.List | nodes.Tuple | nodes.Dict | nodes.Pair):
            yield from _leaves(child)
        else:
            yield child


class _Bounds(NodeTransformer):
    """Puts a count round what every loop walks, and a length round words put together."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 -- jinja2's name
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "rounds_", [], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802
        self.generic_visit(node)
        every = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(every, "together_", [], [], None, None, lineno=node.lineno)


def environment(kind: str) -> Fence:
    """Return the fence of a template that writes `kind`."""
    made = Fence(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\r\n" if kind == "csv" else "\n",  # RFC 4180, 2
        undefined=_Strict,
        finalize=_shown if kind == "xml" else _protected(kind),
        cache_size=0,
    )
    own: dict[str, Callable[..., Any]] = {
        "csv": _csv, "json": _json, "german_date": _german_date, "join": _join, "replace": _replace,
        "string": _string, "rounds_": _rounds(), "together_": _together,
    }  # fmt: skip
    made.filters = {name: made.filters[name] for name in _KEPT.split()} | own
    made.globals = {}
    return made


# -- what a template prints --


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float | _Strict):
        return value
    raise Refused(N_('{target}: a list cannot be printed as it is: write | join(", ") behind it, or repeat with for.'))


def _protected(kind: str) -> Callable[[object], object]:
    """Return what lets only words through that cannot break the file's form."""

    def shown(value: object) -> object:
        if isinstance(value, Markup | _Strict) or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        message = N_("{target}: words are written without | {kind}: a quotation mark in them would break the file.")
        raise Refused(message, kind=kind)

    return shown


def _string(value: object) -> str:
    shown = _shown(value)
    if isinstance(shown, _Strict):
        shown._fail_with_undefined_error()
    return shown if isinstance(shown, str) else str(shown)


def _csv(value: object, guard: bool = True) -> Markup:
    """Quote a value for one cell (RFC 4180): line breaks become spaces; a formula's sign is led by an apostrophe."""
    if isinstance(value, tuple | list):
        value = ", ".join(map(_string, value))
    text = " ".join(_string(value).splitlines()) if not isinstance(value, int) else _string(value)
    if guard and isinstance(value, str) and text.startswith(_FORMULA):
        text = f"'{text}"
    return Markup('"' + text.replace('"', '""') + '"')


def _json(value: object) -> Markup:
    """Write a value, a list or a mapping as JSON (RFC 8259)."""
    if isinstance(value, _Strict):
        value._fail_with_undefined_error()
    pieces, length = [], 0
    for piece in json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_unwritten).iterencode(value):
        pieces.append(piece)
        length += len(piece)
        if length > LONGEST:
            raise Refused(N_("{target}: the template writes without end: more than {limit} characters."), limit=LONGEST)
    return Markup("".join(pieces))


def _unwritten(value: object) -> object:
    if isinstance(value, _Strict):
        value._fail_with_undefined_error()
    return list(value) if isinstance(value, Iterable) else str(value)


def _german_date(value: object) -> str:
    """Write 2024-12-10 as 10.12.2024, 2024-12 as 12.2024; what is no date stays."""
    text = _string(value)
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:$|T)", text)
    return ".".join(part for part in reversed(match.groups()) if part) if match else text


def _join(values: Sequence[object], between: str = "") -> str:
    parts = [value if isinstance(value, Markup) else _string(value) for value in values]
    return _together([piece for part in parts for piece in (between, part)][1:])


def _together(parts: Sequence[object]) -> str:
    """Put words together; if one of them is protected, the others are what the template says around it."""
    texts = [part if isinstance(part, Markup) else _string(part) for part in parts]
    if sum(map(len, texts)) > LONGEST:
        raise Refused(N_("{target}: the template writes without end: more than {limit} characters."), limit=LONGEST)
    if any(isinstance(text, Markup) for text in texts):
        return Markup("").join(texts)
    return "".join(texts)


def _replace(value: object, old: str, new: str) -> str:
    text = _string(value)
    if not old or len(text) + text.count(old) * len(new) > LONGEST:
        raise Refused(N_("{target}: the template writes without end: more than {limit} characters."), limit=LONGEST)
    return str(text).replace(old, new)


def _rounds() -> Callable[[Iterable[object]], Iterator[object]]:
    left = [ROUNDS]

    def rounds(values: Iterable[object]) -> Iterator[object]:
        for value in values:
            left[0] -= 1
            if left[0] < 0:
                raise Refused(N_("{target}: the template repeats without end: more than {limit} rounds."), limit=ROUNDS)
            yield value

    return rounds
