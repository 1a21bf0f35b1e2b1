"""What people agree to when they join, and the version of each text that they agreed to.

Personal Information Protection Act: each consent by itself, saying what for, which items, how
long, and that one may refuse and what then (articles 15 (2) and 22); no box ticked beforehand.
"""

from __future__ import annotations

VERSIONS = {"terms": "2026-11-23", "privacy": "2026-11-23", "age": "1", "news": "1"}
"""The present version of each text, by its subject; "age" says 14 years or more (article 22-2)."""

REQUIRED = ("terms", "privacy", "age")
OPTIONAL = ("news",)
