"""The three layers of social power, as a way of reading who is here and what goes on."""
