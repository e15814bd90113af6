"""Dates, times, numbers and money as a house writes them, from typed values.

Values are taken by their attributes (`year month day`, `amount currency`), so that no room's types are needed.
Every space is one that does not break. Knows: a locale's facts and the house's habits. Must never know where the
text will stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from report.localise.facts import Facts, facts, plural_of
from report.localise.habits import Habits

if TYPE_CHECKING:
    from report.localise.values import DateLike, MoneyLike, Number, TimeLike

NBSP = "\u00a0"
_SPACES = str.maketrans({" ": NBSP, "\u2009": NBSP})
_FIELD = re.compile(r"'([^']*)'|([A-Za-z])\2*")


class Formats:
    """The writing of values in one language."""

    def __init__(self, tag: str, habits: Habits) -> None:
        self.facts: Facts = facts(tag)
        self.habits = habits
        self.plural = plural_of(tag)

    def date(self, value: DateLike, weekday: bool = False) -> str:
        """`1. März 2025`, `September 2022`, `2007`: as much of the date as is known; a house may write `01.03.2025`."""
        if not value.month:
            return str(value.year)
        if not value.day:
            return self._set(self.facts.month_year, value)
        if self.habits.dates == "figures" and not weekday:
            return self._set(self.habits.date_table or self.facts.table, value)
        return self._set(self.facts.full if weekday else self.facts.long, value)

    def date_table(self, value: DateLike) -> str:
        """`01.03.2025`, for columns of dates; a partial date as in text."""
        if not (value.month and value.day):
            return self.date(value)
        return self._set(self.habits.date_table or self.facts.table, value)

    def date_range(self, first: DateLike, last: DateLike) -> str:
        """`1.–5. März 2025`: what both dates share stands once."""
        key = _greatest_difference(first, last)
        if key is None:
            return self.date(first)
        if not first.month or not last.month:
            return self._between_dates(first, last) if first.month or last.month else f"{first.year}–{last.year}"
        if bool(first.day) != bool(last.day):
            return self._between_dates(first, last)
        patterns = (self.facts.day_ranges if first.day else self.facts.month_ranges).get(key)
        if not patterns or len(patterns) != 2:
            return self._between_dates(first, last)
        return self._set(patterns[0], first) + self._set(patterns[1], last)

    def time(self, value: TimeLike) -> str:
        """`09:30 Uhr`; a house that writes as newspapers do says `9.30 Uhr` and `10 Uhr`."""
        return self._with_clock_word(self._clock(value))

    def time_range(self, first: TimeLike, last: TimeLike) -> str:
        """`09:05–11:30 Uhr`."""
        return self._with_clock_word(f"{self._clock(first)}–{self._clock(last)}")

    def number(self, value: Number) -> str:
        """`10.000` (a house may write `10 000`), `3,5`: exactly the value's figures, grouped; nothing is rounded."""
        sign, whole, rest = _figures(value)
        size, further = self.facts.grouping
        groups = [whole[-size:]]
        whole = whole[:-size]
        while whole:
            groups.insert(0, whole[-further:])
            whole = whole[:-further]
        text = (self.habits.group or self.facts.group).join(groups) + (self.facts.decimal + rest if rest else "")
        return (self.facts.minus if sign else "") + text.translate(_SPACES)

    def percent(self, value: Number) -> str:
        """`5 %` of 5."""
        return self._filled(self.facts.percent, self.number(value))

    def money_text(self, value: MoneyLike) -> str:
        """`10.000 Euro`, `1.234,50 Euro`: cents stand where there are any, and are never dropped."""
        amount = _cents(value.amount)
        name = self.facts.currency(value.currency, self.plural(amount))[1]
        return self.facts.unit.format(self.number(amount), name).translate(_SPACES)

    def money_table(self, value: MoneyLike) -> str:
        """`10.000 €`, `1.234,50 €`."""
        amount = _cents(value.amount)
        symbol = self.facts.currency(value.currency, "other")[0]
        sign, bare = (self.facts.minus, -amount) if amount < 0 else ("", amount)
        pattern = self.facts.money
        if symbol.isalpha():  # a code never touches its figures
            pattern = re.sub(r"¤(?=#)", f"¤{NBSP}", pattern)
        return sign + self._filled(pattern, self.number(bare)).replace("¤", symbol)

    def money_short(self, value: MoneyLike) -> str:
        """`1,25 Millionen Euro`; an amount that would lose a figure stays whole."""
        for size, one, many in self.habits.large_numbers:
            parts = (value.amount / size).normalize()
            if abs(parts) >= 1 and -int(parts.as_tuple().exponent) <= 2:
                name = self.facts.currency(value.currency, "other")[1]
                return f"{self.number(parts)}{NBSP}{one if parts == 1 else many}{NBSP}{name}"
        return self.money_text(value)

    def between(self, first: Number, last: Number) -> str:
        """`zwischen 50.000 und 100.000`; a line may end before the second word."""
        low, high = self.number(first), self.number(last)
        if not self.habits.between:
            return f"{low}–{high}"
        before, amid = self.habits.between
        return f"{before}{NBSP}{low} {amid}{NBSP}{high}"

    def list_words(self, words: Iterable[str]) -> str:
        """Join words to `a, b und c`."""
        items = list(words)
        if len(items) < 2:
            return "".join(items)
        lists = self.facts.lists
        if len(items) == 2:
            return lists["2"].format(*items)
        text = lists["end"].format(items[-2], items[-1])
        for place, item in [("middle", item) for item in items[-3:0:-1]] + [("start", items[0])]:
            text = lists[place].format(item, text)
        return text

    def ordinal(self, value: int) -> str:
        """`13.` of 13."""
        return self.habits.ordinal(value)

    def _set(self, pattern: str, value: DateLike) -> str:
        words = _date_words(self.facts, value)
        return "".join(words.get(part, part) for part in _parts(pattern)).translate(_SPACES)

    def _between_dates(self, first: DateLike, last: DateLike) -> str:
        return self.facts.any_range.format(self.date(first), self.date(last)).translate(_SPACES)

    def _clock(self, value: TimeLike) -> str:
        if self.habits.clock == "press":
            return f"{value.hour}.{value.minute:02}" if value.minute else str(value.hour)
        words = {
            "H": str(value.hour),
            "HH": f"{value.hour:02}",
            "h": str((value.hour - 1) % 12 + 1),
            "hh": f"{(value.hour - 1) % 12 + 1:02}",
            "mm": f"{value.minute:02}",
            "a": self.facts.day_periods[value.hour >= 12],
        }
        return "".join(words.get(part, part) for part in _parts(self.facts.clock)).translate(_SPACES)

    def _with_clock_word(self, text: str) -> str:
        return f"{text}{NBSP}{self.habits.clock_word}" if self.habits.clock_word else text

    def _filled(self, pattern: str, number: str) -> str:
        return re.sub(r"[#0,.]*[#0]", lambda _: number, pattern, count=1).translate(_SPACES)


@lru_cache(maxsize=64)
def _parts(pattern: str) -> tuple[str, ...]:
    """Cut `d. MMMM y` into `d`, `. `, `MMMM`, ` `, `y`; quoted words lose their quotation marks."""
    parts: list[str] = []
    end = 0
    for match in _FIELD.finditer(pattern):
        parts += [pattern[end : match.start()], match[1] if match[1] is not None else match[0]]
        end = match.end()
    return (*parts, pattern[end:])


def _date_words(known: Facts, value: DateLike) -> dict[str, str]:
    year, month, day = value.year, value.month or 1, value.day or 1
    words = {"y": str(year), "yyyy": str(year), "M": str(month), "MM": f"{month:02}", "d": str(day), "dd": f"{day:02}"}
    words["MMMM"], words["LLLL"] = known.months[month - 1], known.months_alone[month - 1]
    words["EEEE"] = known.weekdays[_weekday(year, month, day)]
    return words


def _weekday(year: int, month: int, day: int) -> int:
    """Return the day of the week, Monday 0 (Sakamoto's rule)."""
    shift = (0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4)[month - 1]
    year -= month < 3
    return (year + year // 4 - year // 100 + year // 400 + shift + day + 6) % 7


def _greatest_difference(first: DateLike, last: DateLike) -> str | None:
    if first.year != last.year:
        return "y"
    if (first.month or 0) != (last.month or 0):
        return "M"
    return "d" if (first.day or 0) != (last.day or 0) else None


def _figures(value: Number) -> tuple[bool, str, str]:
    text = format(Decimal(str(value)), "f")
    whole, _, rest = text.lstrip("-").partition(".")
    return text.startswith("-"), whole, rest


def _cents(amount: Number) -> Decimal:
    """Return the amount with two decimals, or none where they are noughts; finer ones stay."""
    exact = Decimal(str(amount))
    if exact == exact.to_integral_value():
        return exact.quantize(Decimal(1))
    return exact if -int(exact.as_tuple().exponent) > 2 else exact.quantize(Decimal("0.01"))
