"""Catalogues in the words of the Data Food Consortium, and back. Pure."""
