"""Who this node is to others, and whom it trusts: keys, actors, peers, the gate, the signed way out."""
