"""The catalogue: every message of the code has its German, with the same holes; nothing stands there twice."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GERMAN = ROOT / "report" / "locales" / "de.po"


def messages() -> dict[str, str]:
    """Every message of the code, with the place of its first use."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "report").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
                (argument,) = node.args
                assert isinstance(argument, ast.Constant), f"{path.name}:{node.lineno}: N_() takes a literal text"
                found.setdefault(argument.value, f"{path.relative_to(ROOT).as_posix()}:{node.lineno}")
    return found


def catalogue() -> list[tuple[str, str]]:
    """Every pair of the German catalogue but its header."""
    blocks = re.findall(
        r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)msgstr ((?:"(?:[^"\\]|\\.)*"\s*)+)', GERMAN.read_text("utf-8"), re.M
    )
    pairs = [(_joined(one), _joined(other)) for one, other in blocks]
    return [(source, german) for source, german in pairs if source]


def _joined(quoted: str) -> str:
    return "".join(ast.literal_eval(piece) for piece in re.findall(r'"(?:[^"\\]|\\.)*"', quoted))


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_message_is_said_in_german() -> None:
    german = dict(catalogue())
    assert [f"{place}: {text}" for text, place in messages().items() if not german.get(text)] == []


def test_no_message_stands_twice() -> None:
    assert [text for text, times in Counter(source for source, _ in catalogue()).items() if times > 1] == []


@pytest.mark.parametrize("pair", catalogue(), ids=lambda pair: pair[0][:40])
def test_both_languages_have_the_same_holes(pair: tuple[str, str]) -> None:
    assert holes(pair[0]) == holes(pair[1])


@pytest.mark.parametrize("pair", catalogue(), ids=lambda pair: pair[0][:40])
def test_german_is_quoted_the_german_way(pair: tuple[str, str]) -> None:
    assert not re.search(r"[“][^„“]*”|\"|\bSie\b.*\bdu\b", pair[1])
    assert pair[1].count("„") == pair[1].count("“")
