"""Fill gaps, as a Processing algorithm."""

from qgis.core import QgsProcessingOutputString

from ..jobs import FillGaps
from . import styles
from .base import JobAlgorithm


class FillGapsAlgorithm(JobAlgorithm):
    """`ddpm:fillgaps`."""

    JOB = FillGaps
    TITLE = "Fill gaps"
    GROUP = "restoration"
    TAGS = "gap,fill,nodata,stripes,landsat 7,slc-off,clouds,void,dem,inpainting,kriging,interpolation,restoration"
    OUTPUT_KINDS = {"METHOD_USED": QgsProcessingOutputString}
    STYLES = {"OUTPUT": styles.synthetic, "SPREAD": styles.uncertainty, "FILLED": styles.filled}
    HELP = """
    Fills what is missing in a raster: the stripes of Landsat 7, clouds, voids of elevation models. What is missing is
    nodata, and what a mask marks: a raster, polygons, or the quality band that came with a Landsat or Sentinel-2 scene.

    From the raster alone, missing pixels are kriged: the best linear estimate from the known pixels around. Other
    dates of the place tell much more. Then pixels follow from those of the other dates by a regression near each
    place, and what that leaves is kriged. Any grid and any bands will do, and the other dates may have gaps too.

    auto does both and weighs them: known pixels are held out in gaps of the same shapes, and what is nearer to
    them counts more. From the same pixels it is known how far off estimates are: SPREAD is the expected error, and
    nine of ten errors lie within 1.64 times of it. Estimates are smooth; DRAWS are rasters that could be, each as
    rough as what is known.

    network fits a small network to known pixels of the raster itself, in holes that are made there, for about MINUTES
    of one processor core; it counts as much as it is better where known pixels are held out. diffusion lets this
    network make the draws too: each begins from a simulated one, gets noise, and loses it in two steps.

    Filled pixels are estimates, and no observations. FILLED says which they are; keep them out of training data, of
    accuracy figures, and of whatever counts as measured.

    Sources: Chen et al. 2011 and Zhu et al. 2012 (regression from neighbourhoods of other dates, residuals
    interpolated); Matheron 1963 (kriging); Wolpert 1992 (weights from what was held out); Mardani et al. 2023 and Meng
    et al. 2022 (diffusion of what a regression leaves, begun from a fill).
    """
