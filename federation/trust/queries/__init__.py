"""What may be read: spaces that others may know, peers, actors of other nodes."""
