"""Records: classes made from their annotations, as the standard library's dataclasses are, at a fifth of their cost.

A start makes seventy of them, and each dataclass takes four tenths of a millisecond: together more than setting four
pages does. Here only `__init__` is made for each class; how records are compared, shown, exchanged and sent to another
process is written once for all. Knows: annotations. Must never know what a record holds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, cast, dataclass_transform

T = TypeVar("T")
C = TypeVar("C", bound=type[Any])
_ABSENT: Any = object()


class _Made:
    """The default of a field that is made anew for each record."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], T]) -> T:
    """Declare a default that is made anew for each record."""
    made: Any = _Made(default_factory)
    return made  # type: ignore[no-any-return]


@dataclass_transform(field_specifiers=(field,))
def record(*, frozen: bool = False, eq: bool = True) -> Callable[[C], C]:
    """Make a class of slots from its annotations; `frozen`: never changed; without `eq` only itself is the same."""

    def made(cls: C) -> C:
        return cast(C, _made(cls, frozen, eq))

    return made


def replace(of: T, **values: Any) -> T:
    """Return a record with some values exchanged."""
    names: tuple[str, ...] = of.__match_args__  # type: ignore[attr-defined]
    return type(of)(**{**{name: getattr(of, name) for name in names}, **values})


def fields(cls: type[Any]) -> tuple[str, ...]:
    """Return the names of a record's fields."""
    found: tuple[str, ...] = cls.__match_args__
    return found


def _made(cls: Any, frozen: bool, eq: bool) -> Any:
    space = dict(cls.__dict__)
    names = tuple(space.get("__annotations__", ()))
    given = {name: space.pop(name) for name in names if name in space}
    for name in ("__dict__", "__weakref__"):
        space.pop(name, None)
    space |= {"__slots__": names, "__match_args__": names, "__repr__": _repr, "__reduce__": _reduce}
    space["__init__"] = _init(names, given, frozen)
    if eq:
        space |= {"__eq__": _eq, "__hash__": _hash if frozen else None}
    if frozen:
        space |= {"__setattr__": _refuse, "__delattr__": _refuse}
    made = type(cls)(cls.__name__, cls.__bases__, space)
    made.__qualname__ = cls.__qualname__
    return made


def _init(names: tuple[str, ...], given: dict[str, Any], frozen: bool) -> Any:
    """Return `__init__`, written as one would by hand."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_absent": _ABSENT}
    head, lines = ["self"], []
    for name in names:
        value, taken = given.get(name, _ABSENT), name
        if isinstance(value, _Made):
            known[f"_make_{name}"] = value.make
            head.append(f"{name}=_absent")
            taken = f"_make_{name}() if {name} is _absent else {name}"
        elif value is not _ABSENT:
            known[f"_given_{name}"] = value
            head.append(f"{name}=_given_{name}")
        else:
            head.append(name)
        lines.append(f" _set(self,'{name}',{taken})" if frozen else f" self.{name}={taken}")
    exec(f"def __init__({','.join(head)}):\n" + "\n".join(lines or [" pass"]), known)
    return known["__init__"]


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__match_args__])


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: object) -> Any:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _reduce(self: Any) -> tuple[type[Any], tuple[Any, ...]]:
    return type(self), _values(self)


def _refuse(self: Any, name: str, *_: object) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} does not change: {name}")
