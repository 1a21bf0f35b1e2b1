"""Organisations of the neighbourhood: what they do, ask for and give account of."""
