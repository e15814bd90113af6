"""How a text is refused that is no value of its field's kind, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable


class Refusal(Exception):
    """A text that is no value of its kind: what is wrong, the holes' values, what to write instead."""

    def __init__(self, message: str, remedy: str = "", **values: object) -> None:
        super().__init__(message)
        self.message, self.remedy, self.values = message, remedy, values


def nearest(name: str, known: Iterable[str], least: float = 0.6) -> str:
    """Return the one of the known names that is most like `name`; nothing where none is."""
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), 1, least)
    return found[0] if found else ""
