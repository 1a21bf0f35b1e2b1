"""The one way out: every request that leaves a node goes through here, and only to public places.

What sends is loaded when something is first sent: a start needs none of it.
"""

from .ranges import is_loopback, is_public

__all__ = ["is_loopback", "is_public"]
