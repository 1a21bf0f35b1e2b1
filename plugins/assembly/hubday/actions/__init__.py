"""What may be done with what a phone sends: it is done once, by the same actions as the pages."""

from .applying import apply, unreadable

__all__ = ["apply", "unreadable"]
