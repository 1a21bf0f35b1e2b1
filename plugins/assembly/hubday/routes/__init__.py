"""The page of the day at the hub, what it takes along, and where it sends what was done."""

from . import hubday

__all__ = ["hubday"]
