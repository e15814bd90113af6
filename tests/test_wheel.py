"""The wheel: built, installed into an environment of its own, and run from an empty folder, as an office would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import missing

ROOT = Path(__file__).parents[1]
WAIT = 400  # seconds: a first installation fetches every library


def run(order: list[str | Path], folder: Path, **more: str) -> str:
    """Run a command in a folder; return what it printed, fail with all it said."""
    left_out = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PROJECT_ENVIRONMENT", "SOURCE_DATE_EPOCH")
    environment = {name: value for name, value in os.environ.items() if name not in left_out} | more
    answer = subprocess.run(
        list(map(str, order)), cwd=folder, env=environment, capture_output=True, timeout=WAIT, check=False
    )
    said = answer.stdout.decode("utf-8", "replace")
    assert answer.returncode == 0, f"{order}\n{said}\n{answer.stderr.decode('utf-8', 'replace')}"
    return said


def uv() -> str:
    found = os.environ.get("UV") or shutil.which("uv")
    if not found:
        missing("The wheel is built and installed with uv: pip install uv")
    return str(found)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run([uv(), "build", "--wheel", "--out-dir", folder, ROOT], ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel; return the folder of the environment's programs."""
    home = tmp_path_factory.mktemp("installed") / "umgebung"
    run([uv(), "venv", "--python", sys.executable, home], home.parent)
    folder = home / ("Scripts" if sys.platform == "win32" else "bin")
    python = folder / ("python.exe" if sys.platform == "win32" else "python")
    run([uv(), "pip", "install", "--python", python, wheel], home.parent)
    return folder


def test_the_wheel_carries_what_a_run_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for needed in (
        "report/locales/de.po",
        "report/_shipped/layouts/brochure/layout.yaml",
        "report/_shipped/assets/houses/a/house.yaml",
        "report/_shipped/assets/fonts/SourceSans3-Regular.ttf",
        "report/_shipped/assets/schema/article.schema.json",
    ):
        assert needed in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]


def test_installed_it_makes_the_sample_in_an_empty_folder(programs: Path, tmp_path: Path) -> None:
    empty = tmp_path / "leerer Ordner ä"
    empty.mkdir()
    said = run([programs / "satzspiegel"], empty)
    made = sorted((empty / "out").glob("*.pdf"))
    assert [path.name.rsplit("-", 1)[1] for path in made] == ["archive.pdf", "mail.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in made)
    assert {path.name for path in empty.iterdir()} == {"out"}
    assert "mail" in said
    assert "archive" in said


def test_installed_it_is_a_library(programs: Path, tmp_path: Path) -> None:
    run([programs / "python", "-c", "from report import Job, produce; print(Job, produce)"], tmp_path)


def test_installed_and_checked_out_make_the_same_bytes(programs: Path, tmp_path: Path) -> None:
    run([programs / "satzspiegel", "--edition", "mail", "--out", tmp_path / "one"], tmp_path)
    run([sys.executable, ROOT / "make_pdf.py", "--edition", "mail", "--out", tmp_path / "two"], tmp_path)
    one, two = (next((tmp_path / name).glob("*.pdf")).read_bytes() for name in ("one", "two"))
    assert one == two
