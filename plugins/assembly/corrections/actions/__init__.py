"""What may be done with what is settled: take back a part of it, once for each key."""

from .correcting import correct

__all__ = ["correct"]
