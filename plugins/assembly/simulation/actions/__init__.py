"""What is done in a simulated round, from the empty database to the settlement."""

from .ground import new_database
from .play import play

__all__ = ["new_database", "play"]
