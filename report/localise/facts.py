"""What a language's dates, numbers and money look like: Babel's data of one locale, in plain words.

The languages of our houses are shipped ready (`shipped.py`, written by `report.localise.build`): Babel and its
data cost 28 ms to load, a run needs 30 lines of them. Any other language asks Babel itself. Home of Babel. Knows:
locale data. Must never know what a house prefers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

# Currencies whose names are shipped
CURRENCIES = ("CHF", "CZK", "DKK", "EUR", "GBP", "JPY", "NOK", "PLN", "SEK", "TRY", "UAH", "USD")
_LIST_PLACES = ("2", "start", "middle", "end")


class Facts(NamedTuple):
    """One locale. Patterns are CLDR's (`d. MMMM y`, `#,##0 %`); names are lists in calendar order."""

    months: list[str]
    months_alone: list[str]
    weekdays: list[str]  # Monday first
    day_periods: list[str]  # am, pm
    full: str
    long: str
    month_year: str
    table: str
    clock: str
    day_ranges: Mapping[str, list[str]]  # by the greatest part that differs: d, M, y
    month_ranges: Mapping[str, list[str]]
    any_range: str  # "{0} – {1}"
    decimal: str
    group: str
    minus: str
    grouping: list[int]
    percent: str
    money: str
    unit: str  # "{0} {1}": number and name
    currencies: Mapping[str, Mapping[str, str]]  # code: symbol, and the name for each plural category
    lists: Mapping[str, str]

    def currency(self, code: str, category: str) -> tuple[str, str]:
        """Return a currency's symbol and its name after a number of that plural category; the code where unknown."""
        names = self.currencies.get(code, {})
        return names.get("symbol", code), names.get(category) or names.get("other", code)


def language_of(tag: str) -> str:
    """Return `de` of `de-AT`."""
    return tag.replace("-", "_").partition("_")[0].lower()


@lru_cache(maxsize=16)
def facts(tag: str) -> Facts:
    """Return the facts of a language tag; raise ValueError for one that nobody knows."""
    from report.localise.shipped import TABLE

    name = tag.replace("-", "_")
    known: Mapping[str, Any] | None = TABLE.get({"de_DE": "de", "en_US": "en"}.get(name, name))
    return Facts(**(known or from_babel(name)))


@lru_cache(maxsize=16)
def plural_of(tag: str) -> Callable[[Decimal], str]:
    """Return what tells the plural category (`one`, `few`, `other`) of a number."""
    if language_of(tag) in ("de", "en"):
        return lambda value: "one" if str(value) == "1" else "other"
    import babel

    rule = babel.Locale.parse(tag, sep="-" if "-" in tag else "_").plural_form
    return lambda value: str(rule(value))


def from_babel(tag: str, plain: bool = False) -> dict[str, Any]:
    """Read a locale's facts from Babel; `plain` takes only the currencies of the shipped table."""
    import babel

    try:
        locale = babel.Locale.parse(tag)
    except babel.UnknownLocaleError as error:
        raise ValueError(str(error)) from None
    return {**_calendar(locale), **_numbers(locale, CURRENCIES if plain else tuple(locale.currencies))}


def _calendar(locale: Any) -> dict[str, Any]:  # Any here and below: Babel's own untyped dictionaries
    skeletons = locale.datetime_skeletons
    periods = {**locale.day_periods["format"]["abbreviated"], **locale.day_periods["format"]["wide"]}
    long = locale.date_formats["long"].pattern
    return {
        "months": [locale.months["format"]["wide"][n] for n in range(1, 13)],
        "months_alone": [locale.months["stand-alone"]["wide"][n] for n in range(1, 13)],
        "weekdays": [locale.days["format"]["wide"][n] for n in range(7)],
        "day_periods": [periods["am"], periods["pm"]],
        "full": locale.date_formats["full"].pattern,
        "long": long,
        "month_year": str(skeletons["yMMMM"]),
        "table": str(skeletons["yMd"]),
        "clock": locale.time_formats["short"].pattern,
        "day_ranges": _ranges(locale, "yMMMMd", "yMMMd"),
        "month_ranges": _ranges(locale, "yMMMM", "yMMM"),
        "any_range": str(locale.interval_formats[None]),
    }


def _ranges(locale: Any, *skeletons: str) -> dict[str, list[str]]:
    """Return the patterns of a range; Babel takes short months where the long ones have no pattern of their own."""
    for skeleton in skeletons:
        found = locale.interval_formats.get(skeleton)
        if found:
            wide = {key: [_wide(part) for part in parts] for key, parts in found.items() if key in ("d", "M", "y")}
            return dict(sorted(wide.items()))
    return {}


def _wide(pattern: str) -> str:
    for short, long in (("MMM", "MMMM"), ("LLL", "LLLL")):
        if short in pattern and long not in pattern:
            return pattern.replace(short, long)
    return pattern


def _numbers(locale: Any, codes: tuple[str, ...]) -> dict[str, Any]:
    signs = locale.number_symbols.get("latn", locale.number_symbols)
    units = locale._data["currency_unit_patterns"]
    lists = locale.list_patterns["standard"]
    return {
        "decimal": signs["decimal"],
        "group": signs["group"],
        "minus": signs["minusSign"],
        "grouping": list(locale.decimal_formats[None].grouping),
        "percent": locale.percent_formats[None].pattern.partition(";")[0],
        "money": locale.currency_formats["standard"].pattern.partition(";")[0],
        "unit": str(units.get("other", "{0} {1}")),
        "currencies": {code: _currency(locale, code) for code in codes},
        "lists": {place: lists[place] for place in _LIST_PLACES},
    }


def _currency(locale: Any, code: str) -> dict[str, str]:
    plurals = locale._data["currency_names_plural"].get(code) or {}
    names = {category: str(name) for category, name in sorted(plurals.items())}
    name = locale.currencies.get(code, code)
    return {"symbol": locale.currency_symbols.get(code, code), **names, "other": names.get("other", name)}
