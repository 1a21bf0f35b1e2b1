"""Settlement: every won of a round is split, posted once, and written into statements."""
