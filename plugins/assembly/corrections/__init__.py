"""Corrections: what is settled stays; a part of a line is taken back today and given to whoever
paid it."""
