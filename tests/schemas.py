"""The schemas of xdomea, which do not belong to the project: their folder stands in the variable XDOMEA_SCHEMAS."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from tests.conftest import missing


def folder() -> Path:
    """Return the folder with 3.0.0, 3.1.0 and the example of 4.0.0; without it a test is skipped loudly."""
    found = Path(os.environ.get("XDOMEA_SCHEMAS", "") or "nowhere")
    if not (found / "3.0.0" / "xdomea.xsd").is_file():
        missing("xdomea: set XDOMEA_SCHEMAS to the folder that holds the schemas 3.0.0, 3.1.0 and 4.0.0-example")
    return found


def faults(message: bytes, version: str) -> list[str]:
    """Return what the schemas of a version say against a message."""
    schema = _schema(folder() / version)
    schema.validate(etree.fromstring(message))
    return [f"{fault.line}: {fault.message}" for fault in schema.error_log]


@cache
def _schema(where: Path) -> Any:
    """Read the schemas by their own way: every import is taken from the folder."""

    class Here(etree.Resolver):
        def resolve(self, address: str, _: Any, context: Any) -> Any:
            return self.resolve_filename(str(where / Path(address).name), context)

    parser = etree.XMLParser()
    parser.resolvers.add(Here())
    return etree.XMLSchema(etree.parse(str(where / "xdomea.xsd"), parser))


def example() -> Any:
    """Return the example of version 4.0.0 by the Landesarchiv NRW."""
    (found,) = (folder() / "4.0.0-example").glob("*_0503_1.xml")
    return etree.parse(str(found)).getroot()
