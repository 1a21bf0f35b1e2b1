"""The one way out: every request that leaves a node goes through here, and only to public places."""

from .ranges import is_loopback, is_public

__all__ = ["is_loopback", "is_public"]
