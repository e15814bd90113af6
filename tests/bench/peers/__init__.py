"""The peers: each a module with NAME, `start()` -> make(data file, output file). The list is written by hand."""

PEERS = ("typst", "weasyprint", "reportlab")
