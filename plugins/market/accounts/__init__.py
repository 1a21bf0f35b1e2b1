"""A resident's account at the node: what they have left or owe, how they paid, their containers."""
