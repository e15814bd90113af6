"""Same input, same bytes: over runs, processes, hash seeds, time zones, folders, workers, and whatever came before."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shelf import ROOT
from tests.variants import SAMPLE, write

MAIN = ROOT / "make_pdf.py"
EDITIONS = "mail,archive,html,text"


def made(out: Path, *options: str | Path, cwd: Path = ROOT, **environment: str) -> dict[str, str]:
    """Run the command in a process of its own; return the fingerprint of every file that it wrote."""
    order = [sys.executable, MAIN, *options, "--edition", EDITIONS, "--out", out]
    clean = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "PYTHONHASHSEED")}
    answer = subprocess.run(
        list(map(str, order)), cwd=cwd, env=clean | environment, capture_output=True, timeout=120, check=False
    )
    assert answer.returncode == 0, answer.stdout.decode("utf-8", "replace") + answer.stderr.decode("utf-8", "replace")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.rglob("*.*"))}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return made(tmp_path_factory.mktemp("first"), PYTHONHASHSEED="1", TZ="UTC")


def test_all_editions_are_made(first: dict[str, str]) -> None:
    names = ("brochure-archive.pdf", "brochure-mail.pdf", "web-html.html", "web-text.txt")
    assert sorted(first) == [f"familienkommune-gladbeck-{name}" for name in names]
    assert len(set(first.values())) == 4


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "0", "TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"PYTHONOPTIMIZE": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    ],
    ids=["seed", "locale", "optimised"],
)
def test_the_surroundings_change_nothing(environment: dict[str, str], first: dict[str, str], tmp_path: Path) -> None:
    assert made(tmp_path, **environment) == first


def test_the_folder_changes_nothing(first: dict[str, str], tmp_path: Path) -> None:
    moved = tmp_path / "Öffentliches, neu"
    shutil.copytree(SAMPLE.parent, moved / "tiefer")
    assert made(tmp_path / "out", moved / "tiefer" / "article.yaml", cwd=moved) == first


def test_workers_change_nothing(first: dict[str, str], tmp_path: Path) -> None:
    assert made(tmp_path, "--workers", "2") == first


def test_what_came_before_changes_nothing(first: dict[str, str], tmp_path: Path) -> None:
    """Faces and shaped words live on in a process; a second document must not see the first."""
    others = [write(name, tmp_path / name) for name in ("everything", "photographs", "english")]
    alone = made(tmp_path / "alone", SAMPLE)
    assert alone == first
    after = made(tmp_path / "after", *others, SAMPLE)
    assert {name: after[name] for name in first} == first


def test_a_second_run_in_one_process_changes_nothing(tmp_path: Path) -> None:
    from report import Job, produce

    def fingerprints(name: str) -> list[bytes]:
        job = Job(article=SAMPLE, layouts=("brochure",), editions=("mail", "archive"), out=tmp_path / name)
        return [Path(product.path).read_bytes() for product in produce(job).products]

    assert fingerprints("one") == fingerprints("two")


def test_the_day_comes_from_the_surroundings_only_where_they_say_so(first: dict[str, str], tmp_path: Path) -> None:
    """The article has no date: SOURCE_DATE_EPOCH gives one, and without it there is none."""
    dated = made(tmp_path / "dated", SOURCE_DATE_EPOCH="1740787200")
    again = made(tmp_path / "again", SOURCE_DATE_EPOCH="1740787200", TZ="Asia/Tokyo")
    assert dated == again
    assert {name for name in first if dated[name] == first[name]} == {name for name in first if "-web-" in name}
