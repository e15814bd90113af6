"""Names that stay: UUIDs made from what they name, and the same again each time.

RFC 9562, version 5: everybody who knows the words can work them out again. Knows: words, checksums. Must never know:
what is named.
"""

from __future__ import annotations

from hashlib import sha1

_URL = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")  # RFC 9562, appendix A: names that are addresses


def uuid(*words: str) -> str:
    """Return the UUID of what these words name together, as in `uuid("Stadt Gladbeck", "Akte", "13-42-11/2024")`."""
    name = "urn:satzspiegel:" + ":".join(word.replace("%", "%25").replace(":", "%3A") for word in words)
    digest = bytearray(sha1(_URL + name.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def content_uuid(sha256: str) -> str:
    """Return the UUID of a file with this SHA-256: the same file has the same one wherever it goes."""
    return uuid("sha256", sha256.lower())
