"""Neighbours as they meet here: a public page for who wants one, circles, muting and blocking."""

from .queries import faces_of, is_member, is_vouched, not_blocked, profile_of

__all__ = ["faces_of", "is_member", "is_vouched", "not_blocked", "profile_of"]
