"""Who lives here, as neighbours confirm to each other; no device is ever asked where it is."""
