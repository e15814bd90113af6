"""The catalogue: every message of the code has its German, with the same holes; nothing stands there twice."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from pathlib import Path

import pytest

from report.findings import Finding, Place
from report.locales import catalogue as read_catalogue
from report.locales import parse, tags

ROOT = Path(__file__).parents[1]
GERMAN = ROOT / "report" / "locales" / "de.po"


MARKS = {"N_": 1, "_": 1, "gettext": 1, "ngettext": 2}  # calls that name messages, and how many of them


def messages() -> dict[str, str]:
    """Every message of the code and of the layouts, with the place of its first use."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "report").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for text in _named(node, path):
                    found.setdefault(text, f"{path.relative_to(ROOT).as_posix()}:{node.lineno}")
    for path in sorted((ROOT / "layouts").rglob("*.j2")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for _, text in re.findall(r"""\b_\(\s*(["'])(.*?)\1\s*[),|]""", line):
                found.setdefault(text, f"{path.relative_to(ROOT).as_posix()}:{number}")
    return found


def _named(call: ast.Call, path: Path) -> list[str]:
    """The message ids of a call; what N_() marks must be a literal text, what a catalogue says may be a value."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    texts = call.args[: MARKS.get(name, 0)]
    literal = [arg.value for arg in texts if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    assert name != "N_" or len(literal) == 1, f"{path.name}:{call.lineno}: N_() takes a literal text"
    return literal


def catalogue(tag: str = "de") -> list[tuple[str, str]]:
    """Every pair of a catalogue but its header."""
    text = (GERMAN.parent / f"{tag}.po").read_text(encoding="utf-8")
    blocks = re.findall(r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)msgstr ((?:"(?:[^"\\]|\\.)*"\s*)+)', text, re.M)
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


def test_no_finding_has_words_that_nobody_marked() -> None:
    """A finding's message written out without N_() would stay English for ever."""
    bare: list[str] = []
    for path in sorted((ROOT / "report").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                words = [*node.args[1:2], *(k.value for k in node.keywords if k.arg in ("message", "remedy"))]
                bare += [f"{path.name}:{w.lineno}" for w in words if isinstance(w, ast.Constant) and w.value]
    assert bare == []


@pytest.mark.parametrize("tag", tags())
def test_the_reader_reads_what_gettext_would(tag: str) -> None:
    """Our own short reader against a strict pattern of the whole format, and no line of the file left over."""
    text = (GERMAN.parent / f"{tag}.po").read_text(encoding="utf-8")
    assert list(parse(text).items()) == list(dict(catalogue(tag)).items())
    assert len(re.findall(r"^msgid ", text, re.M)) == len(catalogue(tag)) + 1
    odd = [line for line in text.splitlines() if line and not re.match(r'#|msgid "|msgstr "|"', line)]
    assert odd == []


def test_the_reader_knows_escapes_and_long_messages() -> None:
    text = 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid ""\n"say \\"{word}\\"\\n"\n"twice"\nmsgstr "\\\\n"\n'
    assert parse(text) == {'say "{word}"\ntwice': "\\n"}


def test_findings_are_said_in_both_languages() -> None:
    place = Place("article.yaml", 31, "award.prize", 3, "panel")
    finding = Finding("x", "The key “{key}” stands twice.", {"key": "id"}, place, remedy="The file is empty.")
    german, english = read_catalogue("de"), read_catalogue("en")
    assert german.say(finding) == (
        "article.yaml:31 award.prize, Seite 3, panel: Das Feld „id“ steht zweimal da. Die Datei ist leer."
    )
    assert english.say(finding) == (
        "article.yaml:31 award.prize, page 3, panel: The key “id” stands twice. The file is empty."
    )
    assert german.say(Finding("x", "A key must be a word.")) == "Ein Feldname muss ein Wort sein."


def test_neighbours_read_the_language_and_strangers_english() -> None:
    assert read_catalogue("de-AT").gettext("Voices") == "Stimmen"
    assert read_catalogue("fr").gettext("Voices") == "Voices"
    assert read_catalogue("../de").gettext("Voices") == "Voices"
    assert (
        read_catalogue("de").ngettext("Page", "Pictures", 1),
        read_catalogue("de").ngettext("Page", "Pictures", 2),
    ) == (("Seite", "Bildnachweis"))
