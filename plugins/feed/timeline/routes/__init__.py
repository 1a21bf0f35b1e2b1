"""The timeline, and the pages of those who can stand in it."""

from . import home, pages

__all__ = ["home", "pages"]
