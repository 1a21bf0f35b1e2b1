"""What may be done: adding the ledger up, making calls, applying, and reviewing what came."""
