"""Catalogues in the words of the Data Food Consortium, and back. Pure."""

from .reading import read_catalogue
from .terms import PREFIX, SCOPES, Place
from .types import type_of
from .writing import catalogue, document, enterprise, good_nodes, number_of

__all__ = [
    "PREFIX",
    "SCOPES",
    "Place",
    "catalogue",
    "document",
    "enterprise",
    "good_nodes",
    "number_of",
    "read_catalogue",
    "type_of",
]
