"""The face of the assembly: the only names that plugins building on it may use."""

from .receiving.actions import call_off
from .receiving.queries import came_of

__all__ = ["call_off", "came_of"]
