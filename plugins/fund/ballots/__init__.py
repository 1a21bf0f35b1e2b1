"""Votes on a programme's proposals: the roll, ballots that lead to no voter, the tally."""
