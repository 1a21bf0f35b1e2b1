"""What is done in a simulated round, from the empty database to the settlement."""

from .ground import hurry, new_database
from .play import play

__all__ = ["hurry", "new_database", "play"]
