"""Signed talk between nodes; it registers itself like any plugin."""
