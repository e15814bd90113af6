"""How a text is refused that is no value of its field's kind."""

from __future__ import annotations


class Refusal(Exception):
    """A text that is no value of its kind: what is wrong, the holes' values, what to write instead."""

    def __init__(self, message: str, remedy: str = "", **values: object) -> None:
        super().__init__(message)
        self.message, self.remedy, self.values = message, remedy, values
