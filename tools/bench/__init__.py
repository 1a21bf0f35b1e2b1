"""`make bench`: speed and size as ratios against the bare limit of this machine, in one run."""
