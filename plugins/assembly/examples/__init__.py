"""A neighbourhood at work, for trying the node out: people, a hub, one round settled, one open."""

from .actions import example_steps

__all__ = ["example_steps"]
