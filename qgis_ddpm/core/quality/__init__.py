"""How much synthetic tiles look like real ones."""
