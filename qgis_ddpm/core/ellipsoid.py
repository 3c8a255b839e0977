"""The ellipsoid's closed formula under the name that scripts outside this package import it by."""

from .raster.earth.ellipsoid import WGS84, authalic_q

__all__ = ["WGS84", "authalic_q"]
