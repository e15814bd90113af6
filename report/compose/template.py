"""A layout's template is run and writes markup; what it may reach is fenced in.

The layout's author writes no Python and the article's words are data: a template reads fields, calls the filters and
functions given here, and loops over what is there. Home of jinja2. Knows: templates and their files. Must never know
what an element of the markup means, nor how German is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import FunctionType, TracebackType
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, missing

from report.compose.bytecode import Bytecode
from report.compose.filters import FILTERS, FUNCTIONS
from report.errors import LayoutFault, Stop
from report.findings import N_, Finding, Place

ENTRY = "page.xml.j2"
LARGEST_TEMPLATE = 1_000_000  # bytes
LARGEST_MARKUP = 60_000_000  # characters; 60,000 words with every mark make about 1,000,000
_KEPT = "default d dictsort first int items join last length count list map max min reject rejectattr reverse round \
select selectattr sort string sum trim unique lower upper abs"
# Not in XML 1.0, or half of a character: shown as the replacement sign, which no face hides.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<(?=[A-Za-z])")


def rendered(folder: Path, values: Mapping[str, object], traced: bool = False) -> str:
    """Return the markup that the layout in `folder` writes from `values`.

    With `traced`, each start tag is preceded by `<?at FILE:LINE?>`, the place in the template that wrote it.
    """
    environment = _environment(folder, traced)
    try:
        template = environment.get_template(ENTRY)
        pieces: list[str] = []
        size = 0
        for piece in template.root_render_func(template.new_context(dict(values))):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_MARKUP:
                raise SecurityError("the markup grows without end")
    except Stop:
        raise
    except Exception as error:
        raise LayoutFault(_told(error, folder)) from error
    return _IMPOSSIBLE.sub("\ufffd", "".join(pieces))


def places(traced: str) -> dict[int, tuple[str, int]]:
    """Return, for each line of the markup, the template's file and line that wrote its first start tag."""
    found: dict[int, tuple[str, int]] = {}
    for number, line in enumerate(traced.split("\n"), 1):
        match = re.search(r"<\?at (.*?):(\d+)\?>", line)
        if match is not None:
            found[number] = (match[1], int(match[2]))
    return found


class _Folder(BaseLoader):
    """Templates of the layout's own folder, and of `shared` beside it; of nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        parts = template.split("/")
        home = self.folder.parent / "shared" if parts[0] == "shared" else self.folder
        inner = parts[1:] if parts[0] == "shared" else parts
        path = home.joinpath(*inner).resolve() if inner and all(_plain(part) for part in inner) else None
        if path is None or not path.is_relative_to(home.resolve()) or not path.is_file():
            raise TemplateNotFound(template)
        raw = path.read_bytes()
        if len(raw) > LARGEST_TEMPLATE:
            raise TemplateSyntaxError("the template is larger than 1 MB", 1, template, str(path))
        try:
            source = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            raise TemplateSyntaxError("the file is not UTF-8 text", line, template, str(path)) from None
        stamp = path.stat().st_mtime_ns
        return source, str(path), lambda: path.is_file() and path.stat().st_mtime_ns == stamp


def _plain(part: str) -> bool:
    return part not in ("", ".", "..") and not any(sign in part for sign in "\\:\0")


class _Missing(UndefinedError):  # noqa: N818 -- a kind of that
    """A name or field that is not there."""

    def __init__(self, message: str | None, name: str, owner: object) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner


class _Strict(StrictUndefined):
    """Remembers what was asked of whom, for the message."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None):
        if exc is None or exc is UndefinedError:
            exc = lambda message: _Missing(message, name or "", obj)  # noqa: E731
        super().__init__(hint, obj, name, exc)


class _Environment(ImmutableSandboxedEnvironment):
    """Fields may be read, macros and the given functions called; nothing else of Python can be reached."""

    intercepted_binops = frozenset(("*", "**", "%"))
    traced = False

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if callable(value) and not isinstance(obj, LoopContext | Cycler) and not isinstance(value, Macro):
            return isinstance(value, BlockReference)
        return super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, FunctionType):
            return obj in _GIVEN
        if isinstance(obj, Macro | BlockReference | LoopContext | Joiner):
            return True
        return (
            obj is Cycler
            or obj is Joiner
            or obj is Namespace
            or isinstance(getattr(obj, "__self__", None), LoopContext | Cycler)
        )

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Only numbers are multiplied: a word times a billion would fill the memory."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not numbers:
            raise SecurityError(f"{operator} between these values")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for switch in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
            raise TemplateSyntaxError("autoescape cannot be switched", switch.lineno, name, filename)
        inclusions: Iterator[Any] = tree.find_all((nodes.Import, nodes.FromImport))
        for inclusion in inclusions:
            inclusion.with_context = True  # macros of another file format dates in the same language
        if self.traced:
            for data in tree.find_all(nodes.TemplateData):
                data.data = "".join(_marked(data.data, name or "", data.lineno))
        return tree


def _marked(data: str, name: str, line: int) -> Iterator[str]:
    at = 0
    for match in _TAG.finditer(data):
        before = data[at : match.start()]
        line += before.count("\n")
        yield f"{before}<?at {name}:{line}?>"
        at = match.start()
    yield data[at:]


def _shown(value: object) -> object:
    """Return what an expression prints: words and whole numbers; nothing for an empty field."""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if value is None:
        return ""
    if isinstance(value, _Strict):
        return value
    raise SecurityError(f"printing a {type(value).__name__} as it is: name one of its fields, or a filter")


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > 1000:
        raise SecurityError("a range of more than 1000 numbers")
    return numbers


def _batch(values: Any, size: int) -> list[list[Any]]:
    """Return `values` in rows of `size`; the last may be shorter."""
    every = list(values)
    return [every[start : start + size] for start in range(0, len(every), max(1, size))]


_GIVEN: frozenset[Callable[..., Any]] = frozenset((_range, *FUNCTIONS.values()))


@lru_cache(maxsize=16)
def _environment(folder: Path, traced: bool) -> _Environment:
    environment = _Environment(
        loader=_Folder(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=_Strict,
        finalize=_shown,
        cache_size=50,
        bytecode_cache=None if traced else Bytecode(),
    )
    environment.traced = traced
    environment.filters = {name: environment.filters[name] for name in _KEPT.split()} | {"batch": _batch} | FILTERS
    given = {"cycler": Cycler, "joiner": Joiner, "namespace": Namespace, "range": _range}
    environment.globals = given | FUNCTIONS
    return environment


# -- faults


def _told(error: Exception, folder: Path) -> Finding:
    """Put an exception from a template into plain words."""
    name, line = _place(error)
    where = Place(f"{folder.name}/{name}", line)
    values: dict[str, object] = {"reason": getattr(error, "message", None) or ""}
    if isinstance(error, _Missing):
        return _missing(error, where)
    if isinstance(error, TemplateNotFound):
        message, values = N_("The template “{name}” is not in the layout's folder."), {"name": error.name or ""}
    elif isinstance(error, TemplateSyntaxError):
        message = N_("The template cannot be read: {reason}")
    elif isinstance(error, SecurityError):
        message = N_("A template must not do this: {reason}")
    elif isinstance(error, RecursionError):
        message = N_("The template calls or includes itself without end.")
    else:
        message, values = N_("The template fails here: {reason}"), {"reason": f"{type(error).__name__}: {error}"}
    return Finding("layout.template", message, values, where)


def _missing(error: _Missing, where: Place) -> Finding:
    from difflib import get_close_matches

    owner, name = error.owner, error.name
    known = _fields(owner)
    near = get_close_matches(name, known, 1, 0.5)
    values: dict[str, object] = {"name": name, "owner": type(owner).__name__, "near": near[0] if near else ""}
    if isinstance(owner, str | Mapping) or known:
        message = N_("{owner} has no field “{name}”.")
    else:
        message = N_("The template asks for “{name}”, which is not there.")
    remedy = N_("The nearest known name is “{near}”.") if near else ""
    return Finding("layout.template", message, values, where, remedy=remedy)


def _fields(owner: object) -> list[str]:
    """Return what a template may ask of `owner`, as far as it is ours."""
    if isinstance(owner, Mapping):
        return sorted(str(key) for key in owner)
    if not type(owner).__module__.startswith("report."):
        return []
    return [word for word in dir(owner) if not word.startswith("_") and not callable(getattr(owner, word, None))]


def _place(error: Exception) -> tuple[str, int]:
    """Return the template's name and line where `error` arose."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or ENTRY, error.lineno
    name, line = ENTRY, 0
    step: TracebackType | None = error.__traceback__
    while step is not None:
        template = step.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            name, line = template.name or ENTRY, template.get_corresponding_lineno(step.tb_lineno)
        step = step.tb_next
    return name, line
