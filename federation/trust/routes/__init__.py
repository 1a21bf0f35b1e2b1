"""The documents, pages and buttons of trust, one module a subject."""

from . import discovery, documents

__all__ = ["discovery", "documents"]
