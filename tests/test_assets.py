"""Whatever is shipped has an origin and a licence, and the licence lies beside it."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.test_architecture import tracked

ASSETS = Path(__file__).parents[1] / "assets"
DOCUMENTS = re.compile(r"(^|/)(README\.md|LICENSE[^/]*)$")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in (ASSETS / "README.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
]
FILES = sorted(name.removeprefix("assets/") for name in tracked() if name.startswith("assets/"))


@pytest.mark.parametrize("file", [name for name in FILES if not DOCUMENTS.search(name)])
def test_every_file_has_its_row(file: str) -> None:
    rows = [pattern for pattern, *_ in ROWS if fnmatchcase(file, pattern.strip("`"))]
    assert len(rows) == 1, f"assets/README.md says nothing of {file}, or two things: {rows}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip("`"))
def test_every_row_has_files_origin_and_a_licence_that_is_there(row: tuple[str, ...]) -> None:
    pattern, what, origin, licence = row
    assert any(fnmatchcase(file, pattern.strip("`")) for file in FILES)
    assert what and origin
    named = re.search(r": `([^`]+)`$", licence)
    assert named, f"{pattern}: in which file does the licence stand?"
    assert (ASSETS / named[1]).resolve().is_file()


def test_every_licence_belongs_to_something() -> None:
    named = {found for *_, licence in ROWS for found in re.findall(r"`([^`]+)`", licence)}
    assert {file for file in FILES if re.search(r"/LICENSE[^/]*$", file)} <= named
