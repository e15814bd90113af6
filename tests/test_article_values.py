"""Typed values: every written form that is understood, and every one that is refused rather than guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.article import dates, values
from report.article.dates import MONTHS, Clock, DateRange, Hours, Moment, PartialDate
from report.article.refusal import Refusal
from report.article.values import Money

DAY = PartialDate(2024, 12, 10)

UNDERSTOOD_DATES = [
    ("2007", PartialDate(2007)),
    ("2022-09", PartialDate(2022, 9)),
    ("2024-12-10", DAY),
    ("10. Dezember 2024", DAY),
    ("10.Dezember 2024", DAY),
    ("10.12.2024", DAY),
    ("1. 3. 2025", PartialDate(2025, 3, 1)),
    ("01.03.2025", PartialDate(2025, 3, 1)),
    ("Dezember 2024", PartialDate(2024, 12)),
    ("Dez. 2024", PartialDate(2024, 12)),
    ("März 2025", PartialDate(2025, 3)),
    ("Mrz. 2025", PartialDate(2025, 3)),
    ("Jänner 2025", PartialDate(2025, 1)),
    ("12/2024", PartialDate(2024, 12)),
    ("9.2022", PartialDate(2022, 9)),
    ("29.02.2024", PartialDate(2024, 2, 29)),
    ("2007–2012", DateRange(PartialDate(2007), PartialDate(2012))),
    ("2007-2012", DateRange(PartialDate(2007), PartialDate(2012))),
    ("2007/2012", DateRange(PartialDate(2007), PartialDate(2012))),
    ("2007 bis 2012", DateRange(PartialDate(2007), PartialDate(2012))),
    ("1.–5. März 2025", DateRange(PartialDate(2025, 3, 1), PartialDate(2025, 3, 5))),
    ("vom 1. bis 5. März 2025", DateRange(PartialDate(2025, 3, 1), PartialDate(2025, 3, 5))),
    ("28. Februar – 5. März 2025", DateRange(PartialDate(2025, 2, 28), PartialDate(2025, 3, 5))),
    ("März bis Mai 2025", DateRange(PartialDate(2025, 3), PartialDate(2025, 5))),
    ("2025-03-01/2025-03-05", DateRange(PartialDate(2025, 3, 1), PartialDate(2025, 3, 5))),
]

REFUSED_DATES = [
    "10.12.24", "31.2.2024", "29.2.2023", "2024-13", "00/2024", "0.12.2024", "2024/25", "03/04/2025", "12:30", "750",
    "heute", "Frühling 2024", "5.–1. März 2025", "2012–2007", "2007–März 2012", "10. 2024", "2024-00-10", "20241210",
    "10.000", "no", "08", "", "10. Dezember", "99999",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), UNDERSTOOD_DATES)
def test_dates_are_understood(text: str, value: dates.When) -> None:
    assert dates.when(text) == value


@pytest.mark.parametrize("text", REFUSED_DATES)
def test_dates_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        dates.when(text)
    assert refused.value.remedy


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_every_day_is_understood_in_each_form(day: date) -> None:
    expected = PartialDate(day.year, day.month, day.day)
    forms = (
        f"{day.year:04}-{day.month:02}-{day.day:02}",
        f"{day.day}.{day.month}.{day.year:04}",
        f"{day.day}. {MONTHS[day.month - 1].capitalize()} {day.year:04}",
    )
    assert [dates.when(form) for form in forms] == [expected] * 3
    assert dates.when(str(expected)) == expected


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    try:
        found = dates.when(text)
    except Refusal:
        return
    assert dates.when(str(found)) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-12-10", Moment(DAY)),
        ("2024-12-10 12:30", Moment(DAY, 12, 30)),
        ("2024-12-10T12:30:00", Moment(DAY, 12, 30)),
        ("10. Dezember 2024, 12 Uhr", Moment(DAY, 12)),
        ("10.12.2024 9.30 Uhr", Moment(DAY, 9, 30)),
        ("10. Dezember 2024 um 12 Uhr", Moment(DAY, 12)),
    ],
)
def test_moments_are_understood(text: str, value: Moment) -> None:
    assert dates.moment(text) == value
    assert dates.moment(str(value)) == value


NO_MOMENTS = ["12:30", "9.30 Uhr", "2024-12", "2024-12-10 25:00", "10. Dezember 2024, 12", "morgen"]


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_moments_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        dates.moment(text)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("10.000", "10000", "EUR"),
        ("10.000 Euro", "10000", "EUR"),
        ("10 000 €", "10000", "EUR"),
        ("10\u202f000\u00a0€", "10000", "EUR"),
        ("10000", "10000", "EUR"),
        ("1.234,50 €", "1234.50", "EUR"),
        ("0,99 EUR", "0.99", "EUR"),
        ("€ 5", "5", "EUR"),
        ("1.303.500 Euro", "1303500", "EUR"),
        ("500 CHF", "500", "CHF"),
        ("12,00 £", "12.00", "GBP"),
    ],
)
def test_money_is_understood_exactly(text: str, amount: str, currency: str) -> None:
    found = values.money(text)
    assert (str(found.amount), found.currency) == (amount, currency)


@pytest.mark.parametrize(
    "text",
    ["10.0", "10.00", "1234.5", "1,000", "10,5", "-5 €", "10.0000", "1.2345", "zehn", "5 Taler", "€ 5 €", "10.000,- €",
     "10'000.50", "1.000 000", "", "Euro", "1e4", "0x10", "no", "12:30"],
)  # fmt: skip
def test_money_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        values.money(text)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_money_loses_no_cent(amount: Decimal) -> None:
    grouped = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert values.money(f"{grouped} €") == Money(amount, "EUR")


COUNTS = [("34", 34), ("10.000", 10_000), ("50 000", 50_000), ("1.303.500", 1_303_500), ("08", 8), ("0", 0)]


@pytest.mark.parametrize(("text", "value"), COUNTS)
def test_counts_are_understood(text: str, value: int) -> None:
    assert values.count(text) == value


@pytest.mark.parametrize("text", ["10.0", "3,5", "-1", "1,000", "12:30", "no", "zwölf", "", "rund 100", "１２"])
def test_counts_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        values.count(text)


TAKES: list[tuple[Callable[[str], object], list[str], list[str]]] = [
    (values.flag, ["ja", "Nein", "true", "no", "yes", "off"], ["vielleicht", "1", ""]),
    (
        values.identifier,
        ["familienkommune-gladbeck", "a", "2024"],
        ["Gladbeck", "ä", "a--b", "-a", "a b", "con", "lpt1", "a" * 61, "a/b", ".."],
    ),
    (values.reference, ["mueller", "con", "bild-1"], ["Frau Müller", "", "a_b"]),
    (values.language, ["de", "en", "de-AT", "zh-Hant"], ["deutsch!", "DE", "d", ""]),
    (
        values.web,
        ["https://www.gladbeck.de", "http://a.de/b?c=d#e", "www.gladbeck.de", "HTTPS://A.DE"],
        ["gladbeck", "ftp://a.de", "javascript:alert(1)", "https://", "https://a b.de", "https://u:p@a.de", "//a.de"],
    ),
    (values.mail, ["presse@example.org"], ["presse", "a@b", "a b@c.de", "a@b.de, c@d.de", "<a@b.de>"]),
    (values.phone, ["02043 99-0", "+49 2043 99-0"], ["anrufen", "12", "0190-SEX"]),
    (
        values.link,
        ["https://a.de", "mailto:a@b.de", "tel:+492043990"],
        ["javascript:x", "a.de", "mailto:", "file:///etc", "data:text/html,x", "siehe S. 4"],
    ),
    (values.focus, ["50% 30%", "50 30", "12,5% 0%"], ["50%", "101% 0%", "-1% 5%", "links oben"]),
    (values.frame, ["10% 5% 90% 100%"], ["90% 5% 10% 100%", "0% 0% 0% 0%", "1 2 3"]),
]


@pytest.mark.parametrize(("take", "text"), [(take, text) for take, good, _ in TAKES for text in good])
def test_other_forms_are_understood(take: Callable[[str], object], text: str) -> None:
    assert take(text) is not None


@pytest.mark.parametrize(("take", "text"), [(take, text) for take, _, bad in TAKES for text in bad])
def test_other_forms_are_refused(take: Callable[[str], object], text: str) -> None:
    with pytest.raises(Refusal) as refused:
        take(text)
    assert refused.value.values["read"] == text


UNDERSTOOD_HOURS = [
    ("17:00", Hours(Clock(17))),
    ("9.30 Uhr", Hours(Clock(9, 30))),
    ("ab 9 Uhr", Hours(Clock(9))),
    ("17 bis 19 Uhr", Hours(Clock(17), Clock(19))),
    ("17:00–19:30", Hours(Clock(17), Clock(19, 30))),
    ("9:00-10:30", Hours(Clock(9), Clock(10, 30))),
]


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD_HOURS)
def test_hours_that_are_understood(text: str, expected: Hours) -> None:
    assert dates.hours(text) == expected


@pytest.mark.parametrize(
    "text", ["17", "25:00", "19:00 bis 17:00", "9:00 bis 9:00", "9 bis 10 bis 11 Uhr", "abends", "9:60"]
)
def test_hours_that_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        dates.hours(text)


@given(st.times(), st.times())
def test_hours_are_read_as_they_are_written(one: time, other: time) -> None:
    start, end = sorted(Clock(moment.hour, moment.minute) for moment in (one, other))
    written = Hours(start, end) if start != end else Hours(start)
    assert dates.hours(str(written)) == written
