"""What is read of the fund's books for everyone, and for whoever audits them."""

from . import audit, entries, offices, periods
from .persons import OPINIONS, personal_data

__all__ = ["OPINIONS", "audit", "entries", "offices", "periods", "personal_data"]
