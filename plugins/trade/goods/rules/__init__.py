"""Goods as nodes exchange them: the value, and how it is written and read. Pure."""

from .good import CURRENCY, LENGTHS, LONGEST_ADDRESS, Good
from .proposals import moment, own_terms, piece_won, proposal_uri, to_proposal, to_tombstone
from .reading import MOST_VERSION, Unusable, decimal, from_proposal, read_own, whole_won
from .terms import AS, CONTEXT, CONTEXT_PATH, OURS, PUBLIC
from .text import from_html, lines, one_line
from .units import dfc_quantity, from_dfc, from_om, om_quantity, unit_of

__all__ = [
    "AS",
    "CONTEXT",
    "CONTEXT_PATH",
    "CURRENCY",
    "LENGTHS",
    "LONGEST_ADDRESS",
    "MOST_VERSION",
    "OURS",
    "PUBLIC",
    "Good",
    "Unusable",
    "decimal",
    "dfc_quantity",
    "from_dfc",
    "from_html",
    "from_om",
    "from_proposal",
    "lines",
    "moment",
    "om_quantity",
    "one_line",
    "own_terms",
    "piece_won",
    "proposal_uri",
    "read_own",
    "to_proposal",
    "to_tombstone",
    "unit_of",
    "whole_won",
]
