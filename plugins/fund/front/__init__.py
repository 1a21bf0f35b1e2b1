"""The front of the fund: what it holds, what is going on, and the ways to all else."""
