"""What may be done: keys, ties to other nodes, signed requests in and out."""
