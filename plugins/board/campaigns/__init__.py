"""Campaigns of an organisation: petitions, questions to officials, collections of things."""
