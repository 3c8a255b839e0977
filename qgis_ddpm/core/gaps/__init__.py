"""Gaps in a raster: what most likely stands there, how sure that is, and many that could."""
