"""What may be done to settle: split what was paid, post it, and tell who gets what, once."""

from .settling import settle

__all__ = ["settle"]
