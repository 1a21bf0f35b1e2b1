"""What may be done: hear what is public, tell it, let followers in, take their answers."""
