"""Line breaking: nothing lost, nothing too wide without need, and the cheapest of all ways (by brute force)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.typeset import ways
from report.typeset.chances import Chances
from report.typeset.linebreak import SHRINK, paragraph
from report.typeset.totalfit import Breaker
from report.typeset.ways import Rules


@dataclass(frozen=True)
class Atom:
    text: str
    width: float
    after: str = ""


@dataclass(frozen=True)
class Style:
    align: str = "left"
    hyphenate: str = "yes"
    rag: float = 6.0


def atoms(text: str, width: float = 1.0) -> list[Atom]:
    """`|` is a soft hyphen, `-` a hard one, `_` a no-break space; every letter and space is one unit wide."""
    found: list[Atom] = []
    for place, word in enumerate(text.split(" ")):
        if place:
            found.append(Atom(" ", width))
        piece = ""
        for char in word:
            if char == "_":
                found += [Atom(piece, len(piece) * width)] if piece else []
                found.append(Atom("\u00a0", width))
                piece = ""
            elif char == "|":
                found.append(Atom(piece, len(piece) * width, "-"))
                piece = ""
            else:
                piece += char
                if char == "-":
                    found.append(Atom(piece, len(piece) * width, "="))
                    piece = ""
        found += [Atom(piece, len(piece) * width)] if piece else []
    return found


def broken(text: str, measure: float, style: Style = Style(), **more: object) -> list[str]:
    parts = atoms(text)
    lines = paragraph(parts, 1.0, measure, style, hyphen=1.0, space=1.0, **more)  # type: ignore[arg-type]
    shown = []
    for first, after, _ in lines:
        words = "".join(atom.text for atom in parts[first:after])
        shown.append(words + ("-" if after < len(parts) and parts[after - 1].after == "-" else ""))
    return shown


words = st.lists(st.lists(st.integers(1, 7), min_size=1, max_size=4), min_size=1, max_size=40)


def spelled(lengths: list[list[int]]) -> str:
    return " ".join("|".join("abcdefg"[:n] for n in pieces) for pieces in lengths)


@given(words, st.integers(9, 60), st.sampled_from(["left", "justify"]))
@settings(max_examples=150, deadline=None)
def test_every_word_stands_once_and_no_line_is_too_wide(lengths: list[list[int]], measure: int, align: str) -> None:
    parts = atoms(spelled(lengths))
    style = Style(align)
    lines = paragraph(parts, 1.0, measure, style, hyphen=1.0, space=1.0)
    assert lines[0][0] == 0 and lines[-1][1] == len(parts)
    for (_, end, _), (start, _, _) in pairwise(lines):
        assert "".join(atom.text for atom in parts[end:start]) in ("", " ")
    undivided = max(sum(pieces) for pieces in lengths)
    for first, after, grow in lines:
        line = parts[first:after]
        assert line[0].text != " " and line[-1].text != " "
        gaps = sum(atom.text == " " for atom in line)
        width = sum(atom.width for atom in line) + (line[-1].after == "-") + grow * gaps
        assert grow >= -SHRINK
        if undivided <= measure:  # the last word is never divided, so its whole width must fit
            assert width <= measure + 1e-6


@given(words, st.integers(20, 60))
@settings(max_examples=60, deadline=None)
def test_justified_lines_end_on_the_edge(lengths: list[list[int]], measure: int) -> None:
    parts = atoms(spelled(lengths))
    lines = paragraph(parts, 1.0, measure, Style("justify"), hyphen=1.0, space=1.0)
    for first, after, grow in lines[:-1]:
        line = parts[first:after]
        gaps = sum(atom.text == " " for atom in line)
        if gaps and sum(atom.width for atom in line) < measure:
            assert sum(atom.width for atom in line) + (line[-1].after == "-") + grow * gaps == pytest.approx(measure)


# --- the cheapest of all ways


def small(lengths: list[list[int]]) -> Chances:
    chances = Chances()
    for place, pieces in enumerate(lengths):
        if place:
            chances.space(0, 2.0, 1.0, 0.6, 0.0)
        for n, piece in enumerate(pieces):
            chances.box(float(piece), piece)
            if n < len(pieces) - 1:
                chances.add(0, 0.7, ways.HYPHEN, True)
    chances.finish(0)
    return chances


def every_way(breaker: Breaker, at: int = 0, line: int = 0) -> Iterator[tuple[float, list[int]]]:
    if at == breaker.end:
        yield 0.0, []
        return
    for cost, end in breaker.onward(at, breaker.line_measure(line), [0.0] * (breaker.end + 1)):
        for rest, path in every_way(breaker, end, line + 1):
            yield cost + rest, [end, *path]


@given(
    st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=3), min_size=1, max_size=9),
    st.integers(8, 22),
    st.booleans(),
    st.lists(st.integers(6, 20), max_size=2),
    st.integers(1, 2),
)
@settings(max_examples=250, deadline=None)
def test_no_way_is_cheaper(
    lengths: list[list[int]], measure: int, justify: bool, first: list[int], hyphens: int
) -> None:
    rules = Rules(justify=justify, rag=5.0, hyphens=hyphens)
    breaker = Breaker(small(lengths), first, measure, rules)
    found = breaker.best()
    costs = {tuple(path): cost + breaker.between(0, 0, path) for cost, path in every_way(breaker)}
    assert costs[tuple(found)] == pytest.approx(min(costs.values()), abs=1e-7)


@given(st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=3), min_size=1, max_size=12), st.integers(8, 30))
@settings(max_examples=150, deadline=None)
def test_the_cost_of_a_ragged_way_is_what_the_rules_say(lengths: list[list[int]], measure: int) -> None:
    chances = small(lengths)
    breaker = Breaker(chances, [], measure, Rules(rag=5.0))
    for at in range(breaker.end):
        found = breaker.onward(at, measure, [0.0] * (breaker.end + 1))
        widths = {c: chances.ends[c] - chances.starts[at] for c in range(at + 1, breaker.end + 1)}
        fitting = [c for c, width in widths.items() if width <= measure + 1e-9]
        for cost, end in found:
            if not fitting:
                assert end == at + 1 and cost > ways.OVERFULL
            elif end < breaker.end:
                due = ((measure - widths[end]) / 5.0) ** 2 + ways.LINE + (ways.HYPHEN if chances.flagged[end] else 0)
                assert end in fitting and cost == pytest.approx(due, abs=1e-6)
        liked = [c for c in fitting if c < breaker.end and chances.plain[c] - chances.starts[at] >= measure * 2 / 3]
        assert set(liked) <= {end for _, end in found}
        assert (breaker.end in fitting) <= (breaker.end in {end for _, end in found})


# --- what a typographer asks for


def runs_of_hyphens(lines: Sequence[str]) -> int:
    longest = run = 0
    for line in lines:
        run = run + 1 if line.endswith("-") else 0
        longest = max(longest, run)
    return longest


def test_at_most_two_divided_lines_in_a_row() -> None:
    text = " ".join(["Die Fami|lien|freund|lich|keit der Stadt|ver|wal|tung ist aus|ge|zeich|net"] * 8)
    divided = 0
    for measure in range(22, 50):
        lines = broken(text, measure)
        assert runs_of_hyphens(lines) <= 2, (measure, lines)
        divided += sum(line.endswith("-") for line in lines)
    assert divided > 50


def test_the_last_line_is_not_one_short_word() -> None:
    text = "Der Preis zeigt uns dass wir mit den Maßnahmen gute Entscheidungen trafen und so"
    for measure in range(20, 50):
        lines = broken(text, measure)
        assert len(lines[-1].split()) > 1 or len(lines[-1]) >= 8, (measure, lines)


def test_points_and_marks_are_no_letters_of_the_last_word() -> None:
    text = "Wir werden weiter daran arbeiten Gladbeck als freundliche Kommune zu stärken.“"
    for measure in range(24, 60):
        assert len(broken(text, measure)[-1].split()) > 1, measure


def test_a_line_had_better_not_end_after_an_article() -> None:
    parts = [Atom(atom.text, atom.width, "~" if atom.text == " " else atom.after) for atom in atoms("wie der")]
    parts = [*atoms("Ansporn zugleich "), *parts, *atoms(" Dezernent betonte sehr")]
    lines = paragraph(parts, 1.0, 25, Style(rag=12.0), hyphen=1.0, space=1.0)
    assert "".join(atom.text for atom in parts[lines[0][0] : lines[0][1]]) != "Ansporn zugleich wie"


def test_the_last_word_is_not_divided() -> None:
    text = "Wir sprachen über die Kinder|freund|lich|keit"
    for measure in range(22, 45):
        assert not any(line.endswith("-") for line in broken(text, measure)[-2:])


def test_ragged_lines_are_not_short_without_need() -> None:
    text = (
        "Die An|lauf|stelle bietet jun|gen Fa|mi|li|en eine erste Ori|en|tie|rung bei ih|ren Fra|gen rund um das Leben"
    )
    for measure in range(18, 40):
        for line in broken(text, measure)[:-1]:
            assert len(line) >= measure * 2 / 3 - 1, (measure, line)


def test_joints_divide_only_what_is_wider_than_the_measure() -> None:
    sparing = Style(hyphenate="joints")
    text = "eine Familien|freundlichkeit ist da"
    assert broken(text, 22, sparing) == ["eine", "Familienfreundlichkeit", "ist da"]
    assert broken(text, 16, sparing) == ["eine Familien-", "freundlichkeit", "ist da"]


def test_a_hard_hyphen_is_a_chance_without_a_second_hyphen() -> None:
    assert broken("aus Nordrhein-Westfalen heute", 16) == ["aus Nordrhein-", "Westfalen heute"]


def test_a_word_wider_than_the_measure_stays_whole() -> None:
    assert broken("die Donaudampfschifffahrt fährt", 10) == ["die", "Donaudampfschifffahrt", "fährt"]


def test_no_break_spaces_hold_and_stretch() -> None:
    parts = atoms("um 10_Uhr beginnt das Fest der Stadt am See mit Musik")
    lines = paragraph(parts, 1.0, 18, Style("justify"), hyphen=1.0, space=1.0)
    for first, after, grow in lines[:-1]:
        line = parts[first:after]
        gaps = sum(atom.text in (" ", "\u00a0") for atom in line)
        assert sum(atom.width for atom in line) + grow * gaps == pytest.approx(18)
    held = ["".join(atom.text for atom in parts[a:b]) for a, b, _ in lines]
    assert any("10\u00a0Uhr" in line for line in held)


def test_first_lines_may_be_narrower() -> None:
    text = " ".join(["Wort"] * 30)
    lines = broken(text, 29, narrow=(3, 10.0), first_indent=5.0)
    assert [len(line) for line in lines[:4]] == [14, 19, 19, 29]


def test_nothing_becomes_no_lines() -> None:
    assert paragraph([], 1.0, 10.0, Style(), hyphen=1.0, space=1.0) == []


def test_a_trailing_space_is_no_line() -> None:
    assert broken("eins zwei ", 20) == ["eins zwei"]


def test_a_very_long_paragraph_is_broken_piece_by_piece() -> None:
    text = " ".join(["Die Stadt|ver|wal|tung dankt al|len Fa|mi|li|en"] * 600)
    parts = atoms(text)
    lines = paragraph(parts, 1.0, 40.0, Style(), hyphen=1.0, space=1.0)
    assert sum(b - a for a, b, _ in lines) == len(parts) - sum(b[0] - a[1] for a, b in pairwise(lines))
    assert runs_of_hyphens(broken(text, 40)) <= 2
    wide = paragraph(parts, 1.0, 1e9, Style(), hyphen=1.0, space=1.0)
    assert [line[:2] for line in wide] == [(0, len(parts))]
