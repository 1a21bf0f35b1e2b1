"""What is done while a decision is carried out."""

from .beginning import begin, finish
from .committing import commit, release

__all__ = ["begin", "commit", "finish", "release"]
