"""Exchange: what spaces here publish, who follows it, and what is followed elsewhere."""
