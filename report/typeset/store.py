"""A bounded memory for what is dear to make and often asked for.

Knows: keys and values. Must never know what they are.
"""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Store(Generic[K, V]):
    """A memory in two generations: when the young half is full it becomes the old one, and the old one goes."""

    def __init__(self, limit: int) -> None:
        self._half = limit // 2
        self._young: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def get(self, key: K) -> V | None:
        """Return what is remembered for `key`; what is asked for grows young again."""
        value = self._young.get(key)
        if value is None and (value := self._old.pop(key, None)) is not None:
            self.put(key, value)
        return value

    def put(self, key: K, value: V) -> None:
        """Remember `value`, and forget what nobody asked for since the young half last filled up."""
        if len(self._young) >= self._half:
            self._old, self._young = self._young, {}
        self._young[key] = value

    def clear(self) -> None:
        """Forget everything (a test compares a first run with a later one)."""
        self._young, self._old = {}, {}
