"""Catalogues and lists of producers read from the spreadsheets that people already keep."""
