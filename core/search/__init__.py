"""Search: an index of what can be found, kept in step with where things live.

The index only says what may fit. Whatever is shown is read anew where it lives, with who may see
it, so that nothing hidden, gone or somebody else's is ever shown, however old the index is.
"""

from .actions import SERVICE, all_changed, begin_anew, changed, keep_up
from .queries import Hit, Place, answered, finds, hits, last_id, searchables, source_of
from .rules import EVERYONE, MEMBERS, STEWARDS, Asked, of_person, of_space, readers_of

__all__ = [
    "EVERYONE",
    "MEMBERS",
    "SERVICE",
    "STEWARDS",
    "Asked",
    "Hit",
    "Place",
    "all_changed",
    "answered",
    "begin_anew",
    "changed",
    "finds",
    "hits",
    "keep_up",
    "last_id",
    "of_person",
    "of_space",
    "readers_of",
    "searchables",
    "source_of",
]
