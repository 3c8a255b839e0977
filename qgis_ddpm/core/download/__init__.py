"""Models that others offer: an index of them, and files that are what it says."""
