"""Finished pictures on disk: the same bytes with and without, no work the second time, and never in anybody's way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report import paths
from report.printer import Printer
from report.production import Job, produce
from report.proof import ImageData
from report.typeset import cache, picture
from report.typeset.cache import Cache, key
from tests.variants import write

ROOT = Path(__file__).resolve().parent.parent
EDITIONS = ("mail", "archive", "print", "office")
KEY = "0" * 64
MASK = ImageData(3, 2, "DeviceGray", 8, "FlateDecode", b"m")
IMAGE = ImageData(3, 2, "DeviceRGB", 8, "FlateDecode", b"red\n\0", MASK)
posix = pytest.mark.skipif(os.name != "posix", reason="rights as POSIX knows them")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return write("photographs", tmp_path / "article")  # grey, CMYK, with alpha, TIFF, WebP, to be turned


def made(article: Path, out: Path, folder: Path | None, **more: object) -> dict[str, bytes]:
    """Make all editions as a new process would: nothing remembered."""
    picture._finished.clear()
    verdict = produce(Job(article, editions=EDITIONS, out=out, cache=folder, **more))  # type: ignore[arg-type]
    assert all(product.written for product in verdict.products)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def entries(folder: Path) -> list[Path]:
    return sorted((folder / "pictures").glob("*.picture"))


def test_the_same_bytes_with_and_without(article: Path, tmp_path: Path) -> None:
    without = made(article, tmp_path / "without", None)
    first = made(article, tmp_path / "first", tmp_path / "cache")
    kept = [(path.name, path.stat().st_ino) for path in entries(tmp_path / "cache")]
    second = made(article, tmp_path / "second", tmp_path / "cache")
    assert len(kept) > 10
    assert kept == [(path.name, path.stat().st_ino) for path in entries(tmp_path / "cache")]  # none was made anew
    assert without == first == second


def test_a_second_run_does_no_picture_work(article: Path, tmp_path: Path) -> None:
    """The room that decodes, converts and codes pictures is not even loaded, nor any of Pillow's readers."""
    assert {"report.typeset.pixels", "PIL.JpegImagePlugin", "PIL.ImageCms"} <= loaded(article, tmp_path / "first")
    assert not {"report.typeset.pixels", "PIL.ImageCms"} & loaded(article, tmp_path / "second")
    assert not [name for name in loaded(article, tmp_path / "third") if name.endswith("ImagePlugin")]
    assert "report.typeset.pixels" in loaded(article, tmp_path / "fourth", "--no-cache")


def loaded(article: Path, out: Path, *flags: str) -> set[str]:
    """Run the command in a process of its own; return the modules that it loaded."""
    program = (
        "import sys, io, contextlib; from report.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()): code = main()\n"
        "assert not code, code; print(*sys.modules)"
    )
    words = [str(article), "--edition", "mail,archive,print", "--out", str(out), *flags]
    env = {**os.environ, "SATZSPIEGEL_CACHE": str(article.parent.parent / "cache")}
    order = [sys.executable, "-c", program, *words]
    return set(subprocess.run(order, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout.split())


def test_what_is_damaged_is_made_anew(article: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    good = made(article, tmp_path / "good", folder)
    whole = {path: path.read_bytes() for path in entries(folder)}
    for number, (path, data) in enumerate(whole.items()):
        broken = (data[:-1], b"", data[:-9] + b"X" + data[-8:], b"Satzspiegel picture 1\n", data + b"0", data[40:])
        path.write_bytes(broken[number % len(broken)])
    first, *_, last = whole
    shutil.copy(first, last)  # another picture under this one's name
    assert made(article, tmp_path / "again", folder) == good
    assert {path: path.read_bytes() for path in entries(folder)} == whole
    shutil.rmtree(folder)
    assert made(article, tmp_path / "deleted", folder) == good


@given(st.binary(), st.integers(0, 200), st.binary(max_size=3))
def test_no_damage_passes_unseen(body: bytes, at: int, change: bytes) -> None:
    image = ImageData(7, 9, "DeviceCMYK", 8, "DCTDecode", body, None, True)
    whole = cache._written(image, KEY)
    assert cache._read(whole, KEY) == image
    broken = whole[:at] + change + whole[at + len(change) :]
    assert cache._read(broken, KEY) == (image if broken == whole else None)
    assert cache._read(whole, "1" * 64) is None


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    assert kept.get(KEY) is None
    kept.put(KEY, IMAGE)
    assert kept.get(KEY) == IMAGE


def test_whatever_a_picture_is_made_of_is_in_its_name(tmp_path: Path) -> None:
    profile = tmp_path / "Haus.icc"
    fogra = paths.shipped("assets", "profiles", "FOGRA39L.icc").read_bytes()
    profile.write_bytes(fogra)
    printer = Printer(profile=profile)
    names = [
        key(b"a", ("JPEG", 1), None),
        key(b"b", ("JPEG", 1), None),
        key(b"a", ("JPEG", 2), None),
        key(b"a", ("JPEG", 1), printer),
        key(b"a", ("JPEG", 1), Printer(profile=profile, ink_limit=240)),
        key(b"a", ("JPEG", 1), Printer(profile=profile, intent="perceptual")),
    ]
    profile.write_bytes(fogra[:84] + b"\1" * 16 + fogra[100:])
    names.append(key(b"a", ("JPEG", 1), printer))
    assert len(set(names)) == len(names)
    shutil.copy(paths.shipped("assets", "profiles", "FOGRA39L.icc"), tmp_path / "copy.icc")
    assert key(b"a", ("JPEG", 1), Printer(name="other", profile=tmp_path / "copy.icc")) == names[3]


# -- in nobody's way ---------------------------------------------------------------------------------------------


def test_a_file_in_the_way_of_the_folder(article: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    assert made(article, tmp_path / "out", tmp_path / "cache")
    assert (tmp_path / "cache").read_text(encoding="utf-8") == "a file"


@posix
def test_a_folder_that_may_not_be_written_is_no_fault(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        folder = Path("/proc/satzspiegel")  # where not even root may
    else:
        folder = tmp_path / "locked"
        folder.mkdir(mode=0o500)
    kept = Cache(folder)
    kept.put(KEY, IMAGE)
    kept.prune()
    assert kept.get(KEY) is None


@posix
def test_entries_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Cache(tmp_path / "cache").put(KEY, IMAGE)
    finally:
        os.umask(before)
    (entry,) = entries(tmp_path / "cache")
    assert (entry.stat().st_mode & 0o777, entry.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@posix
@pytest.mark.parametrize("kind", ["written by all", "a link"])
def test_a_folder_that_others_may_fill_is_not_used(kind: str, tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    kept.put(KEY, IMAGE)
    if kind == "a link":
        kept.folder.rename(tmp_path / "elsewhere")
        kept.folder.symlink_to(tmp_path / "elsewhere")
    else:
        kept.folder.chmod(0o777)
    kept.put("1" * 64, IMAGE)
    assert kept.get(KEY) is None
    assert len(list(kept.folder.iterdir())) == 1


def test_what_nobody_asks_for_goes_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Cache(tmp_path)
    names = [f"{number}" * 64 for number in range(6)]
    now = 2e9
    for days, name in enumerate(names):
        kept.put(name, IMAGE)
        os.utime(kept.folder / f"{name}.picture", (now - 10 * days * 86400,) * 2)
    strangers = [kept.folder / "letter.txt", kept.folder / "holiday.picture"]
    half = kept.folder / f".{names[0]}-a1b2.picture"  # what an interruption left
    for path in (*strangers, half):
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    kept.prune()  # 30 days, counted from when the cache was last used
    assert [path.name[0] for path in entries(tmp_path) if path not in strangers] == ["0", "1", "2", "3"]
    assert all(path.is_file() for path in strangers) and not half.exists()
    size = (kept.folder / f"{names[0]}.picture").stat().st_size
    monkeypatch.setattr(cache, "LARGEST", 2 * size)
    kept.prune()
    assert [path.name[0] for path in entries(tmp_path) if path not in strangers] == ["0", "1"]


def test_what_is_asked_for_grows_young_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Cache(tmp_path)
    for days, name in enumerate(("0" * 64, "1" * 64, "2" * 64), 1):
        kept.put(name, IMAGE)
        os.utime(kept.folder / f"{name}.picture", (10**9 - days * 86400,) * 2)
    assert kept.get("2" * 64) == IMAGE
    monkeypatch.setattr(cache, "LARGEST", 2 * (kept.folder / f"{'0' * 64}.picture").stat().st_size)
    monkeypatch.setattr(cache, "UNUSED", 10**10)
    kept.prune()
    assert [path.name[0] for path in entries(tmp_path)] == ["0", "2"]


@pytest.mark.parametrize(
    ("system", "setting", "wanted"),
    [
        ("linux", {"XDG_CACHE_HOME": "{home}/xdg"}, "{home}/xdg/satzspiegel"),
        ("linux", {"XDG_CACHE_HOME": ""}, "{home}/.cache/satzspiegel"),
        ("darwin", {}, "{home}/Library/Caches/satzspiegel"),
        ("win32", {"LOCALAPPDATA": "{home}/Local"}, "{home}/Local/satzspiegel"),
        ("win32", {"LOCALAPPDATA": ""}, "{home}/AppData/Local/satzspiegel"),
        ("linux", {"SATZSPIEGEL_CACHE": "{home}/own"}, "{home}/own"),
    ],
)
def test_where_the_cache_lies(
    system: str, setting: dict[str, str], wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.delenv("SATZSPIEGEL_CACHE")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name, value in setting.items():
        monkeypatch.setenv(name, value.format(home=tmp_path))
    assert paths.cache_folder() == Path(wanted.format(home=tmp_path))
