"""Carrying out what was decided: milestones, reports, and what may be paid by then."""
