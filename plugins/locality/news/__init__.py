"""News of spaces and of the node: written, shown, changed in the open, and taken back."""
