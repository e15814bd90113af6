"""Dates from what a press officer writes: whole or partial days, ranges, a day with a time.

Forms that have one reading are understood, ISO and German alike (`2024-12`, `10.12.2024`, `1. bis 5. März 2025`);
all others are refused with what was read and what to write. Knows: written forms. Must never know: the file, its
fields, how a date is printed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from report.article.refusal import Refusal
from report.findings import N_

MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
)  # fmt: skip
_SHORT_MONTHS = {"jänner": 1, "mrz": 3, "sept": 9, **{name[:3]: number for number, name in enumerate(MONTHS, 1)}}
_LONG_MONTHS = {name: number for number, name in enumerate(MONTHS, 1)}

_ISO = r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?"
_POINTS = r"(?:([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?|([0-9]{1,2})\.)([0-9]{4})"
_STROKE = r"([0-9]{1,2})/([0-9]{4})"
_WORDS = r"(?:([0-9]{1,2})\.\s*)?([A-Za-zÄÖÜäöü]{3,9})\.?\s+([0-9]{4})"
_SHORT_YEAR = r"([0-9]{1,2}[./]\s?){1,2}[0-9]{2}"
_BETWEEN = r"\s*[–—]\s*|\s+(?:bis|-)\s+|/|(?<=[0-9]{4})-(?=[0-9]{4})"
_UNTIL = r"\s*[–—-]\s*|\s+bis\s+"
_DAY_AND_TIME = (
    r"(.*[0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:[T\s]\s*)((?:um\s+)?[0-9]{1,2}(?:[:.][0-9]{2}){0,2}(?:\s*Uhr)?)"
)
_TIME = r"(?:um\s+)?([0-9]{1,2})(?:[:.]([0-9]{2}))?(?::00)?\s*(Uhr)?"


class PartialDate(NamedTuple):
    """A day, a month (`day` 0) or a year (`month` 0); `str()` gives 2024-12-10, 2024-12 or 2024."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        return "-".join((f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)))


class DateRange(NamedTuple):
    """From one date to another, both of the same precision and both included; `str()` gives start/end."""

    start: PartialDate
    end: PartialDate

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"

    @property
    def year(self) -> int:
        """The year in which the range begins."""
        return self.start.year


When = PartialDate | DateRange


class Moment(NamedTuple):
    """A day and, where it was written, a time of that day (hour -1: none); local to where the article is at home."""

    date: PartialDate
    hour: int = -1
    minute: int = 0

    @property
    def timed(self) -> bool:
        """Tell whether a time was written."""
        return self.hour >= 0

    def __str__(self) -> str:
        return f"{self.date} {self.hour:02}:{self.minute:02}" if self.timed else str(self.date)


class Clock(NamedTuple):
    """A time of day."""

    hour: int
    minute: int = 0


class Hours(NamedTuple):
    """When something begins on a day, and when it ends where that was written."""

    start: Clock
    end: Clock | None = None

    def __str__(self) -> str:
        return "–".join(f"{one.hour:02}:{one.minute:02}" for one in self if one is not None)


_WRITE_DATE = N_("Write it as 2024-12-10, 2024-12 or 2024, or as 10. Dezember 2024.")
_WRITE_MOMENT = N_("Write it as 2024-12-10 12:30, or as 10. Dezember 2024, 12.30 Uhr.")
_WRITE_HOURS = N_("Write it as 17:00, or as 17.00 bis 19.00 Uhr.")


def when(text: str) -> When:
    """Read a date, partial date or range."""
    point = _point(text)
    if point is not None:
        return point
    halves = re.split(_BETWEEN, re.sub(r"^(von|vom)\s+", "", text))
    if len(halves) == 2:
        span = _range(*halves)
        if span is not None:
            return span
    if re.fullmatch(_SHORT_YEAR, text):
        raise Refusal(N_("“{read}”: the year needs four digits."), _WRITE_DATE, read=text)
    raise Refusal(N_("“{read}” is not understood as a date."), _WRITE_DATE, read=text)


def day(text: str) -> PartialDate:
    """Read one full day."""
    found = when(text)
    if isinstance(found, PartialDate) and found.day:
        return found
    remedy = N_("Write it as 2024-12-10 or 10. Dezember 2024.")
    raise Refusal(N_("“{read}”: a full day is needed here."), remedy, read=text)


def moment(text: str) -> Moment:
    """Read a day with or without a time: `2024-12-10 12:00`, `10. Dezember 2024, 9.30 Uhr`."""
    head, _, tail = text.partition(",") if "," in text else _before_time(text)
    if not tail.strip():
        if re.fullmatch(r"[0-9]{1,2}[:.][0-9]{2}(\s*Uhr)?", text):
            raise Refusal(N_("“{read}” is a time: the day is missing."), _WRITE_MOMENT, read=text)
        return Moment(day(text))
    match = re.fullmatch(_TIME, tail.strip())
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59 or not (match[2] or match[3]):
        raise Refusal(N_("“{read}” is not understood as day and time."), _WRITE_MOMENT, read=text)
    return Moment(day(head.strip()), int(match[1]), int(match[2] or 0))


def hours(text: str) -> Hours:
    """Read a time of day, or one and the later time at which it ends: `17:00`, `17 bis 19.30 Uhr`."""
    halves = re.split(_UNTIL, re.sub(r"^(von|ab)\s+", "", text))
    spoken = "Uhr" in text or len(halves) == 2
    clocks = [clock for half in halves if (clock := _clock(half.strip(), spoken)) is not None]
    if len(clocks) != len(halves) or len(clocks) > 2 or clocks != sorted(set(clocks)):
        raise Refusal(N_("“{read}” is not understood as a time of day."), _WRITE_HOURS, read=text)
    return Hours(*clocks)


def _clock(text: str, spoken: bool) -> Clock | None:
    """Read one time; a bare hour only where something beside it says that it is one."""
    match = re.fullmatch(_TIME, text)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59 or not (match[2] or spoken):
        return None
    return Clock(int(match[1]), int(match[2] or 0))


def _before_time(text: str) -> tuple[str, str, str]:
    match = re.fullmatch(_DAY_AND_TIME, text)
    return (match[1], " ", match[2]) if match else (text, "", "")


def _point(text: str) -> PartialDate | None:
    match = re.fullmatch(_ISO, text)
    if match:
        return _date(text, int(match[1]), int(match[2] or 0), int(match[3] or 0), "month" if match[2] else "")
    match = re.fullmatch(_POINTS, text)
    if match:
        return _date(text, int(match[4]), int(match[2] or match[3]), int(match[1] or 0), "day" if match[1] else "month")
    match = re.fullmatch(_STROKE, text)
    if match:
        return _date(text, int(match[2]), int(match[1]), 0, "month")
    match = re.fullmatch(_WORDS, text)
    if match:
        word = match[2].lower()
        month = _LONG_MONTHS.get(word) or _SHORT_MONTHS.get(word)
        if month:
            return _date(text, int(match[3]), month, int(match[1] or 0), "day" if match[1] else "month")
    return None


def _date(text: str, year: int, month: int, day: int, least: str) -> PartialDate:
    """Check the numbers; `least` names the finest part written, so that a written 0 is not taken for absent."""
    long = 31 - (month in (4, 6, 9, 11)) - (3 - _leap(year) if month == 2 else 0)
    missing = (least == "month" and not month) or (least == "day" and not (day and month))
    if missing or month > 12 or day > long or not 1000 <= year <= 2999:
        raise Refusal(N_("“{read}” is not a day of the calendar."), _WRITE_DATE, read=text)
    return PartialDate(year, month, day)


def _leap(year: int) -> int:
    return int(year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _range(first: str, last: str) -> DateRange | None:
    end = _point(last)
    if end is None:
        return None
    start = _point(first)
    if start is None and end.day and re.fullmatch(r"[0-9]{1,2}\.", first):
        start = _date(f"{first}–{last}", end.year, end.month, int(first[:-1]), "day")
    if start is None:  # the year stands only once: 1. März bis 5. April 2025
        start = _point(f"{first} {end.year}")
    if start is None or (bool(start.month), bool(start.day)) != (bool(end.month), bool(end.day)):
        return None
    if start >= end:
        raise Refusal(N_("“{read}”: the range ends before it begins."), _WRITE_DATE, read=f"{first}–{last}")
    return DateRange(start, end)
