"""Catalogues in the words of the Data Food Consortium, and back. Pure."""

from .reading import read_catalogue
from .terms import PREFIX, Place
from .types import type_of
from .writing import catalogue, document, enterprise, good_nodes

__all__ = [
    "PREFIX",
    "Place",
    "catalogue",
    "document",
    "enterprise",
    "good_nodes",
    "read_catalogue",
    "type_of",
]
