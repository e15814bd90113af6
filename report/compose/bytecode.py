"""Translated templates beside the program's own byte code, so that a start need not translate them again.

Translating 300 lines takes 30 to 40 ms, loading them 1 ms. The code lies where Python keeps ours: whoever can write
there can change the program anyway, so nothing new is trusted. Never in a layout's folder: a template from elsewhere
is fenced in, its byte code would not be. Knows: files. Must never know what a template says.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha1
from importlib.util import cache_from_source
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

_HERE = Path(__file__).resolve().parent


class Bytecode(BytecodeCache):
    """One file a template; what cannot be read or written is translated anew."""

    def __init__(self) -> None:
        self.folder = Path(cache_from_source(str(_HERE / "template.py"))).parent
        # The fence is woven into the translated code: other rules, other code.
        self.rules = b"".join((_HERE / name).read_bytes() for name in ("fence.py", "bytecode.py"))

    def path(self, bucket: Bucket) -> Path:
        """Return where this template's code lies."""
        return self.folder / f"template-{bucket.key}.{sys.implementation.cache_tag}.bin"

    def get_source_checksum(self, source: str) -> str:
        """Return what must be unchanged for the code to hold: the source and our own rules."""
        return sha1(self.rules + source.encode("utf-8", "surrogatepass")).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket where whole code is there."""
        try:
            raw = self.path(bucket).read_bytes()
        except OSError:
            return
        if sha1(raw[20:]).digest() != raw[:20]:  # a half-written or damaged file must never reach the loader
            return
        bucket.load_bytecode(BytesIO(raw[20:]))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code, whole or not at all; a folder that cannot be written is no fault."""
        if sys.dont_write_bytecode:
            return
        code: Any = bucket.bytecode_to_string()
        path = self.path(bucket)
        half = path.with_suffix(f".{os.getpid()}")
        try:
            path.parent.mkdir(exist_ok=True)
            half.write_bytes(sha1(code).digest() + code)
            os.replace(half, path)
        except OSError:
            return
