"""A small network that a fill fits on its own scene: what the other estimates miss together."""
