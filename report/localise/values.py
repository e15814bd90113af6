"""What a value must offer to be written: attributes only, so that no room's types are needed.

Read by type checkers alone; a run never imports it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

Number = int | Decimal


class DateLike(Protocol):
    """A date that may lack its day, or day and month (None or 0)."""

    @property
    def year(self) -> int: ...
    @property
    def month(self) -> int | None: ...
    @property
    def day(self) -> int | None: ...


class TimeLike(Protocol):
    """A time of day."""

    @property
    def hour(self) -> int: ...
    @property
    def minute(self) -> int: ...


class MoneyLike(Protocol):
    """An exact amount of a currency (ISO 4217 code)."""

    @property
    def amount(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...
