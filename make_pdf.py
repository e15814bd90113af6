"""Make the brochure: see `uv run make_pdf.py --help`."""

from report.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
