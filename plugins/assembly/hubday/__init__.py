"""The day of collection without a network: what a phone takes along, and what it sends later."""
