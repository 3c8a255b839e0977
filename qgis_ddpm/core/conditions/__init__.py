"""What a conditional network is told beside the noise: planes of numbers, of rasters, polygons and labels."""
