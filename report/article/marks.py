r"""The tiny markup inside a paragraph: `[words](https://…)` and `[words]{marks}`, and nothing else.

A bracket that neither `(` nor `{` follows is a bracket, `\[` always is one; stars, colons, underscores and strokes are
only signs, so that no gender form and no price is ever eaten. Knows: the markup. Must never know: fields, files.
"""

from __future__ import annotations

import re

from report.article.prose import Part, Quotation, Span
from report.article.refusal import Refusal
from report.article.values import language, link, reference
from report.findings import N_, nearest

MARKS = ("strong", "em", "lang", "name", "partner", "winner", "amount", "quote", "by")
_WITH_VALUE = {"lang", "quote", "by"}
_MAY_HAVE_VALUE = {"winner", "partner"}
_SIGN = re.compile(r"\\[\[\]]|[\[\]]")
_TOKEN = re.compile(r"([^\s=]+)(?:=(\S*))?")
_DEEPEST = 6


def parse(text: str, path: str = "") -> tuple[tuple[Part, ...], list[Refusal]]:
    """Return the parts of a paragraph's text, and a refusal for each mark that is wrong (its words stay text)."""
    if "[" not in text and "\\]" not in text:
        return ((text,) if text else ()), []
    scan = _Scan(text, path)
    return scan.parts(0, len(text), 0), scan.refusals


class _Scan:
    """One paragraph's text with its pairs of brackets."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.refusals: list[Refusal] = []
        self.partner: dict[int, int] = {}
        still_open: list[int] = []
        for match in _SIGN.finditer(text):
            if match[0] == "[":
                still_open.append(match.start())
            elif match[0] == "]" and still_open:
                self.partner[still_open.pop()] = match.start()

    def parts(self, begin: int, end: int, depth: int) -> tuple[Part, ...]:
        """Return what stands between two positions."""
        found: list[Part] = []
        run: list[str] = []
        at = begin
        for match in _SIGN.finditer(self.text, begin, end):
            start = match.start()
            if start < at:  # inside a part that is already done
                continue
            run.append(self.text[at:start])
            at = start
            close = self.partner.get(start, end)
            if match[0] == "[" and close + 1 < end and self.text[close + 1] in "({":
                if any(run):
                    found.append("".join(run))
                run = []
                try:
                    part, at = self.marked(start, close, depth)
                    found.append(part)
                except Refusal as refusal:
                    self.refusals.append(refusal)
                    at = close + 1
            else:
                run.append(match[0][-1])
                at = match.end()
        run.append(self.text[at:end])
        if any(run):
            found.append("".join(run))
        return tuple(found)

    def marked(self, start: int, close: int, depth: int) -> tuple[Part, int]:
        """Return the marked words that begin at `start`, and where they end with their marks."""
        words = self.text[start + 1 : close]
        if depth >= _DEEPEST:
            raise Refusal(N_("Marks stand inside one another too deeply at “{words}”."), words=_short(words))
        if not words.strip():
            message = N_("There are no words between the brackets before “{marks}”.")
            raise Refusal(message, marks=_short(self.text[close + 1 : close + 60]))
        inner = self.parts(start + 1, close, depth + 1)
        stop = self.end_of_target(close + 1, words)
        inside = self.text[close + 2 : stop].strip()
        if self.text[close + 1] == "(":
            return Span("link", inner, {"href": link(inside)}), stop + 1
        return self.spanned(inner, inside, words, depth), stop + 1

    def end_of_target(self, at: int, words: str) -> int:
        """Return where the bracket at `at` closes; round brackets may hold round brackets (as addresses do)."""
        opened, closed = ("(", ")") if self.text[at] == "(" else ("{", "}")
        depth = 0
        for index in range(at, min(len(self.text), at + 2000)):
            depth += (self.text[index] == opened) - (self.text[index] == closed)
            if not depth:
                return index
        remedy = N_("Close the bracket, or write \\[ where the square bracket is only text.")
        raise Refusal(N_("After “[{words}]” a bracket is opened and not closed."), remedy, words=_short(words))

    def spanned(self, inner: tuple[Part, ...], inside: str, words: str, depth: int) -> Part:
        """Wrap the words in their marks, the first named outermost."""
        marks = self.marks(inside, words)
        parts = inner
        speaker = marks.pop("by", "")
        for mark, value in reversed(marks.items()):
            if mark != "quote":
                key = "lang" if mark == "lang" else "kind"
                parts = (Span(mark, parts, {key: value} if value else {}),)
        if "quote" not in marks:
            return parts[0]
        if depth or any(isinstance(part, Quotation) for part in inner):
            remedy = N_("Let the quotation be the outermost mark: [„…“]{{quote=trust by=mueller}}.")
            raise Refusal(N_("The quotation “{words}” stands inside other marks."), remedy, words=_short(words))
        return Quotation(marks["quote"], speaker, parts, self.path)

    def marks(self, inside: str, words: str) -> dict[str, str]:
        """Read `quote=trust by=kalveram em`, checked against the marks there are."""
        marks: dict[str, str] = {}
        shown = _short(words)
        for match in _TOKEN.finditer(inside):
            mark, value = match[1], match[2] or ""
            if mark not in MARKS:
                meant = nearest(mark, MARKS)
                remedy = N_("Did you mean “{nearest}”?") if meant else N_("Known marks: {known}.")
                values = {"nearest": meant} if meant else {"known": ", ".join(MARKS)}
                raise Refusal(N_("“{mark}” after “[{words}]” is not a mark."), remedy, mark=mark, words=shown, **values)
            if (mark in _WITH_VALUE) != bool(value) and mark not in _MAY_HAVE_VALUE:
                remedy = N_("Write for instance lang=en, quote=trust by=mueller, strong, em.")
                message = N_("The mark “{mark}” after “[{words}]” is not complete.")
                raise Refusal(message, remedy, mark=mark, words=shown)
            marks[mark] = value
        if not marks or ("quote" in marks) != ("by" in marks):
            remedy = N_("Write a quotation as [„…“]{{quote=trust by=mueller}}; without a mark leave the braces out.")
            raise Refusal(N_("The marks after “[{words}]” are not complete."), remedy, words=shown)
        for name in ("quote", "by"):
            if name in marks:
                reference(marks[name])
        if "lang" in marks:
            language(marks["lang"])
        return marks


def _short(words: str) -> str:
    return words if len(words) <= 32 else f"{words[:30]}…"
