"""Hearing what is published, and what the rooms below do together."""

from .examples import EXAMPLES
from .hearing import forget, hear, hide, let_go, thing

__all__ = ["EXAMPLES", "forget", "hear", "hide", "let_go", "thing"]
