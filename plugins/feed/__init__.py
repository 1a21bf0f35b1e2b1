"""What members write, collect and pass on to each other."""
