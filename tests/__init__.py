"""The tests: one module a room, the judges they share, and text goldens."""
