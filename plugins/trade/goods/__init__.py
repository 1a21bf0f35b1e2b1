"""Goods as other nodes read them: proposals of FEP-0837, and the catalogue that holds them."""
