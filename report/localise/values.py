"""What a value must offer to be written: attributes only, so that no room's types are needed.

Read by type checkers alone; a run never imports it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

Number = int | Decimal


class DateLike(Protocol):
    """A date that may lack its day, or day and month."""

    @property
    def year(self) -> int:
        """The year, four figures."""

    @property
    def month(self) -> int | None:
        """The month from 1; None or 0 where only the year is known."""

    @property
    def day(self) -> int | None:
        """The day from 1; None or 0 where it is not known."""


class TimeLike(Protocol):
    """A time of day."""

    @property
    def hour(self) -> int:
        """The hour, 0 to 23."""

    @property
    def minute(self) -> int:
        """The minute, 0 to 59."""


class MoneyLike(Protocol):
    """An exact amount of a currency."""

    @property
    def amount(self) -> Decimal:
        """How much."""

    @property
    def currency(self) -> str:
        """Of what: the code of ISO 4217."""
