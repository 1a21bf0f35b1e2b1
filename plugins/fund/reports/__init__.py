"""Month and year of the fund in plain words, and the view of those who audit it."""
