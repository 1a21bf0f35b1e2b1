"""Orders: the basket, placing and changing an order, handing it over, taking money back."""
