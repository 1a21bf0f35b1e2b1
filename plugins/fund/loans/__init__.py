"""Loans of somebody who is entitled to lend, recorded here for all to follow."""
