"""What may be read of programmes and proposals."""

from .face import calendar_of, on_ballot, phase_of, the_programme

__all__ = ["calendar_of", "on_ballot", "phase_of", "the_programme"]
