"""What may be done: noting that a thing has changed, and keeping the index in step."""

from .keeping import all_changed, begin_anew, changed, settle, walk
from .serving import SERVICE, keep_up

__all__ = ["SERVICE", "all_changed", "begin_anew", "changed", "keep_up", "settle", "walk"]
