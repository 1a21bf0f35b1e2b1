"""Paying for what was done: receipts, two people who look at them, and the file for the bank."""
