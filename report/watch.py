"""What a running `--watch` looks at: the time stamps of everything that its orders are made from.

Knows: orders and folders. Must never know what a change means.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from report.orders import FLOWING
from report.paths import shipped
from report.production import Job


def stamps(jobs: Sequence[Job]) -> dict[Path, int]:
    """Return the time stamps of everything that the jobs are made from."""
    folders = {job.article.resolve().parent for job in jobs}
    folders |= {
        shipped("layouts", name) if shipped("layouts", name).is_dir() else Path(name)
        for job in jobs
        for name in (*job.layouts, FLOWING)
    }
    folders |= {
        shipped("assets", "houses", job.house) if shipped("assets", "houses", job.house).is_dir() else Path(job.house)
        for job in jobs
    }
    found: dict[Path, int] = {}
    outs = {job.out.resolve() for job in jobs}
    for folder in folders:
        for path in folder.rglob("*"):
            if not any(out in path.parents for out in outs):
                try:
                    found[path] = path.stat().st_mtime_ns
                except OSError:
                    continue
    return found
