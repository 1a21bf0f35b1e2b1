"""One's own collection times as a calendar, by an address that nobody can guess."""
