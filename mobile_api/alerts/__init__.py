"""Public alerts."""
