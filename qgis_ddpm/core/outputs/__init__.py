"""What a run leaves behind: outputs that are published together, pages and pictures."""
