"""What is prepared beforehand, so that a run need not: `python -m report.localise.build`.

Turns TeX's pattern files into flat tries, and Babel's data of the languages that our houses write into a small
module. A test holds both against their sources. Never imported in a run.
"""

from __future__ import annotations

import re
import sys
from array import array
from pathlib import Path
from pprint import pformat

from report.localise.facts import from_babel
from report.localise.patterns import MAGIC, STRANGE
from report.paths import shipped

SOURCES = {"hyph-de-1996.trie": "hyph-de-1996.pat.txt", "hyph-en.trie": "hyphen.tex"}
SHIPPED_TAGS = ("de", "en")
_LOOK_BACK = 4000  # cells that a node of the same width looks back for a gap: looking further saves few bytes
_TABLE = Path(__file__).with_name("shipped.py")
_TABLE_HEAD = """# fmt: off
\"\"\"Babel's data of the languages of our houses. Written by `python -m report.localise.build`.\"\"\"
"""


def patterns_of(name: str) -> list[str]:
    """Return the patterns of a source file: plain words, or what a TeX file holds between its braces."""
    text = shipped("assets", "hyphenation", name).read_text(encoding="utf-8")
    if name.endswith(".tex"):
        text = re.sub(r"%.*", "", text)
        text = text.partition(r"\patterns{")[2].partition("}")[0]
    return text.split()


class _Node:
    """A letter on the way through the patterns."""

    def __init__(self) -> None:
        self.after: dict[int, _Node] = {}
        self.value = 0


def trie(patterns: list[str]) -> bytes:
    """Return the trie file of these patterns; the same patterns give the same bytes."""
    alphabet = "".join(sorted({letter for pattern in patterns for letter in pattern if not letter.isdigit()}))
    if len(alphabet) >= STRANGE:
        raise ValueError("more letters than a cell can name")
    codes = {letter: code for code, letter in enumerate(alphabet, 1)}
    root, digits = _Node(), [""]
    numbers: dict[str, int] = {}
    for pattern in patterns:
        node = root
        for letter in pattern:
            if not letter.isdigit():
                node = node.after.setdefault(codes[letter], _Node())
        levels = _levels(pattern)
        if levels not in numbers:
            numbers[levels] = len(digits)
            digits.append(levels)
        node.value = numbers[levels]
    cells, values = _packed(root)
    head = f"{MAGIC} {alphabet} {len(cells)}\n".encode()
    return head + _little(cells) + _little(values) + " ".join(digits).encode("ascii")


def _levels(pattern: str) -> str:
    """Return one digit for each place of a pattern: `a1bc2` -> `0102`; noughts at the end fall away."""
    levels = ["0"]
    for sign in pattern:
        if sign.isdigit():
            levels[-1] = sign
        else:
            levels.append("0")
    return "".join(levels).rstrip("0")


def _packed(root: _Node) -> tuple[array[int], array[int]]:
    """Lay the nodes into one row of cells, each node's letters at its own base (first fit, widest nodes first)."""
    nodes = [root]
    for node in nodes:
        nodes.extend(node.after[code] for code in sorted(node.after))
    inner = sorted((node for node in nodes if node.after), key=lambda node: -len(node.after))
    bases: dict[int, int] = {}
    taken: set[int] = {0}
    used: set[int] = set()
    tried: dict[tuple[int, ...], int] = {}  # the same letters cannot fit further down than they did before
    reached: dict[int, int] = {}
    for node in inner:
        letters = tuple(sorted(node.after))
        base = tried.get(letters, max(1, reached.get(len(letters), 1) - _LOOK_BACK))
        while base in used or any(base + code in taken for code in letters):
            base += 1
        tried[letters] = reached[len(letters)] = base
        used.add(base)
        bases[id(node)] = base
        taken.update(base + code for code in letters)
    size = max(used) + 64
    cells, values = array("I", bytes(4 * size)), array("H", bytes(2 * size))
    cells[0] = bases[id(root)]
    for node in inner:
        for code, follower in node.after.items():
            at = bases[id(node)] + code
            cells[at] = bases.get(id(follower), 0) << 6 | code
            values[at] = follower.value
    return cells, values


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def table() -> str:
    """Return the text of `shipped.py`."""
    facts = {tag: from_babel(tag, plain=True) for tag in SHIPPED_TAGS}
    rows = pformat(facts, width=110, indent=1)
    return f"{_TABLE_HEAD}\nfrom __future__ import annotations\n\nTABLE: dict[str, dict[str, object]] = {rows}\n"


def main() -> None:
    """Write everything anew."""
    for target, source in SOURCES.items():
        shipped("assets", "hyphenation", target).write_bytes(trie(patterns_of(source)))
    _TABLE.write_text(table(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
