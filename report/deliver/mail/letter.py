"""The words of a mail: the press text as the editions have it, and round it embargo, contact and the list of pictures.

No second source of words: what the text says already is not said again. Knows: parcels, fixed words. Must never know:
mail's headers, servers.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from report.deliver.mail.addresses import one_line
from report.deliver.mail.safe import BODY, STYLES, safe
from report.deliver.mail.wishes import Wishes
from report.deliver.release import hindrances
from report.findings import N_
from report.locales import catalogue
from report.parcel import Item, Parcel
from report.records import record

WIDTH = 72
# drawings are held back by many mail filters
SENDABLE = frozenset("image/jpeg image/png image/gif image/tiff image/webp".split())
_UNFIT = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')
_LINE = "-" * WIDTH
_ALERT = "margin:0 0 20px 0;padding:8px 12px;border:2px solid #b00020;font-weight:bold"


@record(frozen=True)
class Attached:
    """A file of the mail under the name that people see."""

    name: str
    media: str
    data: bytes


@record(frozen=True)
class Letter:
    """A mail but for its head."""

    subject: str
    text: str
    html: str  # empty where there is no page
    files: tuple[Attached, ...]
    language: str


def letter(parcel: Parcel, wishes: Wishes, replaces: str = "") -> Letter:
    """Return the mail of a parcel; `replaces`: the day on which the version before it was sent."""
    words = _Words(parcel, wishes, replaces)
    return Letter(words.subject(), words.text(), words.html(), tuple(words.files()), parcel.facts.language)


class _Words:
    """What stands round the press text, in the article's language."""

    def __init__(self, parcel: Parcel, wishes: Wishes, replaces: str) -> None:
        self.parcel, self.facts, self.wishes = parcel, parcel.facts, wishes
        self.say = catalogue(self.facts.language).gettext
        waits = any(one.rule == "deliver.embargo" for one in hindrances(self.facts, parcel.version.time))
        self.moment = self.facts.embargo_words or self.facts.embargo
        self.embargo = self.say(N_("Embargo: not before {moment}")).format(moment=self.moment) if waits else ""
        self.replaces = self.say(N_("This mail replaces ours of {day}.")).format(day=replaces) if replaces else ""
        self.body = "".join(item.data.decode("utf-8", "replace") for item in parcel.of("text")[:1])
        self.attached = _pictures(parcel) if wishes.pictures else ()

    # -- head and body --

    def subject(self) -> str:
        """Return the subject: embargo, whether it replaces another, what it is, its title."""
        kind = self.wishes.subject or self.say(N_("Press release"))
        again = self.say(N_("New version")) if self.replaces else ""
        return one_line(": ".join(part for part in (self.embargo, again, kind, self.facts.title) if part))

    def text(self) -> str:
        """Return the plain text; lines of ours have at most 72 signs."""
        top = [_wrapped(line) for line in self._top(self.body)]
        body = self.body.strip("\n") or "\n\n".join(_wrapped(one) for one in (self.facts.title, self.facts.standfirst))
        parts = [*top, body, *(f"{_LINE}\n{head}\n\n{lines}" for head, lines in self._blocks(self.body))]
        return "\n\n".join(part for part in parts if part) + "\n"

    def html(self) -> str:
        """Return the page for mail programs; nothing where the parcel has none."""
        pages = self.parcel.of("html")
        if not pages:
            return ""
        body = safe(pages[0].data.decode("utf-8", "replace"))
        said = re.sub(r"<[^>]*>", " ", body)
        top = [f'<p style="{_ALERT}">{escape(line, quote=False)}</p>' for line in self._top(said)]
        h2, p = STYLES["h2"], STYLES["p"]
        below = [
            f'<h2 style="{h2}">{escape(head, quote=False)}</h2>\n<p style="{p}">{_breaks(lines)}</p>'
            for head, lines in self._blocks(said)
        ]
        language, title = escape(self.facts.language), escape(self.subject(), quote=False)
        head = f'<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>'
        inner = "\n".join([*top, body, *below])
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n{head}\n<body style="{BODY}">\n'
            f'<div style="max-width:680px">\n{inner}\n</div>\n</body>\n</html>\n'
        )

    def _top(self, body: str) -> Iterator[str]:
        """Walk what must be read first, unless the text begins with it."""
        if self.embargo and self.moment not in _flat(body)[:400]:
            yield self.embargo
        if self.replaces:
            yield self.replaces

    def _blocks(self, body: str) -> Iterator[tuple[str, str]]:
        """Walk what follows the text: a heading and its lines."""
        reach = self.facts.contact
        parts = [part for part in (reach.office, reach.name, reach.phone, reach.email) if part]
        if parts and not all(part in _flat(body) for part in parts):
            yield self.say(N_("Contact")), "\n".join(one_line(part) for part in parts)
        pictures = "\n".join(self._listed(body))
        if pictures:
            yield self.say(N_("Pictures of this release")), pictures
        if self.facts.online and re.sub(r"^https?://|/$", "", self.facts.online) not in body:
            yield self.say(N_("Online")), one_line(self.facts.online)

    def _listed(self, body: str) -> Iterator[str]:
        """Walk the lines of the pictures' list: caption and credit, each once; the file's name where it goes along.

        Nothing, where the text has the list already and no file goes along.
        """
        flat = _flat(body)
        names: dict[tuple[str, str], list[str]] = {}
        for item in self.parcel.of("picture"):
            sent = [item.name] if item in self.attached else []
            caption = item.caption or (item.alt if item.credit or sent else "")
            if caption or sent:
                names.setdefault((caption, item.credit), []).extend(sent)
        if not self.attached and all(_flat(part) in flat for pair in names for part in pair):
            return
        for number, ((caption, credit), files) in enumerate(names.items(), 1):
            credited = f" ({one_line(credit)})" if credit else ""
            yield textwrap.fill(f"{number}. {one_line(caption)}{credited}", WIDTH, subsequent_indent="   ",
                                break_long_words=False, break_on_hyphens=False)  # fmt: skip
            yield from (f"   {name}" for name in files)

    # -- files --

    def files(self) -> Iterator[Attached]:
        """Walk what is attached: the mail edition of each layout, then pictures where the house wants them."""
        pages = self.parcel.of("mail")
        for item in pages:
            which = f" ({_called(item, pages)})" if len(pages) > 1 else ""
            yield Attached(_named(self.facts.publisher, self.facts.title, which), item.media, item.data)
        yield from (Attached(item.name, item.media, item.data) for item in self.attached)


def held_back(parcel: Parcel, wishes: Wishes) -> tuple[Item, ...]:
    """Return the pictures that the house would attach and no mail filter lets in."""
    return tuple(item for item in parcel.of("picture") if item.media not in SENDABLE) if wishes.pictures else ()


def _pictures(parcel: Parcel) -> tuple[Item, ...]:
    return tuple(item for item in parcel.of("picture") if item.media in SENDABLE)


def _called(item: Item, pages: Sequence[Item]) -> str:
    """Return what people call the layout of a file; with the layout's own name where several have the same title."""
    title = one_line(item.kind)
    alike = [one for one in pages if one_line(one.kind) == title]
    return title if title and len(alike) == 1 else ", ".join(part for part in (title, item.layout) if part)


def _named(publisher: str, title: str, which: str) -> str:
    """Return a file name that says who sends what; signs that no system allows become hyphens."""
    told = " – ".join(part for part in (one_line(publisher), one_line(title)) if part)
    name = _UNFIT.sub("-", told).strip(" .-")
    short = textwrap.shorten(name, 110, placeholder="…") if len(name) > 110 else name
    return f"{(short or 'Mail')[:110]}{_UNFIT.sub('-', which)}.pdf"


def _flat(text: str) -> str:
    """Return text in one line, as a reader compares it."""
    return " ".join(text.split())


def _wrapped(text: str) -> str:
    return textwrap.fill(one_line(text), WIDTH, break_long_words=False, break_on_hyphens=False)


def _breaks(lines: str) -> str:
    """Return lines of plain text as HTML; one that is moved to the right goes on with the line before it."""
    whole = re.sub(r"\n {3}(?!\S+\.\w+(?:\n|$))", " ", lines)
    return "<br>\n".join(escape(line.strip(), quote=False) for line in whole.split("\n"))
