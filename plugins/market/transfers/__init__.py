"""Payment by bank transfer: deposits out of a bank's file, matched with orders, never guessed."""
