"""Names that people are known by elsewhere, and documents of other nodes read with distrust."""
