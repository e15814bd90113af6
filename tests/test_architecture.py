"""The house itself: who may import whom, where a library is at home, how long things may be, that the plan is true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.goldens import assert_golden

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "report"

# each layer knows those above it in this list; names of one layer do not know each other
LAYERS: tuple[tuple[str, ...], ...] = (
    ("records",),
    ("findings", "units", "paths"),
    ("errors",),
    ("datafile", "files", "locales", "printer", "parcel"),
    ("settings",),
    ("content", "proof", "screen", "house", "editions", "layout", "standards", "article"),
    ("layoutfile", "order"),
    ("localise", "compose", "typeset", "finish", "weave", "sheets", "preflight", "gate", "deliver"),
    ("stages", "orders", "unpaged", "packing"),
    ("checkreport",),
    ("production",),
    ("handover",),
    ("verdict", "flags", "watch"),
    ("despatch",),
    ("cli",),
)
# what else is allowed, and why
FURTHER_IMPORTS = {
    ("standards", "proof"): "a standard's row maps the roles of the proof's elements",
    ("report", "production"): "the package lets out Job and produce, and nothing else",
}
# a library's home room
HOMES = {
    "jinja2": "compose",
    "markupsafe": "compose",
    "xml": "compose",
    "babel": "localise",
    "uharfbuzz": "typeset",
    "PIL": "typeset",
    "segno": "typeset",
    "reportlab": "finish",
    "pikepdf": "preflight",
    "yaml": "datafile",
    "keyring": "deliver",
    "idna": "deliver",
    "urllib3": "deliver",
    "pyhanko": "deliver",
    "pkcs11": "deliver",
    "asn1crypto": "deliver",
    "lxml": "deliver",
}
# a further room, and why
FURTHER_HOMES = {
    ("xml", "typeset"): "an SVG drawing is read where it is drawn",
    ("pikepdf", "sheets"): "finished pages are taken up again, whole, as forms on a sheet",
    ("jinja2", "deliver"): "a house's own template says what lies beside a document, behind a fence of its own",
    ("markupsafe", "deliver"): "what such a template has protected is told apart from bare words",
    ("xml", "deliver"): "XML for a records system is read back before it goes",
    ("xml", "preflight"): "the XMP packet of a finished file is XML",
}
LONGEST_FILE = 350
LONGEST_FUNCTION = 60


def room(path: Path) -> str:
    """Name the room a file of the package stands in; the package's own door is `report`."""
    first = path.relative_to(REPORT).parts[0].removesuffix(".py")
    return "report" if first == "__init__" else first


@cache
def sources() -> dict[Path, ast.Module]:
    paths = sorted(path for path in REPORT.rglob("*.py") if "_shipped" not in path.parts)
    return {path: ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in paths}


def imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Walk every import, at the head, in functions and under TYPE_CHECKING: full name and line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: write imports out in full"
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def named(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def layer(name: str) -> int:
    return next((number for number, names in enumerate(LAYERS) if name in names), len(LAYERS))


def test_every_module_has_a_layer() -> None:
    assert {room(path) for path in sources()} - {name for names in LAYERS for name in names} <= {"report"}


def test_imports_go_downward_only() -> None:
    wrong = []
    for path, tree in sources().items():
        for name, line in imports(tree):
            head, _, rest = name.partition(".")
            target = rest.split(".")[0]
            if head != "report" or target == room(path) or (room(path), target) in FURTHER_IMPORTS:
                continue
            if layer(target) >= layer(room(path)) or room(path) == "report":
                wrong.append(f"{named(path, line)}: {room(path)} must not know {target}")
    assert wrong == []


def test_further_imports_are_needed() -> None:
    used = {
        (room(path), name.split(".")[1]) for path, tree in sources().items() for name, _ in imports(tree) if "." in name
    }
    assert set(FURTHER_IMPORTS) <= used


def libraries(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Walk the imports of what is neither ours nor a quiet part of Python itself."""
    for name, line in imports(tree):
        head = name.split(".")[0]
        if head in HOMES or (head not in sys.stdlib_module_names and head not in ("report", "__future__")):
            yield head, line


def test_a_library_stays_in_its_home() -> None:
    wrong = []
    for path, tree in sources().items():
        for library, line in libraries(tree):
            if HOMES.get(library) != room(path) and (library, room(path)) not in FURTHER_HOMES:
                wrong.append(f"{named(path, line)}: {library} is at home in {HOMES.get(library, 'no room')}")
    assert wrong == []


def test_every_home_is_lived_in() -> None:
    used = {(library, room(path)) for path, tree in sources().items() for library, _ in libraries(tree)}
    assert set(HOMES.items()) | set(FURTHER_HOMES) <= used


def test_no_door_lets_a_librarys_types_out() -> None:
    """A room's door names no library at its head: what goes in and comes out is ours."""
    wrong = []
    for path, tree in sources().items():
        if path.name != "__init__.py":
            continue
        head = ast.Module([node for node in tree.body if not isinstance(node, (ast.FunctionDef, ast.ClassDef))], [])
        wrong += [f"{named(path, line)}: {library}" for library, line in libraries(head)]
    assert wrong == []


def test_nobody_measures_time_but_the_front_end() -> None:
    """The same input gives the same bytes: no room may ask the clock, chance, or the machine's name."""
    barred = {"time", "random", "uuid", "secrets", "socket", "platform", "getpass", "locale"}
    wrong = []
    for path, tree in sources().items():
        if room(path) in ("cli", "production", "handover", "despatch"):
            continue
        wrong += [f"{named(path, line)}: {name}" for name, line in imports(tree) if name.split(".")[0] in barred]
        wrong += [
            f"{named(path, node.lineno)}: {node.attr}()"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")
        ]
    assert wrong == []


def test_records_are_ours() -> None:
    """A dataclass takes five times as long to make: together they took a sixth of a start."""
    wrong = [
        f"{named(path, line)}: from report.records import record, field, replace"
        for path, tree in sources().items()
        for name, line in imports(tree)
        if name.split(".")[0] == "dataclasses"
    ]
    assert wrong == []


def test_files_are_short() -> None:
    lengths = {named(path, len(path.read_text(encoding="utf-8").splitlines())) for path in sources()}
    assert sorted(place for place in lengths if int(place.rpartition(":")[2]) > LONGEST_FILE) == []


def test_functions_are_short() -> None:
    wrong = []
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    wrong.append(f"{named(path, node.lineno)}: {node.name} has {length} lines")
    assert wrong == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [named(path, 1) for path, tree in sources().items() if not ast.get_docstring(tree)]
    assert silent == []


def test_names_are_the_trades() -> None:
    barred = re.compile(r"Manager|Handler|Helper|Utils?$|Base$|^process")
    wrong = [
        f"{named(path, node.lineno)}: {node.name}"
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and barred.search(node.name)
    ]
    assert wrong == []


# -- the plan --


@cache
def tracked() -> tuple[str, ...]:
    """Every file that belongs to the project: what git keeps or would keep; without git, what lies here."""
    order = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        answer = subprocess.run(order, capture_output=True, text=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        loose = {".git", ".venv", "out", "dist", "build", "__pycache__"}
        paths = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return tuple(sorted(path.as_posix() for path in paths if not loose & set(path.parts)))
    return tuple(sorted(name for name in answer.stdout.splitlines() if (ROOT / name).exists()))


def plan() -> str:
    return (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def drawn() -> dict[str, set[str]]:
    """Read the fenced tree of the plan: folder -> what stands in it. A line `· a b c` names a room's modules."""
    (block,) = re.findall(r"^```tree\n(.*?)^```", plan(), re.MULTILINE | re.DOTALL)
    found: dict[str, set[str]] = {"": set()}
    above: list[str] = []
    for line in block.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        folder = "".join(above[:depth])
        if line.strip().startswith("· "):
            found[folder] |= {f"{name}.py" for name in line.split()[1:]}
            continue
        name = re.split(r"\s{2,}|\s\|", line.strip())[0]
        found[folder].add(name)
        if name.endswith("/"):
            above = [*above[:depth], name]
            found.setdefault(folder + name, set())
    return found


def on_disk(folder: str) -> set[str]:
    inside = [name[len(folder) :] for name in tracked() if name.startswith(folder)]
    return {name.partition("/")[0] + ("/" if "/" in name else "") for name in inside} - {"__init__.py"}


def test_the_tree_in_the_plan_is_the_tree_on_disk() -> None:
    for folder, names in drawn().items():
        if names:
            assert names == on_disk(folder), f"ARCHITECTURE.md draws {folder or 'the top'} otherwise than it is"


def test_the_plan_opens_every_room() -> None:
    rooms = {name.split("/")[1] + "/" for name in tracked() if re.match(r"report/\w+/\w+\.py", name)}
    assert {f"report/{name}" for name in rooms} <= set(drawn())


def test_the_plan_is_short() -> None:
    assert len(plan().splitlines()) <= 150


@pytest.mark.parametrize("library", sorted(set(HOMES) - {"markupsafe", "xml", "pkcs11", "asn1crypto"}))
def test_the_plan_says_why_each_library(library: str) -> None:
    spoken = {"PIL": "Pillow", "yaml": "PyYAML", "uharfbuzz": "HarfBuzz"}.get(library, library)
    assert re.search(rf"\*\*{spoken}\*\*", plan(), re.IGNORECASE), (
        f"ARCHITECTURE.md does not say why {spoken}"
    )


# -- start --


def test_what_the_mail_path_loads(tmp_path: Path) -> None:
    """A start costs what it loads: further libraries, and further modules of ours, are seen here."""
    order = [sys.executable, "-X", "utf8", "-c", _LOADED, str(tmp_path)]
    answer = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert answer.returncode == 0, answer.stderr
    assert_golden("architecture/loaded-modules", answer.stdout)


_LOADED = """
import sys
before = set(sys.modules)
from pathlib import Path
sys.argv = ["make_pdf.py", "--edition", "mail", "--out", sys.argv[1]]
import os
os.environ["SATZSPIEGEL_CACHE"] = sys.argv[-1] + "/cache"
import io, contextlib
from report.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    code = main()
assert not code, code
ours = sorted(name for name in sys.modules if name == "report" or name.startswith("report."))
every = {name.split(".")[0] for name in set(sys.modules) - before}
theirs = sorted(every - set(sys.stdlib_module_names) - {"report"})
barred = {"pydantic", "lxml", "fontTools", "pikepdf", "numpy", "dataclasses", "reportlab.platypus", "reportlab.pdfgen"}
assert not barred & set(sys.modules), barred & set(sys.modules)
theirs = [name for name in theirs if not name.startswith(("_", "cython"))]
heavy = sorted(set(sys.modules) & {"asyncio", "email", "xml.etree.ElementTree", "logging", "multiprocessing",
    "concurrent.futures", "unittest", "ssl", "urllib.request", "importlib.metadata", "html", "sqlite3", "ctypes"})
print("libraries:", *theirs, sep="\\n  ")
print("heavy parts of Python:", *heavy, sep="\\n  ")
print("ours:", *ours, sep="\\n  ")
"""
