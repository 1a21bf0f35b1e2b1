"""The steward's room for other nodes: how we stand to each, and what waits for it."""
