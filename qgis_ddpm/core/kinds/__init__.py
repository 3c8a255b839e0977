"""What changed: the direction of change, its kinds by rules or by clusters, and the share of each in polygons."""
