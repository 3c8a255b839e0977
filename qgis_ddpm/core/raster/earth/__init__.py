"""Where rasters lie on the Earth: true areas of pixels, boxes and polygons over the date line."""
