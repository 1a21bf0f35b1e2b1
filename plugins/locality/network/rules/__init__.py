"""What holds of provinces, open calls and money that goes round, without asking anything."""
