"""The fund's books: what it holds, and where each won came from."""
