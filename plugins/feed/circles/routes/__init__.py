"""The pages on which people gather in circles, and keep apart from others."""

from . import circles, ties

__all__ = ["circles", "ties"]
