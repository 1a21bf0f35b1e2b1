"""The neighbourhood introduces itself: who is here, what is going on, and whom it is tied to."""
