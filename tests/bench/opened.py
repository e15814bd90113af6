"""Opens finished files as a stranger: `python opened.py FILE…` prints pages, bytes and bytes of pictures of each.

A process of its own, so that what it loads is in nobody's measurement.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf


def main() -> None:
    """Print one line a file."""
    for name in sys.argv[1:]:
        with pikepdf.open(name) as pdf:
            pictures = sum(
                len(one.read_raw_bytes())
                for one in pdf.objects
                if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
            )
            print(len(pdf.pages), Path(name).stat().st_size, pictures)


if __name__ == "__main__":
    main()
