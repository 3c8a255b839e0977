"""What changed in a series of dates: when, how strongly, how often."""
