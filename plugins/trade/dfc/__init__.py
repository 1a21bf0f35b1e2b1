"""The same catalogues for programs of the Data Food Consortium, to be read."""
