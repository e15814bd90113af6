"""Words become lines: a justified line is as wide as it was meant to be."""

from __future__ import annotations

import pytest

from report import house, layoutfile
from report.records import replace
from report.typeset.paragraph import Lines, Run, set_lines
from report.typeset.setting import Setting, Settings

WORDS = (
    "Neben der klassischen Be\u00adra\u00adtung und For\u00admu\u00adlar\u00adhil\u00adfe or\u00adga\u00adni\u00ad"
    "siert das Büro Mit\u00admach-Ak\u00adti\u00ado\u00adnen für die Haus\u00adge\u00admein\u00adschaft und die "
    "Nach\u00adbar\u00adschaft, "
    "‚Fa\u00admi\u00adli\u00aden\u00adkom\u00admu\u00adne 2024‘ aus\u00adge\u00adzeich\u00adnet. "
)


def justified(hang: bool) -> Setting:
    known = layoutfile.load("brochure")
    style = replace(known.styles["body"], align="justify", hang=hang)
    settings = Settings(house.load("a"), replace(known, styles={"body": style}), "de")
    return settings.get("body", "white", 0)


def lines(measure: float, hang: bool) -> Lines:
    return set_lines([Run(WORDS * 3)], justified(hang), measure)


@pytest.mark.parametrize("hang", [False, True])
def test_justified_lines_are_as_wide_as_the_measure(hang: bool) -> None:
    """Kerning before a hyphen is known only when the line is set: the spaces make up for it."""
    for measure in range(180, 430, 5):
        found = lines(measure, hang)
        assert found.overfull == []
        assert {round(line.width, 3) for line in found.lines[:-1]} == {measure}
        assert found.lines[-1].width <= measure


def test_some_lines_are_divided_after_a_kerned_letter() -> None:
    divided = {line.text[-2:] for measure in range(180, 430, 5) for line in lines(measure, False).lines if line.divided}
    assert "s-" in divided
