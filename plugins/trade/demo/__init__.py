"""Two nodes of one machine that trade with each other: to be tried by hand, or played."""
