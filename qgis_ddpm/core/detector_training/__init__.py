"""Training a change detector."""
