"""What came against what was ordered: shortages shared, goods weighed, bags packed and moved."""
