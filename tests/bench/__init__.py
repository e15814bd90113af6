"""How fast, how small, how lean: one brochure, made by us and by others, compared in interleaved rounds.

`python -m tests.bench` measures and writes `docs/performance.md`. Nothing here is a test: a busy machine fails nobody.
"""
