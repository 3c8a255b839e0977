"""The arrays and places that the rooms hand to each other."""

import numpy as np
from numpy.typing import NDArray

# Values of bands, scores or tiles; shapes stand where they are used, such as [C, h, w].
Pixels = NDArray[np.float32]
# Where pixels are data.
Valid = NDArray[np.bool_]
# Statistics, coordinates, areas.
Floats = NDArray[np.float64]
# Numbers of pixels, tiles or patches.
Counts = NDArray[np.int64]
# Bands of pictures and images, 0 to 255.
Bytes = NDArray[np.uint8]
# Keys to sort or choose by.
Keys = NDArray[np.uint64]
# First row, first column, height and width, in pixels of a grid.
Window = tuple[int, int, int, int]
# Left, bottom, right, top, in units of a CRS.
Bounds = tuple[float, float, float, float]
