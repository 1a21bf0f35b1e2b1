"""Hubs and their rounds: order cycles, what is offered in them, and the day of collection."""
