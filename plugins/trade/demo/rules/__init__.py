"""How pages are read, and how what two nodes say of the same trade is compared."""
