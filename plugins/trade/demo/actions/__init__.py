"""Making two nodes, running them, and using them as people do."""
