"""What every plugin stands on; it knows no plugin and no peer."""
