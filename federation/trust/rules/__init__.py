"""What holds whatever the database says: names, states, documents, sealed keys."""
