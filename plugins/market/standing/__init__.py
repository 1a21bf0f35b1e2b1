"""Standing orders (정기 주문): placed by themselves in every round, once each."""
