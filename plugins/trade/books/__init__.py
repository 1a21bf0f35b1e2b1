"""Books that mirror each other: what each node owes the other, event by event, month by month."""
