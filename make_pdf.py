"""Make the brochure: see `uv run make_pdf.py --help`."""

from report.cli import run

if __name__ == "__main__":
    run()
