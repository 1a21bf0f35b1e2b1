"""Orders from one node to another: between organisations, each side with a book of its own."""
