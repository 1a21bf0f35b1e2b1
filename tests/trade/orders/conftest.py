"""Two nodes that trade."""

from support.pairs import pair

__all__ = ["pair"]
