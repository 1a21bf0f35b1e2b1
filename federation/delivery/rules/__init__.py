"""What holds whatever the database says: when to try again, when to give up, in which order."""
