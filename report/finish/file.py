"""The file itself: numbered objects packed into object streams, a cross-reference stream, a fingerprint.

Where a standard is older than object streams, each object stands for itself and the cross-reference is a table.

Written here because a library's writer puts each object into the file uncompressed and drops what it does not know.
Knows: PDF's syntax. Must never know: what any object means.
"""

from __future__ import annotations

from hashlib import sha256
from zlib import compress

from reportlab.pdfbase.rl_codecs import RL_Codecs

RL_Codecs.register()  # makes "pdfdoc" an encoding

PACK = 200  # objects an object stream: readers unpack the whole stream to read one
LEVEL = 6  # deflate; 9 takes half as long again for one part in a thousand

_ESCAPED = ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r"))


def text(words: str) -> bytes:
    """Return a text string: in PDF's own encoding where it has all signs, else in UTF-16 (both versions read both)."""
    raw = _own(words)
    if raw is None:
        raw = b"\xfe\xff" + words.encode("utf-16-be", "replace")
    for sign, escaped in _ESCAPED:
        if sign in raw:
            raw = raw.replace(sign, escaped)
    return b"(%s)" % raw


def _own(words: str) -> bytes | None:
    """Return `words` in PDFDocEncoding, or None where it has not all their signs."""
    if not words.isprintable():  # the codec lets through codes that the encoding leaves undefined
        return None
    if words.isascii():
        return words.encode("ascii")
    try:
        raw = words.encode("pdfdoc")
    except UnicodeEncodeError:
        return None
    return None if raw.startswith((b"\xfe\xff", b"\xef\xbb\xbf")) else raw  # would be read as UTF-16 or UTF-8


def name(word: str) -> bytes:
    """Return a name object; signs outside the plain ones are written as #xx."""
    if word.isalnum() and word.isascii():
        return b"/" + word.encode("ascii")
    plain = b"-+_.:@*'!"
    return b"/" + b"".join(
        bytes((byte,)) if byte in plain or (byte < 128 and chr(byte).isalnum()) else b"#%02X" % byte
        for byte in word.encode("utf-8")
    )


def number(value: float) -> bytes:
    """Return a number with at most three decimals and no needless noughts."""
    return b"%d" % value if value == int(value) else (b"%.3f" % value).rstrip(b"0").rstrip(b".")


def numbers(*values: float) -> bytes:
    """Return an array of numbers."""
    return b"[%s]" % b" ".join(map(number, values))


def ref(of: int) -> bytes:
    """Return a reference to the object `of`."""
    return b"%d 0 R" % of


class File:
    """Objects in, bytes out; objects that are no streams wait until a pack is full, where they may be `packed`."""

    def __init__(self, version: str, packed: bool = True) -> None:
        self._packed = packed
        head = b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version.encode("ascii")
        self._chunks = [head]
        self._size = len(head)
        self._rows = [_row(0, 0, 255)]  # of the cross-reference stream; object 0 is the head of the free list
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self, count: int = 1) -> int:
        """Set `count` numbers aside for objects that others refer to before they are written; return the first."""
        first = len(self._rows)
        self._rows += [_row(0, 0, 0)] * count  # free, unless something is written
        return first

    def add(self, body: bytes, at: int = 0) -> int:
        """Take an object that is no stream, under the reserved number `at` or the next; return its number."""
        at = at or self.reserve()
        if not self._packed:
            self._write(at, b"%d 0 obj\n%s\nendobj\n" % (at, body))
            return at
        self._waiting.append((at, body))
        if len(self._waiting) == PACK:
            self._pack()
        return at

    def stream(self, data: bytes, entries: bytes = b"", at: int = 0, deflate: bool = True) -> int:
        """Take a stream with the entries of its dictionary, deflated here unless it comes so; return its number."""
        at = at or self.reserve()
        if deflate:
            data = compress(data, LEVEL)
            entries += b"/Filter/FlateDecode"
        head = b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (at, entries, len(data))
        self._write(at, head, data, b"\nendstream\nendobj\n")  # on a line of its own: ISO 19005-2 6.1.7.1
        return at

    def _write(self, at: int, *parts: bytes) -> None:
        """Write an object at its place and note where that is."""
        self._rows[at] = _row(1, self._size, 0)
        self._chunks += parts
        self._size += sum(map(len, parts))

    def fingerprint(self) -> bytes:
        """Return the digest of everything written up to now."""
        self._pack()
        digest = sha256(usedforsecurity=False)
        for chunk in self._chunks:
            digest.update(chunk)
        return digest.digest()

    def close(self, root: int, info: int, identity: bytes) -> bytes:
        """Write what waits and the cross-reference; return the file."""
        if not self._packed:
            return self._table(root, info, identity)
        self._pack()
        at, start = self.reserve(), self._size
        self._rows[at] = _row(1, start, 0)
        entries = b"/Type/XRef/Size %d/Root %s%s/ID[<%s><%s>]/W[1 4 1]/DecodeParms<</Predictor 12/Columns 6>>" % (
            len(self._rows),
            ref(root),
            b"/Info " + ref(info) if info else b"",
            identity.hex().encode("ascii"),
            identity.hex().encode("ascii"),
        )
        self.stream(_differences(self._rows), entries, at)
        self._chunks.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._chunks)

    def _table(self, root: int, info: int, identity: bytes) -> bytes:
        """Write the cross-reference as a table; return the file."""
        free = [at for at, row in enumerate(self._rows) if not row[1]]  # a chain of what nobody wrote
        after = dict(zip(free, [*free[1:], 0], strict=True))
        start, sign = self._size, identity.hex().encode("ascii")
        self._chunks.append(b"xref\n0 %d\n" % len(self._rows))
        for at, row in enumerate(self._rows):
            used = at not in after
            self._chunks.append(
                b"%010d 00000 n \n" % int.from_bytes(row[2:6], "big")
                if used
                else b"%010d %05d f \n" % (after[at], 65535 if not at else 0)
            )
        entries = b"/Size %d/Root %s%s/ID[<%s><%s>]" % (
            len(self._rows), ref(root), b"/Info " + ref(info) if info else b"", sign, sign,
        )  # fmt: skip
        self._chunks.append(b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (entries, start))
        return b"".join(self._chunks)

    def _pack(self) -> None:
        """Write the waiting objects as one object stream."""
        if not self._waiting:
            return
        at = self.reserve()
        heads, offset = [], 0
        for index, (of, body) in enumerate(self._waiting):
            heads.append(b"%d %d" % (of, offset))
            offset += len(body) + 1
            self._rows[of] = _row(2, at, index)
        head = b" ".join(heads) + b"\n"
        bodies = b"\n".join([body for _, body in self._waiting])
        entries = b"/Type/ObjStm/N %d/First %d" % (len(heads), len(head))
        self._waiting.clear()
        self.stream(head + bodies, entries, at)


def _row(kind: int, value: int, last: int) -> bytes:
    return (kind << 40 | value << 8 | last).to_bytes(7, "big")


def _differences(rows: list[bytes]) -> bytes:
    """Return the rows as differences from the one above, byte by byte (PNG's filter Up, whose sign is 2).

    All rows at once, as one great number: bytes are kept from borrowing of their neighbours by their highest bits.
    """
    count = len(rows)
    here = int.from_bytes(b"".join(rows), "big")
    above = here >> 56
    high = int.from_bytes(b"\x80" * (7 * count), "big")
    less = ((here | high) - (above & ~high)) ^ ((here ^ ~above) & high)
    return (less | int.from_bytes(b"\2\0\0\0\0\0\0" * count, "big")).to_bytes(7 * count, "big")
