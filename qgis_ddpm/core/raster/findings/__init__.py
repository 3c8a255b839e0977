"""What has to be told of a raster before its numbers are believed: bands, palette, holes, coding, fit to a model."""
