"""A text file of keys and values (YAML, JSON, TOML) as a tree that knows its lines.

Scalars stay text: YAML's own guesses (`10.000` -> 10.0, `no` -> false, `12:30` -> 750) never happen here; whoever
owns a field gives its text a type. Anchors, aliases, tags, doubled keys and more than one document are refused.
Home of the YAML library; knows files and lines; must never know what a key means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from report.errors import Stop
from report.findings import N_, Finding, Place
from report.records import record

LARGEST = 4_000_000  # bytes; a text file of that size is a mistake
DEEPEST = 40  # lists and keys inside one another

# YAML allows none of them, or would take them for line ends
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_JSON_TEXT = r'"(?:[^"\\]|\\[\s\S])*"'
_HALVES = r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
_HALF = r"(?<!\\)(?:\\\\)*\\u([dD][89a-fA-F][0-9a-fA-F]{2})"
_LINE_END = "\r\n|[\n\r]"
_LOST = r"[ \t]+(#[^\s#!].*)"

_REMEDIES = (  # what YAML's reader says -> what a writer can do about it
    (
        "mapping values are not allowed",
        N_("If a colon belongs to the text, put the text in straight quotation marks; keys stand under one another."),
    ),
    (
        "cannot start any token",
        N_("A text that begins with @, % or ` stands in straight quotation marks; lines are moved in by spaces."),
    ),
    ("unexpected end of stream", N_("A straight quotation mark is opened and not closed.")),
    ("could not find expected ':'", N_("Behind a key stands a colon; text that goes on in the next line is moved in.")),
    (
        "did not find expected",
        N_("Look here and one line above: is everything moved in as far as its neighbours, is each bracket closed?"),
    ),
    ("unknown escape character", N_("In double quotation marks \\ has a meaning: use 'single' ones.")),
)


@record(frozen=True)
class Entry:
    """One value: text, None (nothing written), a tuple of entries, or a dict of entries; with the line it begins on.

    `plain` tells that a scalar stood without quotation marks.
    """

    value: str | tuple[Entry, ...] | dict[str, Entry] | None
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
            message = N_("The file is larger than {limit} MB: this is not a text file of ours.")
            raise stop(_fault(path, 0, message, limit=LARGEST // 1_000_000))
        raw = path.read_bytes()
    except FileNotFoundError:
        raise stop(_unread(path, N_("The file does not exist."))) from None
    except PermissionError:
        what = N_("This is a folder, not a file.") if path.is_dir() else N_("You have no right to read the file.")
        raise stop(_unread(path, what)) from None
    except (IsADirectoryError, NotADirectoryError):
        what = N_("This is a folder, not a file.") if path.is_dir() else N_("The file does not exist.")
        raise stop(_unread(path, what)) from None
    except (OSError, ValueError) as error:  # a name too long for the drive, or one that no file can have
        reason = getattr(error, "strerror", None) or str(error)
        raise stop(_unread(path, N_("The file cannot be read: {reason}"), reason=reason)) from None
    return parse(raw, path, stop)


def parse(raw: bytes, path: Path, stop: type[Stop]) -> Entry:
    """Turn the bytes of the file named `path` into entries; raise `stop` where they are no such file."""
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 is told apart below
        raise stop(_fault(path, 0, N_("The file is not a text: is it a picture or a Word file?")))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise stop(_fault(path, line, N_("The file is not UTF-8 text: save it with the encoding UTF-8."))) from None
    if not text.strip():
        raise stop(_fault(path, 0, N_("The file is empty.")))
    _refuse_controls(text, path, stop)
    if path.suffix.lower() == ".toml":
        return _toml(text, path, stop)
    return _yaml(text, path, stop)


def _unread(path: Path, message: str, **values: object) -> Finding:
    """Say why nothing was read; the whole path tells where it was looked for."""
    return Finding("file.unreadable", message, values, Place(str(path)), "error")


def _fault(path: Path, line: int, message: str, remedy: str = "", **values: object) -> Finding:
    return Finding("file.unreadable", message, values, Place(path.name, line), "error", remedy)


def _refuse_controls(text: str, path: Path, stop: type[Stop]) -> None:
    """Refuse characters that no text holds, each with its line (the first ten)."""
    found = []
    for match in _CONTROL.finditer(text):
        message = N_("The character {name} may not stand in a text.")
        remedy = N_("Delete it and type the place anew; such characters come along when text is pasted.")
        line = text.count("\n", 0, match.start()) + 1
        found.append(_fault(path, line, message, remedy, name=f"U+{ord(match[0]):04X}"))
        if len(found) == 10:
            break
    if found:
        raise stop(*found)


def _from_json(text: str, path: Path, stop: type[Stop]) -> str:
    """Return JSON as YAML, less two habits of its own: a pair of halves as escapes, tabs between values."""
    found: list[str] = []
    end = 0
    for match in re.finditer(_JSON_TEXT, text):
        words = re.sub(_HALVES, _whole, match[0]) if "\\u" in match[0] else match[0]
        half = re.search(_HALF, words) if "\\u" in words else None
        if half:
            line = text.count("\n", 0, match.start()) + 1
            message = N_("The character U+{code} is only half of a character (a lone surrogate).")
            raise stop(_fault(path, line, message, N_("Delete it and type the place anew."), code=half[1].upper()))
        found += [text[end : match.start()].replace("\t", " "), words]
        end = match.end()
    return "".join((*found, text[end:].replace("\t", " ")))


def _whole(match: re.Match[str]) -> str:
    high, low = int(match[2], 16), int(match[3], 16)
    return match[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _toml(text: str, path: Path, stop: type[Stop]) -> Entry:
    import tomllib

    try:
        data = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else 0
        if line:
            remedy = N_("In TOML texts stand in quotation marks and lists in square brackets; no key stands twice.")
            raise stop(_fault(path, line, N_("This line cannot be read."), remedy)) from None
        raise stop(_fault(path, 0, N_("The file is not valid TOML: {reason}"), reason=str(error))) from None
    return _from_plain(data, "")


def _from_plain(data: Any, path: str) -> Entry:  # what tomllib returns
    if isinstance(data, dict):
        below = {key: _from_plain(value, f"{path}.{key}" if path else key) for key, value in data.items()}
        return Entry(below, 0, path)
    if isinstance(data, list):
        return Entry(tuple(_from_plain(value, f"{path}[{i}]") for i, value in enumerate(data)), 0, path)
    if isinstance(data, bool):
        return Entry("true" if data else "false", 0, path)
    return Entry(data if isinstance(data, str) else str(data), 0, path, plain=not isinstance(data, str))


def _yaml(text: str, path: Path, stop: type[Stop]) -> Entry:
    import yaml

    if path.suffix.lower() == ".json":
        text = _from_json(text, path, stop)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    try:
        return _Yaml(text, loader, path, stop).entry()
    except yaml.YAMLError as error:
        raise stop(_not_yaml(error, path, text)) from None
    except RecursionError:
        raise stop(_fault(path, 0, N_("The file is nested too deeply."))) from None
    finally:
        loader.dispose()


def _not_yaml(error: Exception, path: Path, text: str) -> Finding:
    """Say what can be done about it, where that is known; else what YAML's reader says."""
    reason = str(getattr(error, "problem", None) or error)
    opened = "end of stream" in reason  # then the place to look at is where it was opened
    mark = (opened and getattr(error, "context_mark", None)) or getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    remedy = next((remedy for said, remedy in _REMEDIES if said in reason), "")
    rows = re.split(_LINE_END, text)
    if 0 < line <= len(rows) and re.search(r"(?:^\s*- |: )\[.*\][{(]", rows[line - 1]):  # a mark, not a list
        remedy = N_("If a text begins with a square bracket, write >- before it and the text below, moved in.")
    if remedy:
        return _fault(path, line, N_("This line cannot be read."), remedy)
    return _fault(path, line, N_("The file is not valid YAML: {reason}"), reason=reason)


class _Yaml:
    """One YAML text: its events become entries; what is refused is collected and told at the end."""

    def __init__(self, text: str, loader: Any, path: Path, stop: type[Stop]) -> None:
        self.loader, self.path, self.stop = loader, path, stop
        self.faults: list[Finding] = []
        self.rows = re.split(_LINE_END, text) if " #" in text else []

    def fault(self, event: Any, message: str, remedy: str = "", **values: object) -> None:
        self.faults.append(_fault(self.path, event.start_mark.line + 1, message, remedy, **values))

    def entry(self) -> Entry:
        """Return the whole text as one entry; raise where anything in it is refused."""
        import yaml

        framing = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
        events = (event for event in self.events() if not isinstance(event, framing))
        first = next(events, None)
        if first is None:  # nothing but comments
            raise self.stop(_fault(self.path, 0, N_("The file is empty.")))
        entry = self.value(first, events, "", 0)
        following = next(events, None)
        if following is not None:
            self.fault(following, N_("A second document begins here: only one is allowed."))
        if self.faults:
            raise self.stop(*self.faults)
        return entry

    def events(self) -> Iterator[Any]:
        import yaml

        while self.loader.check_event():
            event = self.loader.get_event()
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                remedy = N_("Write the value out. If the text itself begins with & or *, put it in quotation marks.")
                self.fault(event, N_("Anchors (&) and aliases (*) are not allowed."), remedy)
            elif getattr(event, "tag", None):
                remedy = N_("If the text itself begins with !, put it in quotation marks.")
                self.fault(event, N_("Tags (!) are not allowed."), remedy)
            yield event

    def value(self, event: Any, events: Iterator[Any], at: str, depth: int) -> Entry:
        import yaml

        line = event.start_mark.line + 1
        if depth > DEEPEST:
            raise self.stop(_fault(self.path, line, N_("The file is nested too deeply.")))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, at)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Entry] = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self.value(inner, events, f"{at}[{len(items)}]", depth + 1))
            return Entry(tuple(items), line, at)
        if isinstance(event, yaml.MappingStartEvent):
            return Entry(self.fields(events, at, depth), line, at)
        return Entry(None, line, at)  # an alias, refused before

    def scalar(self, event: Any, at: str) -> Entry:
        plain = not event.style
        empty = plain and event.value in ("", "~", "null")
        if plain and self.rows and event.end_mark.line < len(self.rows):
            lost = re.match(_LOST, self.rows[event.end_mark.line][event.end_mark.column :])
            if lost:
                remedy = N_("Put the whole text in straight quotation marks; behind a comment's # stands a space.")
                self.fault(event, N_("“{words}” was taken for a comment and lost."), remedy, words=lost[1])
        value = event.value
        if "\n" in value and event.style in (None, "", ">"):  # in folded text a line end is what an empty line becomes
            value = re.sub(r"\n(?![\n ])", "\n\n", value)
        return Entry(None if empty else value, event.start_mark.line + 1, at, plain)

    def fields(self, events: Iterator[Any], at: str, depth: int) -> dict[str, Entry]:
        import yaml

        fields: dict[str, Entry] = {}
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                break
            if not isinstance(key, yaml.ScalarEvent):
                line = key.start_mark.line + 1
                raise self.stop(*self.faults, _fault(self.path, line, N_("A key must be a word.")))
            name = key.value
            if name in fields:
                self.fault(key, N_("The key “{key}” stands twice."), key=name)
            fields[name] = self.value(next(events), events, f"{at}.{name}" if at else name, depth + 1)
        return fields
