"""Two dates of one place: read together, sampled, and brought to one look."""
