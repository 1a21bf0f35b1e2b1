"""Trade between nodes: catalogues shared, orders across, and books that mirror each other."""
