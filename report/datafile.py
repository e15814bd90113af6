"""A text file of keys and values (YAML, JSON, TOML) as a tree that knows its lines.

Scalars stay text: YAML's own guesses (`10.000` -> 10.0, `no` -> false, `12:30` -> 750) never happen here; whoever
owns a field gives its text a type. Anchors, aliases, tags, doubled keys and more than one document are refused.
Home of the YAML library; knows files and lines; must never know what a key means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.errors import Stop
from report.findings import Finding, N_, Place

LARGEST = 4_000_000  # bytes; a text file of that size is a mistake


@dataclass(frozen=True, slots=True)
class Entry:
    """One value: text, None (nothing written), a tuple of entries, or a dict of entries; with the line it begins on.

    `plain` tells that a scalar stood without quotation marks, `key_line` where its key stands (0: no key).
    """

    value: str | None | tuple[Entry, ...] | dict[str, Entry]
    line: int
    path: str = ""
    plain: bool = True

    def __iter__(self) -> Iterator[Entry]:
        """Walk a list's entries; nothing for any other kind."""
        return iter(self.value if isinstance(self.value, tuple) else ())


def read(path: Path, stop: type[Stop]) -> Entry:
    """Read the file at `path` by its ending; raise `stop` with findings that name file and line."""
    try:
        if path.stat().st_size > LARGEST:
            raise stop(_fault(path, 0, N_("The file is larger than {limit} MB: this is not a text file of ours."), limit=4))
        raw = path.read_bytes()
    except FileNotFoundError:
        raise stop(_fault(path, 0, N_("The file does not exist."))) from None
    except OSError as error:
        raise stop(_fault(path, 0, N_("The file cannot be read: {reason}"), reason=error.strerror or str(error))) from None
    return parse(raw, path, stop)


def parse(raw: bytes, path: Path, stop: type[Stop]) -> Entry:
    """Turn the bytes of the file named `path` into entries; raise `stop` where they are no such file."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise stop(_fault(path, line, N_("The file is not UTF-8 text: save it with the encoding UTF-8."))) from None
    if not text.strip():
        raise stop(_fault(path, 0, N_("The file is empty.")))
    if path.suffix.lower() == ".toml":
        return _toml(text, path, stop)
    return _yaml(text, path, stop)


def _fault(path: Path, line: int, message: str, **values: object) -> Finding:
    return Finding("file.unreadable", message, values, Place(path.name, line))


def _toml(text: str, path: Path, stop: type[Stop]) -> Entry:
    import tomllib

    try:
        data = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        raise stop(_fault(path, 0, N_("The file is not valid TOML: {reason}"), reason=str(error))) from None
    return _from_plain(data, "")


def _from_plain(data: Any, path: str) -> Entry:  # what tomllib returns
    if isinstance(data, dict):
        return Entry({key: _from_plain(value, f"{path}.{key}" if path else key) for key, value in data.items()}, 0, path)
    if isinstance(data, list):
        return Entry(tuple(_from_plain(value, f"{path}[{i}]") for i, value in enumerate(data)), 0, path)
    if isinstance(data, bool):
        return Entry("true" if data else "false", 0, path)
    return Entry(data if isinstance(data, str) else str(data), 0, path, plain=not isinstance(data, str))


def _yaml(text: str, path: Path, stop: type[Stop]) -> Entry:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    try:
        events = _events(loader, path, stop)
        entry = _entry(next(events), events, "", path, stop, 0)
        following = next(events, None)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        reason = getattr(error, "problem", None) or str(error)
        raise stop(_fault(path, line, N_("The file is not valid YAML: {reason}"), reason=reason)) from None
    except RecursionError:
        raise stop(_fault(path, 0, N_("The file is nested too deeply."))) from None
    finally:
        loader.dispose()
    if following is not None:
        raise stop(_fault(path, following.start_mark.line + 1, N_("A second document begins here: only one is allowed.")))
    return entry


def _events(loader: Any, path: Path, stop: type[Stop]) -> Iterator[Any]:
    import yaml

    framing = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
    while loader.check_event():
        event = loader.get_event()
        if isinstance(event, framing):
            continue
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise stop(_fault(path, event.start_mark.line + 1, N_("Anchors (&) and aliases (*) are not allowed: write the value out. If the text itself begins with & or *, put it in quotation marks.")))
        if getattr(event, "tag", None) and not getattr(event, "implicit", True):
            raise stop(_fault(path, event.start_mark.line + 1, N_("Tags (!) are not allowed. If the text itself begins with !, put it in quotation marks.")))
        yield event


def _entry(event: Any, events: Iterator[Any], at: str, path: Path, stop: type[Stop], depth: int) -> Entry:
    import yaml

    line = event.start_mark.line + 1
    if depth > 40:
        raise stop(_fault(path, line, N_("The file is nested too deeply.")))
    if isinstance(event, yaml.ScalarEvent):
        plain = event.style is None or event.style == ""
        empty = plain and event.value in ("", "~", "null")
        return Entry(None if empty else event.value, line, at, plain)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Entry] = []
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(_entry(inner, events, f"{at}[{len(items)}]", path, stop, depth + 1))
        return Entry(tuple(items), line, at)
    fields: dict[str, Entry] = {}
    for inner in events:
        if isinstance(inner, yaml.MappingEndEvent):
            break
        if not isinstance(inner, yaml.ScalarEvent):
            raise stop(_fault(path, inner.start_mark.line + 1, N_("A key must be a word.")))
        key = inner.value
        if key in fields:
            raise stop(_fault(path, inner.start_mark.line + 1, N_("The key “{key}” stands twice."), key=key))
        fields[key] = _entry(next(events), events, f"{at}.{key}" if at else key, path, stop, depth + 1)
    return Entry(fields, line, at)
