"""What may be done with what a phone sends: it is done once, by the same actions as the pages."""

from .applying import apply, unreadable
from .forgetting import SENT

__all__ = ["SENT", "apply", "unreadable"]
