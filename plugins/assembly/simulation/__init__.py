"""A whole round played by made-up people through the same actions that the pages call."""
