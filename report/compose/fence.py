"""The fence round a layout's templates: what they may read, call and print, and from where they are loaded.

A template reads fields, calls the filters and functions given to it, and loops over what is there; it reaches no
other part of Python, no other folder, and cannot print words unescaped. Knows: jinja2's ways. Must never know an
article, or what an element of the markup means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePath
from types import FunctionType
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, missing

from report.article.dates import DateRange, PartialDate
from report.article.prose import Display
from report.article.values import Focus, Frame
from report.compose.bytecode import Bytecode
from report.compose.filters import FILTERS, FUNCTIONS
from report.errors import LayoutFault
from report.findings import N_, Finding, Place
from report.paths import shipped

LARGEST = 1_000_000  # bytes of one template
LONGEST_RANGE = 1000
# What a template may do with values beside our own filters: nothing random, nothing unbounded, no `safe`.
_KEPT = "default d dictsort first int items join last length count list map max min reject rejectattr replace reverse \
round select selectattr sort string sum trim unique capitalize lower upper abs"
_VIEWS = ("items", "keys", "values")  # what may be called on a mapping of the article
_UNPRINTED = ("consent",)  # on record for the office alone: no layout shows it
_TAG = re.compile(r"<(?=[A-Za-z])")


_FIELDS: dict[type, frozenset[str]] = {}  # as many as the article has kinds of records


class Refused(SecurityError):
    """A template does what none may do."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.values = values


class Missing(UndefinedError):
    """A name or field that is not there; `owner` is jinja2's `missing` where nobody was asked for it."""

    def __init__(self, message: str | None, name: str, owner: object) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner


class Folder(BaseLoader):
    """Templates of the layout's own folder, and of `shared` beside it or shipped; of nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its file, and a question whether it is unchanged."""
        home, parts = self.folder, template.split("/")
        if parts[0] == "shared":
            beside = self.folder.parent / "shared"
            home, parts = (beside if beside.is_dir() else shipped("layouts", "shared")).resolve(), parts[1:]
        path = home.joinpath(*parts).resolve() if parts and all(map(_plain, parts)) else None
        if path is None or not path.is_relative_to(home) or not path.is_file():
            raise TemplateNotFound(template)
        raw = path.read_bytes()
        if len(raw) > LARGEST:
            raise self.fault(template, 0, N_("The template is larger than 1 MB."))
        try:
            source = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            raise self.fault(
                template, line, N_("The file is not UTF-8 text: save it with the encoding UTF-8.")
            ) from None
        stamp = path.stat().st_mtime_ns
        return source, str(path), lambda: path.is_file() and path.stat().st_mtime_ns == stamp

    def fault(self, template: str | None, line: int, message: str) -> LayoutFault:
        """Return a fault of a template of this folder."""
        return LayoutFault(Finding("layout.template", message, {}, Place(f"{self.folder.name}/{template}", line)))


def _plain(part: str) -> bool:
    return part not in ("", ".", "..") and not any(sign in part for sign in "\\:\0")


class Strict(StrictUndefined):
    """Remembers what was asked of whom, for the message."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None):
        failing: Any = exc or (lambda message: Missing(message, name or "", obj))
        super().__init__(hint, obj, name, failing)


class Environment(ImmutableSandboxedEnvironment):
    """Fields may be read, macros and the given functions called; nothing else of Python can be reached."""

    intercepted_binops = frozenset(("*", "**", "%"))
    loader: Folder
    traced = False

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field; those of the article's own records are data by declaration and need no further look."""
        fields = _FIELDS.get(type(obj))
        if fields is None and type(obj).__module__.startswith("report.article."):
            fields = _FIELDS[type(obj)] = _declared(type(obj))
        if fields is not None and attribute in fields:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether the value may be reached: no functions, but those of loops and of other templates."""
        if attr in _UNPRINTED and type(obj).__module__.startswith("report.article."):
            return False
        if not callable(value) or isinstance(obj, LoopContext | Cycler):
            return super().is_safe_attribute(obj, attr, value)
        return isinstance(value, Macro | BlockReference) or (isinstance(obj, Mapping) and attr in _VIEWS)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
        """Return the answer to a question for something that may not be reached."""

        def refused(_: str | None) -> Refused:
            message = N_("A template only reads fields and uses filters: “{name}” of {owner} cannot be reached.")
            return Refused(message, name=attribute, owner=type(obj).__name__)

        return Strict(None, obj, attribute, refused)

    def is_safe_callable(self, obj: Any) -> bool:
        """Tell whether a template may call this: macros, loops and what was given to it."""
        if isinstance(obj, FunctionType):
            return obj in _GIVEN
        if isinstance(obj, Macro | BlockReference | LoopContext | Joiner | Strict):
            return True  # what is not there answers itself
        if obj is Cycler or obj is Joiner or obj is Namespace:
            return True
        owner = getattr(obj, "__self__", None)
        return isinstance(owner, LoopContext | Cycler) or (isinstance(owner, Mapping) and obj.__name__ in _VIEWS)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Only numbers are multiplied: a word times a billion would fill the memory."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not numbers:
            raise Refused(N_("In a template only numbers can stand beside * and %, and ** is not allowed."))
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for switch in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
            raise self.loader.fault(name, switch.lineno, N_("“autoescape” cannot be switched: words are always data."))
        inclusions: Iterator[Any] = tree.find_all((nodes.Import, nodes.FromImport))
        for inclusion in inclusions:
            inclusion.with_context = True  # macros of another file format dates in the same language
        if self.traced:
            for data in tree.find_all(nodes.TemplateData):
                data.data = "".join(_marked(data.data, name or "", data.lineno))
        return tree


def _declared(record: type) -> frozenset[str]:
    """Return the fields that a record and what it is built on declare; functions are never among them."""
    names = {name for part in record.__mro__ for name in getattr(part, "__annotations__", ())}
    return frozenset(name for name in names if not name.startswith("_") and name not in _UNPRINTED)


def _marked(data: str, name: str, line: int) -> Iterator[str]:
    """Put the place of each start tag before it; `line` is where `data` begins."""
    at = 0
    for match in _TAG.finditer(data):
        before = data[at : match.start()]
        line += before.count("\n")
        yield f"{before}<?at {name}:{line}?>"
        at = match.start()
    yield data[at:]


def _shown(value: object) -> object:
    """Return what an expression prints: words, whole numbers, values as the markup has them; nothing for nothing."""
    if isinstance(value, str | Strict) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if value is None or isinstance(value, Undefined):  # jinja2's own: an `if` inside the expression that has no `else`
        return ""
    if isinstance(value, Display | PartialDate):
        return str(value)
    if isinstance(value, DateRange):
        return str(value.start)
    if isinstance(value, Focus | Frame):
        return str(value).replace("%", "")
    if isinstance(value, PurePath):
        return value.as_posix()
    message = N_("A {kind} cannot be printed as it is: name one of its fields, or use a filter.")
    raise Refused(message, kind=type(value).__name__)


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > LONGEST_RANGE:
        raise Refused(N_("A range has at most {limit} numbers."), limit=LONGEST_RANGE)
    return numbers


def _batch(values: Any, size: int) -> list[list[Any]]:
    """Return `values` in rows of `size`; the last may be shorter."""
    every = list(values)
    return [every[start : start + size] for start in range(0, len(every), max(1, size))]


_GIVEN: frozenset[Callable[..., Any]] = frozenset((_range, *FUNCTIONS.values()))


@lru_cache(maxsize=16)
def environment(folder: Path, traced: bool) -> Environment:
    """Return the environment of the layout in `folder`; with `traced`, its templates say where they write."""
    made = Environment(
        loader=Folder(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=Strict,
        finalize=_shown,
        cache_size=50,
        bytecode_cache=None if traced else Bytecode(),
    )
    made.traced = traced
    made.filters = {name: made.filters[name] for name in _KEPT.split()} | {"batch": _batch} | FILTERS
    made.globals = {"cycler": Cycler, "joiner": Joiner, "namespace": Namespace, "range": _range} | FUNCTIONS
    return made
