"""What is said to people, in their language: catalogues, particles, amounts and times."""

from .catalogues import Catalogues, Tongue, load_catalogues
from .formats import ago, day, percent, when, won

__all__ = ["Catalogues", "Tongue", "ago", "day", "load_catalogues", "percent", "when", "won"]
