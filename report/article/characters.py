"""Which characters may stand in a text: what no reader sees and no one typed on purpose is refused by name.

Control characters, bidirectional overrides, private use, lone surrogates and invisible joints slip in with pasted
text; they would vanish, reorder words or print as boxes. Nothing is mended in silence: a text is brought to the
composed form (NFC) and otherwise kept. Emoji and other scripts are none of this module's business. Knows: Unicode.
Must never know: fields, languages, typefaces.
"""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls, less tab and line ends
    "\u200b\u2060\ufeff\u2028\u2029\ufff9-\ufffd"  # invisible joints, separators, the sign for lost characters
    "\u202a-\u202e\u2066-\u2069"  # overrides and isolates of writing direction
    "\ud800-\udfff"  # halves of a pair
    "\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff"  # no characters; private use
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"  # tags; private use
)
_SPACE = re.compile(r"[ \t\r\n]+")
_KINDS = {"Cc": "control character", "Cs": "lone surrogate", "Co": "private use", "Cn": "no character"}


def composed(text: str) -> str:
    """Return the text in Unicode's composed form; lone surrogates stay where they are."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return the text with each run of spaces and line ends as one space; no-break spaces stay."""
    return _SPACE.sub(" ", text).strip(" ")


def strangers(text: str) -> list[tuple[str, int]]:
    """Return each forbidden character once, in order, with its first position."""
    if text.isascii() and text.isprintable():
        return []
    found: dict[str, int] = {}
    for match in _FORBIDDEN.finditer(text):
        found.setdefault(match[0], match.start())
    return list(found.items())


def named(character: str) -> str:
    """Return `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    kind = _KINDS.get(unicodedata.category(character), "unnamed")
    return f"U+{ord(character):04X} {unicodedata.name(character, kind).upper()}"


def around(text: str, at: int, width: int = 18) -> str:
    """Return a few whole words on both sides of position `at`, safe to print, for a message."""
    begin, end = max(0, at - width), min(len(text), at + width)
    if begin:
        begin = text.rfind(" ", max(0, begin - width), begin) + 1 or begin
    if end < len(text):
        end = text.find(" ", end, end + width)
        end = end if end >= 0 else min(len(text), at + width)
    cut = one_line(_FORBIDDEN.sub("\ufffd", text[begin:end]))
    return ("… " if begin else "") + cut + (" …" if end < len(text) else "")
