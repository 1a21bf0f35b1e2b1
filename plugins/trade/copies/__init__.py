"""Copies of what producers on other nodes offer, each with its age; the seller's node decides."""
