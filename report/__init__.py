"""Satzspiegel: one article file in, brochures out. `from report import Job, produce`."""

from report.production import Job, Product, Verdict, preview, produce

__all__ = ["Job", "Product", "Verdict", "preview", "produce"]
