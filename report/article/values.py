"""Typed values from what a press officer writes: numbers, money, yes and no, names, addresses, places in a picture.

A file's scalars arrive as text (`10.000`, `no`), so nothing has been guessed before. Here each becomes the one value
that its field allows, or is refused with what was read and what to write; two readings are never weighed against
each other. Knows: written forms, German ones too. Must never know: the file, its fields, how a value is printed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from report.article.refusal import Refusal
from report.findings import N_

_GAP = "[. \u00a0\u202f\u2009']"
_NUMBER = rf"([-−])?([0-9]{{1,3}}({_GAP})[0-9]{{3}}(?:\3[0-9]{{3}})*|[0-9]+)(?:,([0-9]+))?"
_CURRENCIES = {"€": "EUR", "euro": "EUR", "eur": "EUR", "$": "USD", "£": "GBP", "franken": "CHF", "złoty": "PLN"}
_ISO_CURRENCIES = ("EUR", "USD", "CHF", "GBP", "PLN", "CZK", "DKK", "SEK", "NOK", "TRY", "UAH", "JPY")
_MONEY = (
    r"(?:(?P<before>[^0-9\s,.−-]+)\s*)?(?P<number>[-−]?[0-9][0-9., \u00a0\u202f\u2009']*)(?P<after>[^0-9\s]+)?"
)


class Money(NamedTuple):
    """An exact amount in one currency (ISO 4217); cents are never dropped."""

    amount: Decimal
    currency: str = "EUR"

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


_WRITE_NUMBER = N_("Write it as 10000 or 10.000, with a comma before decimals: 1.234,5.")


def number(text: str) -> Decimal:
    """Read an exact number; a point only groups thousands, a comma stands before decimals."""
    match = re.fullmatch(_NUMBER, text)
    if match is None or (match[4] and len(match[4]) == 3 and not match[3]):  # 1,000: a thousand, or one?
        raise Refusal(N_("“{read}” is not understood as a number without doubt."), _WRITE_NUMBER, read=text)
    whole = re.sub(_GAP, "", match[2])
    return Decimal(f"{'-' if match[1] else ''}{whole}" + (f".{match[4]}" if match[4] else ""))


def count(text: str) -> int:
    """Read a whole number that is not negative: `34`, `10.000`."""
    found = number(text)
    if found < 0 or found != found.to_integral_value():
        raise Refusal(N_("“{read}”: a whole number is needed here."), N_("Write it as 34 or 10.000."), read=text)
    return int(found)


_WRITE_MONEY = N_("Write it as 10.000 Euro or 1.234,50 €.")


def money(text: str) -> Money:
    """Read an amount with its currency; without one it is Euro."""
    match = re.fullmatch(_MONEY, text)
    word = ((match["before"] or "") + (match["after"] or "")) if match else ""
    currency = _CURRENCIES.get(word.lower()) or (word if word in _ISO_CURRENCIES else "" if word else "EUR")
    if match is None or not currency or (match["before"] and match["after"]):
        raise Refusal(N_("“{read}” is not understood as an amount of money."), _WRITE_MONEY, read=text)
    try:
        amount = number(match["number"].strip())
    except Refusal:
        raise Refusal(N_("“{read}” is not understood as an amount of money."), _WRITE_MONEY, read=text) from None
    if amount < 0 or (amount.as_tuple().exponent not in (0, -2)):
        raise Refusal(N_("“{read}”: cents have two digits, and an amount is not negative."), _WRITE_MONEY, read=text)
    return Money(amount, currency)


_YES = ("true", "yes", "ja", "wahr", "on")
_NO = ("false", "no", "nein", "falsch", "off")


def flag(text: str) -> bool:
    """Read yes or no."""
    word = text.lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise Refusal(N_("“{read}”: yes or no is needed here."), N_("Write ja or nein (or true, false)."), read=text)


_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DEVICES = r"con|prn|aux|nul|com[0-9]|lpt[0-9]"  # no file or folder may bear these names under Windows


def identifier(text: str) -> str:
    """Read a name for files: a-z, 0-9, hyphen."""
    if not re.fullmatch(_ID, text) or len(text) > 60:
        remedy = N_("Write at most 60 of a to z, 0 to 9 and single hyphens, for instance familienkommune-gladbeck.")
        raise Refusal(N_("“{read}” cannot name files."), remedy, read=text)
    if re.fullmatch(_DEVICES, text):
        raise Refusal(N_("“{read}” is a name that Windows keeps for itself."), N_("Choose another one."), read=text)
    return text


def reference(text: str) -> str:
    """Read a short name by which something is referred to inside the article."""
    if not re.fullmatch(_ID, text) or len(text) > 60:
        remedy = N_("Write a to z, 0 to 9 and single hyphens, for instance mueller.")
        raise Refusal(N_("“{read}” is no short name that can be referred to."), remedy, read=text)
    return text


def language(text: str) -> str:
    """Read a language tag (BCP 47): `de`, `en`, `de-AT`."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        remedy = N_("Write de for German, en for English, tr for Turkish.")
        raise Refusal(N_("“{read}” is not a language tag."), remedy, read=text)
    return text


_HOST = r"(?:[^\s/@:?#\[\]]+\.)+[^\s/@:?#\[\].]{2,}"
_WEB = rf"(?i:https?://{_HOST}(?::[0-9]+)?(?:[/?#]\S*)?)"
_BARE_WEB = rf"(?i:www\.{_HOST}(?:[/?#]\S*)?)"
_MAIL = rf"[^\s@<>()\[\],;:\"]+@{_HOST}"
_PHONE = r"\+?[0-9][0-9 \u00a0\u202f()/.\-\u2011–]{3,}[0-9]"


def web(text: str) -> str:
    """Read a web address; `www.gladbeck.de` is taken as https."""
    if re.fullmatch(_BARE_WEB, text):
        return f"https://{text}"
    if re.fullmatch(_WEB, text):
        return text
    raise Refusal(N_("“{read}” is not a web address."), N_("Write it as https://www.gladbeck.de."), read=text)


def mail(text: str) -> str:
    """Read an e-mail address."""
    if re.fullmatch(_MAIL, text):
        return text
    raise Refusal(N_("“{read}” is not an e-mail address."), N_("Write it as presse@example.org."), read=text)


def phone(text: str) -> str:
    """Read a telephone number, as written."""
    if re.fullmatch(_PHONE, text):
        return text
    raise Refusal(N_("“{read}” is not a telephone number."), N_("Write it as 02043 99-0."), read=text)


def link(text: str) -> str:
    """Read the target of a link in the text: https, http, mailto, tel."""
    scheme, _, rest = text.partition(":")
    if scheme.lower() in ("http", "https"):
        return web(text)
    if (scheme == "mailto" and re.fullmatch(_MAIL, rest)) or (scheme == "tel" and re.fullmatch(r"\+?[0-9-]{3,}", rest)):
        return text
    remedy = N_("Links lead to https://…, http://…, mailto:… or tel:…; for a bracket that is only text write \\[.")
    raise Refusal(N_("“{read}” is not a link target."), remedy, read=text)


class Focus(NamedTuple):
    """The point of a picture to which a crop keeps, in percent from the left and from the top."""

    x: float = 50.0
    y: float = 50.0

    def __str__(self) -> str:
        return f"{self.x:g}% {self.y:g}%"


class Frame(NamedTuple):
    """The part of a picture that must stay visible: its four edges in percent from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float

    def __str__(self) -> str:
        return f"{self.left:g}% {self.top:g}% {self.right:g}% {self.bottom:g}%"


def _percents(text: str, many: int) -> list[float]:
    parts = text.split()
    right = [part for part in parts if re.fullmatch(r"[0-9]{1,3}([.,][0-9]+)?%?", part)]
    found = [float(part.rstrip("%").replace(",", ".")) for part in right]
    return found if len(found) == len(parts) == many and all(value <= 100 for value in found) else []


def focus(text: str) -> Focus:
    """Read `50% 30%`."""
    found = _percents(text, 2)
    if not found:
        remedy = N_("Write two percentages, from the left and from the top: 50% 30%.")
        raise Refusal(N_("“{read}” is not a point of a picture."), remedy, read=text)
    return Focus(*found)


def frame(text: str) -> Frame:
    """Read `10% 5% 90% 100%`: left, top, right, bottom edge."""
    found = _percents(text, 4)
    if not found or found[0] >= found[2] or found[1] >= found[3]:
        remedy = N_("Write four edges in percent, left, top, right, bottom: 10% 5% 90% 100%.")
        raise Refusal(N_("“{read}” is not a frame in a picture."), remedy, read=text)
    return Frame(*found)
