"""A change map from a raster of scores and a threshold."""
