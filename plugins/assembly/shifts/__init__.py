"""Helpers' shifts on hub day: who signs up, and who takes over from whom."""
