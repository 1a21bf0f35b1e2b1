"""Collections: what somebody chose for others, each thing with a line on why."""
