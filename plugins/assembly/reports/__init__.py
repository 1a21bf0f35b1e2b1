"""Reports: what was sold and who got what of it, from the settled lines and their corrections."""
