"""Donations: the appeal with its legal notice, gifts, receipts, and what the money was used for."""
