"""The day's tasks of a hub's activist, over all rounds that run."""
