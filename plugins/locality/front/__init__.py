"""The front of the neighbourhood: one page from which all others of this plugin are reached."""
