"""What may be done: write letters, send what is due, take what comes in, handle it."""
