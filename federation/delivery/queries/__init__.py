"""What may be read: what is due, how a tie stands, what a steward looks at."""
