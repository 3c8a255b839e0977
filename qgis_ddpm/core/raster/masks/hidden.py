"""What the numbers of a mask raster hide."""

import numpy as np

from ....mask_values import MaskValues
from ..types import Pixels, Valid


def hides(numbers: Pixels, values: MaskValues) -> Valid:
    """Where numbers, of any shape, are one of the codes or have one of the bits; all but 0 where none is named."""
    if values.all_but_zero:
        found: Valid = numbers != 0
        return found
    with np.errstate(invalid="ignore"):
        whole = numbers.astype(np.int64)
    found = np.isin(whole, values.codes)
    for bit in values.bits:
        found |= (whole >> bit) & 1 == 1
    return found
