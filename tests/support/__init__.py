"""What tests lean on: a PostgreSQL and a browser of their own, and a word on what could not run."""
