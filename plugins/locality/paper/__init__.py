"""The neighbourhood's weekly paper: one page for the wall, by mail, and to be read aloud."""
