"""What producers and shops offer: products, their units, prices and stock."""
