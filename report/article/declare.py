"""How a field of the article is declared: once, with its kind, its German title and its help.

Reading, checking, the JSON Schema and (later) a form follow from the declaration. A kind knows how to read an entry of
a file and how to describe itself; faults are collected, never raised, so that all are told at once. Knows: entries,
faults, kinds. Must never know: which fields there are.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar, cast

from report.article.characters import around, composed, named, one_line, strangers
from report.article.refusal import Refusal
from report.datafile import Entry
from report.findings import N_, Finding, Place, nearest

T = TypeVar("T")
Fragment = dict[str, Any]  # a piece of JSON Schema


class Faults:
    """Collects what is wrong with one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []

    def add(self, entry: Entry, rule: str, message: str, remedy: str = "", **values: object) -> None:
        """Keep one fault at the place of `entry`."""
        place = Place(self.file, entry.line, entry.path)
        self.found.append(Finding(f"article.{rule}", message, values, place, "error", remedy))

    def refuse(self, entry: Entry, refusal: Refusal, rule: str = "value") -> None:
        """Keep a refusal as a fault at the place of `entry`."""
        values = {key: _short(value) for key, value in refusal.values.items()}
        self.add(entry, rule, refusal.message, refusal.remedy, **values)

    def words(self, entry: Entry) -> str | None:
        """Return the entry's text, composed and free of forbidden characters; None where there is none."""
        if entry.value is None:
            return None
        if not isinstance(entry.value, str):
            if isinstance(entry.value, tuple):
                self.add(entry, "kind", N_("One text is expected here, but a list was read."), _ONE_TEXT)
            else:
                self.add(entry, "kind", N_("One text is expected here, but keys with values were read."), _QUOTE)
            return None
        found = strangers(entry.value)
        for character, at in found[:5]:
            near = around(entry.value, at)
            message = N_("The character {name} may not stand in a text: “{near}”.")
            self.add(entry, "character", message, _DELETE, name=named(character), near=near)
        return None if found else composed(entry.value)


_ONE_TEXT = N_("Write the text behind the colon, without a hyphen before it.")
_QUOTE = N_("If the text has a colon in it, put the whole text in straight quotation marks: 'text: more text'.")
_DELETE = N_("Delete it and type the place anew; such characters come along when text is pasted.")


class Kind(ABC, Generic[T]):
    """What a field holds."""

    @abstractmethod
    def absent(self) -> T:
        """Return the value of a field that is not there."""

    @abstractmethod
    def read(self, entry: Entry, faults: Faults) -> T:
        """Return the entry's value; what is wrong goes to `faults`."""

    @abstractmethod
    def schema(self) -> Fragment:
        """Describe the kind as JSON Schema."""


class Scalar(Kind[T]):
    """One value that is written as one text."""

    def __init__(self, take: Callable[[str], T], absent: T, **schema: Any) -> None:
        self.take, self.nothing, self.fragment = take, absent, schema

    def absent(self) -> T:
        """Return what stands for nothing."""
        return self.nothing

    def read(self, entry: Entry, faults: Faults) -> T:
        """Read the entry."""
        words = faults.words(entry)
        if words is None:
            return self.nothing
        try:
            return self.take(one_line(words))
        except Refusal as refusal:
            faults.refuse(entry, refusal)
            return self.nothing

    def schema(self) -> Fragment:
        """Describe what may be written."""
        return {"type": ["string", "number"], **self.fragment}


class Choice(Scalar[str]):
    """One word of a few; German words for them are understood."""

    def __init__(self, default: str, **words: str) -> None:
        self.words = words
        super().__init__(self.choose, default, type="string", enum=[*words, *words.values()])

    def choose(self, text: str) -> str:
        """Return the English word for what was written."""
        for word, german in self.words.items():
            if text.lower() in (word, german.lower()):
                return word
        known = ", ".join(f"{word} ({german})" for word, german in self.words.items())
        raise Refusal(N_("“{read}” is none of: {known}."), N_("Write one of these words."), read=text, known=known)


class Items(Kind[Any]):
    """A list of one kind, as a tuple."""

    def __init__(self, of: Kind[Any]) -> None:
        self.of = of

    def absent(self) -> tuple[Any, ...]:
        """Return what stands for nothing."""
        return ()

    def read(self, entry: Entry, faults: Faults) -> tuple[Any, ...]:
        """Read the entry."""
        if isinstance(entry.value, tuple):
            read = (self.of.read(item, faults) for item in entry.value if item.value is not None)
            return tuple(item for item in read if item is not None)
        if entry.value is not None:
            remedy = N_("Write each item on a line of its own that begins with a hyphen and a space.")
            faults.add(entry, "kind", N_("A list is expected here."), remedy)
        return ()

    def schema(self) -> Fragment:
        """Describe what may be written."""
        return {"type": "array", "items": self.of.schema()}


class Record(Kind[Any]):
    """Keys with values: a form of declared fields; `short` names the field that a single text stands for.

    `always` gives the record with nothing in it where there is none.
    """

    def __init__(self, form: type[Form], short: str = "", *, always: bool = False) -> None:
        self.form, self.short, self.always = form, short, always

    def absent(self) -> Any:
        """Return what stands for nothing."""
        return self.form() if self.always else None

    def read(self, entry: Entry, faults: Faults) -> Any:
        """Read the entry."""
        if entry.value is None:
            return self.absent()
        if isinstance(entry.value, str) and self.short:
            entry = Entry({self.short: Entry(entry.value, entry.line, entry.path, entry.plain)}, entry.line, entry.path)
        if not isinstance(entry.value, dict):
            faults.add(entry, "kind", N_("Keys with values are expected here."), _KEYS)
            return self.absent()
        return self.filled(entry, entry.value, faults)

    def filled(self, entry: Entry, found: Mapping[str, Entry], faults: Faults) -> Any:
        """Return the form with each known field read; unknown and missing ones are faults."""
        known = self.form.declared
        values: dict[str, Any] = {}
        for key, inner in found.items():
            if key in known:
                name, one = known[key]
                values[name] = one.kind.read(inner, faults)
            else:
                self.unknown(key, inner, known, faults)
        for key, (_, one) in known.items():
            if one.required and (key not in found or found[key].value in (None, "", ())):
                at = Entry(None, found[key].line if key in found else entry.line, _below(entry.path, key))
                said = {"title": one.title, "key": key, "help": one.help}
                faults.add(at, "missing", one.ask or _MISSING, N_("What it is: {help}"), **said)
        return self.form(path=entry.path, **values)

    @staticmethod
    def unknown(key: str, inner: Entry, known: Mapping[str, tuple[str, Term]], faults: Faults) -> None:
        """Report a key that is not declared, with the nearest one that is, by its name or its German title."""
        names = {one.title.casefold(): name for name, (_, one) in known.items()} | {name: name for name in known}
        meant = nearest(key.casefold(), names)
        message = N_("The field “{key}” is unknown.")
        if meant:
            name = names[meant]
            remedy = N_("Did you mean “{nearest}” ({title})?")
            faults.add(inner, "unknown", message, remedy, key=key, nearest=name, title=known[name][1].title)
        else:
            faults.add(inner, "unknown", message, N_("Known here: {known}."), key=key, known=", ".join(known))

    def schema(self) -> Fragment:
        """Describe what may be written."""
        reference = {"$ref": f"#/$defs/{self.form.__name__}"}
        return {"anyOf": [{"type": "string"}, reference]} if self.short else reference


_KEYS = N_("Write below it lines of the form “key: value”, each moved in by two spaces.")
_MISSING = N_("The field “{key}” ({title}) is missing.")


class Keyed(Kind[Any]):
    """Records under names that the writer chooses and refers to elsewhere."""

    def __init__(self, of: Record, name: Callable[[str], str]) -> None:
        self.of, self.name = of, name

    def absent(self) -> dict[str, Any]:
        """Return what stands for nothing."""
        return {}

    def read(self, entry: Entry, faults: Faults) -> dict[str, Any]:
        """Read the entry."""
        if isinstance(entry.value, dict):
            for key, inner in entry.value.items():
                try:
                    self.name(key)
                except Refusal as refusal:
                    faults.refuse(inner, refusal, "name")
            read = ((key, self.of.read(inner, faults)) for key, inner in entry.value.items())
            return {key: record for key, record in read if record is not None}
        if entry.value is not None:
            faults.add(entry, "kind", N_("Names with their facts below are expected here."), _KEYS)
        return {}

    def schema(self) -> Fragment:
        """Describe what may be written."""
        names = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
        return {"type": "object", "propertyNames": names, "additionalProperties": self.of.schema()}


class Term(NamedTuple):
    """The declaration of one field: what it holds, its German title and help, how its absence is told."""

    kind: Kind[Any]
    title: str
    help: str
    key: str = ""
    required: bool = False
    ask: str = ""


def term(kind: Kind[T], title: str, help: str, **facts: Any) -> T:
    """Declare a field of a Form; `facts` are the further ones of Term. It stands for the field's value in the class."""
    return cast(T, Term(kind, title, help, **facts))


class Form:
    """A record of declared fields that never change; `path` is the record's own place in the file.

    No dataclass: the eighteen of the model would cost 10 ms at each start, more than reading an article does.
    """

    declared: ClassVar[Mapping[str, tuple[str, Term]]] = {}  # key in the file -> name in Python, term
    path: str = ""

    def __init_subclass__(cls) -> None:
        found = {name: one for name, one in vars(cls).items() if isinstance(one, Term)}
        cls.declared = {one.key or name: (name, one) for name, one in found.items()}

    def __init__(self, **values: Any) -> None:
        for name in values:
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no field {name}")
        absent = {name: one.kind.absent() for name, one in self.declared.values() if name not in values}
        self.__dict__.update(absent, **values)

    def with_(self, **values: Any) -> Self:
        """Return the record with some values exchanged."""
        return type(self)(**{**self.__dict__, **values})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} does not change")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


def _short(value: object) -> object:
    return f"{value[:60]}…" if isinstance(value, str) and len(value) > 80 else value


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
