"""What may be read: spaces that others may know, peers, voices, actors of other nodes."""
