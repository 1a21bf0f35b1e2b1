"""The neighbourhood's fund: what it holds and where each won came from."""
