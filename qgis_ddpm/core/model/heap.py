"""Memory that a network's maps come from: kept between them, instead of given back and asked for again.

The C library of Linux gives a large piece back to the system as soon as it is free. The next map is then made of pages
that the system has to clear first, which takes a tenth of the time of a network of small maps.
"""

import ctypes
import sys
from contextlib import suppress
from functools import cache

# Numbers of mallopt's settings in glibc's malloc.h.
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
# Pieces beyond the first go back as before; free memory at the end of the heap is kept up to the second.
_PIECE_BYTES, _KEPT_BYTES, _PAD_BYTES = 32 << 20, 512 << 20, 16 << 20


@cache
def keep_heap() -> bool:
    """Let this process keep the memory of its maps; whether the C library could be told."""
    if not sys.platform.startswith("linux"):
        return False
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        settings = ((_MMAP_THRESHOLD, _PIECE_BYTES), (_TRIM_THRESHOLD, _KEPT_BYTES), (_TOP_PAD, _PAD_BYTES))
        return all(mallopt(name, value) == 1 for name, value in settings)
    return False
