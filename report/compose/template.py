"""A layout's template is run and writes markup; what goes wrong in it is told in plain words, with file and line.

Knows: how a run ends. Must never know what an element of the markup means, nor how German is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from report.compose.fence import Missing, Refused, environment
from report.errors import LayoutFault, Stop
from report.findings import N_, Finding, Place, nearest

ENTRY = "page.xml.j2"
LONGEST = 60_000_000  # characters of markup; 60,000 words with every mark make about 1,000,000
# Not in XML 1.0, or half of a character: shown as the replacement sign, which no face hides.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AT = re.compile(r"<\?at (.*?):(\d+)\?>")


def rendered(folder: Path, values: Mapping[str, object], traced: bool = False) -> str:
    """Return the markup that the layout in `folder` writes from `values`.

    With `traced`, each start tag is preceded by `<?at FILE:LINE?>`, the place in the template that wrote it.
    """
    try:
        template = environment(folder, traced).get_template(ENTRY)
        pieces: list[str] = []
        length = 0
        for piece in template.root_render_func(template.new_context(dict(values))):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST:
                raise Refused(N_("The template writes without end: more than {limit} characters."), limit=LONGEST)
    except Stop:
        raise
    except Exception as error:
        raise LayoutFault(_told(error, folder)) from error
    return _IMPOSSIBLE.sub("\ufffd", "".join(pieces))


def places(traced: str, folder: Path) -> dict[int, tuple[str, int]]:
    """Return, for each line of the markup, the template's file and line that wrote its first start tag."""
    found: dict[int, tuple[str, int]] = {}
    for number, line in enumerate(traced.split("\n"), 1):
        match = _AT.search(line)
        if match is not None:
            found[number] = (f"{folder.name}/{match[1]}", int(match[2]))
    return found


def _told(error: Exception, folder: Path) -> Finding:
    """Put an exception from a template into plain words."""
    name, line = _place(error)
    where = Place(f"{folder.name}/{name}", line)
    values: dict[str, object] = {"reason": getattr(error, "message", None) or ""}
    if isinstance(error, Missing):
        return _missing(error, where)
    if isinstance(error, Refused):
        message, values = error.message or "", error.values
    elif isinstance(error, TemplateNotFound):
        message, values = N_("The template “{name}” is not in the layout's folder."), {"name": error.name or ""}
    elif isinstance(error, TemplateSyntaxError):
        message = N_("The template cannot be read: {reason}")
    elif isinstance(error, SecurityError):
        message, values = N_("A template must not call this."), {}
    elif isinstance(error, RecursionError):
        message = N_("The template calls or includes itself without end.")
    else:
        message, values = N_("The template fails here: {reason}"), {"reason": f"{type(error).__name__}: {error}"}
    return Finding("layout.template", message, values, where)


def _missing(error: Missing, where: Place) -> Finding:
    owner, name = error.owner, error.name
    known = _fields(owner)
    near = nearest(str(name), known, 0.5)
    values: dict[str, object] = {"name": name, "owner": type(owner).__name__, "near": near}
    message = N_("The template asks for “{name}”, which is not there.")
    if owner is not missing:
        message = N_("{owner} has no field “{name}”.")
    remedy = N_("The nearest known name is “{near}”.") if near else ""
    return Finding("layout.template", message, values, where, remedy=remedy)


def _fields(owner: Any) -> list[str]:
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
