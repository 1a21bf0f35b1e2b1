"""The pages of reports."""

from . import reports
from .access import RULES

__all__ = ["RULES", "reports"]
