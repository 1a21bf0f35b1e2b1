"""Events of spaces: their dates, who comes, and the calendar of the neighbourhood."""
