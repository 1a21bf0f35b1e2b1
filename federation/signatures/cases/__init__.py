"""Cases from a file, judged by the very code of the inbox: no node, no database, no network."""

from .reading import Case, Malformed, Sequence, read_file
from .running import Result, run

__all__ = ["Case", "Malformed", "Result", "Sequence", "read_file", "run"]
