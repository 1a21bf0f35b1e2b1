"""What may be read of the network, of money that goes round, and of open calls."""
