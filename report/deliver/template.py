"""A house's own template, run in a fence: it writes XML, CSV or JSON out of the facts it is given.

What comes out is read back before anybody gets it; what goes wrong is told with file and line.

Knows: how a run ends. Must never know: what a fact means, or where the text goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError

from report.deliver.facts import unknown
from report.deliver.fence import LONGEST, NO_STATEMENT, Missing, Refused, environment
from report.deliver.proving import PROVED
from report.errors import DeliveryFault
from report.findings import N_, Finding, Place

LARGEST = 200_000  # characters of a template


def rendered(target: str, name: str, source: str, kind: str, values: Mapping[str, object]) -> str:
    """Return what the template `source`, of the file `name`, writes as `kind` (`xml`, `csv`, `json`) from `values`.

    Raises DeliveryFault with file and line: what cannot be read, a field that is not there, a text that is no `kind`.
    """
    try:
        if len(source) > LARGEST:
            raise Refused(N_("{target}: the template is longer than {limit} characters."), limit=LARGEST)
        fence = environment(kind)
        template = fence.from_string(source)
        strange = tuple(_strangers(fence.parse(source), target, name, values))
        if strange:
            raise DeliveryFault(*strange)
        pieces, length = [], 0
        for piece in template.root_render_func(template.new_context(dict(values))):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST:
                raise Refused(
                    N_("{target}: the template writes without end: more than {limit} characters."), limit=LONGEST
                )
    except DeliveryFault:
        raise
    except Exception as error:
        raise DeliveryFault(_told(error, target, name, values)) from error
    text = "".join(pieces)
    PROVED[kind](target, name, text)
    return text


def _strangers(tree: nodes.Template, target: str, file: str, values: Mapping[str, object]) -> Iterator[Finding]:
    """Walk every name in a template that is none of ours, before anything is written."""
    from jinja2 import meta

    undeclared = meta.find_undeclared_variables(tree) - set(values)
    for name in tree.find_all(nodes.Name):
        if name.name in undeclared:
            yield unknown(target, name.name, tuple(values), Place(file, name.lineno))
    for field in tree.find_all(nodes.Getattr):
        owner = values.get(field.node.name) if isinstance(field.node, nodes.Name) else None
        if isinstance(owner, Mapping) and field.attr not in owner:
            yield unknown(target, field.attr, tuple(owner), Place(file, field.lineno))


def names(source: str, kind: str) -> frozenset[str]:
    """Return the facts for which a template asks; nothing where it cannot be read."""
    from jinja2 import meta

    try:
        return frozenset(meta.find_undeclared_variables(environment(kind).parse(source)))
    except TemplateSyntaxError:
        return frozenset()


# -- what went wrong --


def _told(error: Exception, target: str, name: str, known: Mapping[str, object]) -> Finding:
    where = Place(name, _line(error))
    values: dict[str, object] = {"target": target}
    if isinstance(error, Missing):
        inside = error.owner if isinstance(error.owner, Mapping) else known
        return unknown(target, str(error.name), tuple(map(str, inside)), where)
    remedy = ""
    if isinstance(error, Refused):
        message, values = error.message or "", {**error.values, **values}
    elif isinstance(error, TemplateSyntaxError) and error.message != NO_STATEMENT:
        message = N_("{target}: the template cannot be read: {reason}")
        values["reason"] = error.message or ""
    elif isinstance(error, TemplateSyntaxError | SecurityError):
        message = N_("{target}: a template must not do this.")
        remedy = N_("It may print, ask with if, repeat with for and name with set; nothing else.")
    else:
        message = N_("{target}: the template fails here: {reason}")
        values["reason"] = str(error) or type(error).__name__
    return Finding("deliver.template", message, values, where, remedy=remedy)


def _line(error: Exception) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, step = 0, error.__traceback__
    while step is not None:
        line = _here(step) or line
        step = step.tb_next
    return line


def _here(step: TracebackType) -> int:
    template = step.tb_frame.f_globals.get("__jinja_template__")
    return template.get_corresponding_lineno(step.tb_lineno) if template is not None else 0


def read(target: str, path: Path) -> str:
    """Return the template's text; raise DeliveryFault where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError:
        message = N_("{target}: the template “{file}” cannot be read.")
        remedy = N_("Look at the house file, under deliver: {target}: template.")
    except UnicodeDecodeError:
        message = N_("{target}: the template “{file}” is not UTF-8 text.")
        remedy = N_("Save it with the encoding UTF-8.")
    values: dict[str, object] = {"target": target, "file": path.name}
    raise DeliveryFault(Finding("deliver.template", message, values, Place(str(path)), remedy=remedy))
