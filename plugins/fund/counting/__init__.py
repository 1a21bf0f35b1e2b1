"""Counting: which projects a vote on money chooses, exactly, and the same for whoever counts."""
