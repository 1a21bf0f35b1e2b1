"""What an order between nodes is, what may be said of it, and how it is written and read."""
