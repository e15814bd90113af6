"""Dates, times, numbers and money: every row of the house's rules, and Babel as the judge of our own formatter."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

import babel.dates
import babel.lists
import babel.numbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.errors import LayoutFault
from report.localise import language
from report.localise.facts import CURRENCIES

TAGS = ["de", "en", "fr", "nl", "pl", "tr", "de_AT", "de_CH"]


@dataclass(frozen=True)
class Day:
    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True)
class Span:
    start: Day
    end: Day


@dataclass(frozen=True)
class Money:
    amount: Decimal
    currency: str = "EUR"


def euro(amount: str) -> Money:
    return Money(Decimal(amount))


def shown(text: str) -> str:
    """No-break spaces as ~, narrow ones as _."""
    return text.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Day(2025, 3, 1), "1.~März~2025"),
        (Day(2022, 9), "September~2022"),
        (Day(2007), "2007"),
        (Day(2022, 9, 0), "September~2022"),
        (Day(2007, 0, 0), "2007"),
        (Span(Day(2025, 3, 1), Day(2025, 3, 5)), "1.–5.~März~2025"),
        (Span(Day(2025, 3, 1), Day(2025, 4, 5)), "1.~März~–~5.~April~2025"),
        (Span(Day(2024, 12, 30), Day(2025, 1, 2)), "30.~Dezember~2024~–~2.~Januar~2025"),
        (Span(Day(2025, 3), Day(2025, 5)), "März–Mai~2025"),
        (Span(Day(2024, 11), Day(2025, 2)), "November~2024~–~Februar~2025"),
        (Span(Day(2007), Day(2012)), "2007–2012"),
        (Span(Day(2007), Day(2012, 5)), "2007~–~Mai~2012"),
        (Span(Day(2025, 3, 1), Day(2025, 3, 1)), "1.~März~2025"),
    ],
)
def test_dates(value: object, text: str) -> None:
    assert shown(language("de").date(value)) == text


def test_dates_with_weekday_and_in_tables() -> None:
    german = language("de")
    assert shown(german.date(Day(2025, 3, 1), weekday=True)) == "Samstag,~1.~März~2025"
    assert german.date_table(Day(2025, 3, 1)) == "01.03.2025"
    assert shown(german.date_table(Day(2025, 3))) == "März~2025"


def test_a_house_chooses_dates_in_figures_and_spaces_in_numbers() -> None:
    ours = language("de", {"dates": "figures", "numbers": "spaces"})
    assert shown(ours.date(Day(2025, 3, 1))) == "01.03.2025"
    assert shown(ours.date(Day(2025, 3, 1), weekday=True)) == "Samstag,~1.~März~2025"
    assert shown(ours.date(Day(2025, 3))) == "März~2025"
    assert shown(ours.number(Decimal(1234567))) == "1~234~567"
    assert shown(ours.number(Decimal(999))) == "999"
    english = language("en", {"numbers": "spaces"})
    assert shown(english.number(Decimal(10000))) == "10,000", "another language keeps its own"


def test_times_keep_their_hour() -> None:
    german, press = language("de"), language("de", {"clock": "press"})
    assert shown(german.time(datetime.time(9, 5))) == "09:05~Uhr"
    assert shown(german.time(datetime.datetime(2025, 3, 1, 9, 5))) == "09:05~Uhr"
    assert shown(german.time_range(datetime.time(9, 5), datetime.time(11, 30))) == "09:05–11:30~Uhr"
    assert shown(press.time(datetime.time(9, 30))) == "9.30~Uhr"
    assert shown(press.time_range(datetime.time(9, 0), datetime.time(11, 30))) == "9–11.30~Uhr"


@pytest.mark.parametrize(
    ("amount", "in_text", "in_table"),
    [
        ("10000", "10.000~Euro", "10.000~€"),
        ("10000.00", "10.000~Euro", "10.000~€"),
        ("1234.5", "1.234,50~Euro", "1.234,50~€"),
        ("1234.50", "1.234,50~Euro", "1.234,50~€"),
        ("0.05", "0,05~Euro", "0,05~€"),
        ("1", "1~Euro", "1~€"),
        ("1250000", "1.250.000~Euro", "1.250.000~€"),
        ("-1234.5", "-1.234,50~Euro", "-1.234,50~€"),
    ],
)
def test_money(amount: str, in_text: str, in_table: str) -> None:
    german = language("de")
    assert shown(german.money_text(euro(amount))) == in_text
    assert shown(german.money_table(euro(amount))) == in_table


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1250000", "1,25~Millionen~Euro"),
        ("1000000", "1~Million~Euro"),
        ("2000000000", "2~Milliarden~Euro"),
        ("1234567", "1.234.567~Euro"),
        ("999999.99", "999.999,99~Euro"),
    ],
)
def test_large_amounts_lose_no_figure(amount: str, text: str) -> None:
    assert shown(language("de").money_short(euro(amount))) == text


def test_numbers() -> None:
    german = language("de")
    assert shown(german.percent(5)) == "5~%"
    assert shown(german.percent(Decimal("12.5"))) == "12,5~%"
    assert german.number(10000) == "10.000"
    assert german.number(Decimal("3.50")) == "3,50"
    assert shown(german.between(50000, 100000)) == "zwischen~50.000 und~100.000"
    assert german.list_words(["Hamm", "Brühl", "Windeck"]) == "Hamm, Brühl und Windeck"
    assert german.list_words([]) == ""


def test_ordinals() -> None:
    german, english = language("de"), language("en")
    assert [german.ordinal_word(n, "f") for n in (1, 3, 8, 12, 13)] == ["Erste", "Dritte", "Achte", "Zwölfte", "13."]
    assert (german.ordinal_word(7, "m"), german.ordinal_word(1, "n")) == ("Siebter", "Erstes")
    assert [english.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]
    )


@pytest.mark.parametrize(
    ("tag", "money", "percent", "date"),
    [
        ("en", "€10,000", "12%", "March~1,~2025"),
        ("de_AT", "€~10.000", "12~%", "1.~März~2025"),
        ("de_CH", "EUR~10’000", "12%", "1.~März~2025"),
        ("nl", "€~10.000", "12%", "1~maart~2025"),
        ("fr", "10_000~€", "12~%", "1~mars~2025"),
        ("pl", "10~000~€", "12%", "1~marca~2025"),
        ("tr", "€10.000", "%12", "1~Mart~2025"),
    ],
)
def test_other_languages_borrow_nothing_from_german(tag: str, money: str, percent: str, date: str) -> None:
    other = language(tag)
    found = (other.money_table(euro("10000")), other.percent(12), other.date(Day(2025, 3, 1)))
    assert tuple(map(shown, found)) == (money, percent, date)


def test_austria_has_its_own_january_and_poland_its_own_plurals() -> None:
    assert shown(language("de_AT").date(Day(2025, 1))) == "Jänner~2025"
    polish = language("pl")
    for count in (1, 2, 5):
        name = babel.numbers.get_currency_name("USD", count, locale="pl")
        assert polish.money_text(Money(Decimal(count), "USD")) == _no_break(f"{count} {name}")


def test_unknown_languages_and_habits_are_refused() -> None:
    for arguments in (("xx-klingon", None), ("de", {"clock": "sun"}), ("de", {"fonts": "many"})):
        with pytest.raises(LayoutFault):
            language(*arguments)


def _no_break(text: str) -> str:
    return text.replace(" ", "\u00a0").replace("\u2009", "\u00a0")


@given(st.sampled_from(TAGS), st.decimals(-(10**12), 10**12, places=3))
def test_numbers_are_babels(tag: str, value: Decimal) -> None:
    expected = babel.numbers.format_decimal(value, "#,##0.000", locale=tag)
    assert language(tag).number(value) == _no_break(expected)


@given(st.sampled_from(TAGS), st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))
def test_dates_are_babels(tag: str, value: datetime.date) -> None:
    found = language(tag)
    assert found.date(value) == _no_break(babel.dates.format_date(value, "long", locale=tag))
    assert found.date(value, weekday=True) == _no_break(babel.dates.format_date(value, "full", locale=tag))
    month = Day(value.year, value.month)
    assert found.date(month) == _no_break(babel.dates.format_skeleton("yMMMM", value, locale=tag))


@given(st.sampled_from(TAGS), st.integers(0, 10**9), st.sampled_from(CURRENCIES))
def test_money_is_babels(tag: str, value: int, code: str) -> None:
    with_cents = Money(Decimal(value) + Decimal("0.25"), code)
    options = {"currency": code, "locale": tag, "currency_digits": False}
    expected = _no_break(babel.numbers.format_currency(with_cents.amount, **options))
    apart = re.sub(r"(?<=[A-Z])(?=\d)", "\u00a0", expected)  # CLDR wants a space after a code, Babel leaves it out
    assert language(tag).money_table(with_cents) == apart
    name = babel.numbers.get_currency_name(code, value, locale=tag)
    assert language(tag).money_text(Money(Decimal(value), code)) == language(tag).number(value) + _no_break(f" {name}")


@given(st.sampled_from(TAGS), st.lists(st.text("abc", min_size=1), max_size=6))
def test_lists_are_babels(tag: str, words: list[str]) -> None:
    assert language(tag).list_words(words) == babel.lists.format_list(words, locale=tag)
