"""What hides pixels: clouds, stripes, fills, as rasters of codes or bits or as polygons."""
