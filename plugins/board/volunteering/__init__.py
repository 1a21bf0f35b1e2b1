"""Volunteering: calls with shifts, hours that others confirm, certificates that can be checked."""
