"""What is done with a claim."""
