"""Paying out what is owed: one transfer file for the bank, nobody twice."""
