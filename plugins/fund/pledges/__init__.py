"""Raising money together: pledges that come back if too few give."""
