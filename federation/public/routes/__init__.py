"""Public life as programs read it, and the page of those who follow."""

from . import audience, documents
from .audience import MY_SECTIONS, RULES

__all__ = ["MY_SECTIONS", "RULES", "audience", "documents"]
