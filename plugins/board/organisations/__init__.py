"""Organisations: what kind they are, who has looked at it, their team, plans, reports and books."""
