"""What may be read: the index, and the sources of what it names."""

from .index import (
    Hit,
    Place,
    between,
    finds,
    hits,
    in_fts5,
    in_tsquery,
    is_waiting,
    known,
    last_id,
    some_waiting,
    walks,
)
from .sources import answered, searchables, source_of
from .spaces import SPACES

__all__ = [
    "SPACES",
    "Hit",
    "Place",
    "answered",
    "between",
    "finds",
    "hits",
    "in_fts5",
    "in_tsquery",
    "is_waiting",
    "known",
    "last_id",
    "searchables",
    "some_waiting",
    "source_of",
    "walks",
]
