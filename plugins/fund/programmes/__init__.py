"""Calls for ideas and their proposals, from the first idea to what is to be done with the money."""
