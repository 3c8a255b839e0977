"""The job that makes one raster of a scene that comes as a folder of bands."""

from dataclasses import dataclass
from typing import ClassVar, Literal, Optional, Tuple

from ..errors import JobError
from .job import RasterJob
from .option import option
from .texts import names

StackResampling = Literal["nearest", "bilinear", "cubic", "average"]


@dataclass(frozen=True)
class StackScene(RasterJob):
    """Make one raster of a scene that comes as one file a band, as Landsat and Sentinel-2 do, and a mask of clouds."""

    ALGORITHM: ClassVar[str] = "stackscene"
    UNUSED: ClassVar[Tuple[str, ...]] = ("device", "seed")

    input: Optional[str] = option(
        None,
        "Scene",
        "Folder of a Landsat scene or its MTL file, a .SAFE folder of Sentinel-2 or its MTD file (levels 1C and 2A), "
        "or a zip of either.",
        role="scene",
        empty="FILES are joined",
    )
    files: Tuple[str, ...] = option(
        (),
        "Single bands",
        "In the place of a scene: rasters of one band each, in the order that they are to have.",
        role="rasters",
        empty="the bands of INPUT",
    )
    bands: Optional[str] = option(
        None,
        "Bands",
        "Which bands, in which order: names as in the product, such as B4 or B8A, or what they see, such as "
        "blue,green,red,nir,swir16,swir22, which are the same for all sensors.",
        empty="all but the panchromatic one",
    )
    pixel_size: Optional[float] = option(
        None,
        "Pixel size",
        "Size of a pixel in units of the CRS, one for all bands.",
        minimum=1e-12,
        empty="the finest of the bands",
    )
    resampling: StackResampling = option(
        "nearest",
        "Resampling",
        "How bands of another pixel size are brought to it. nearest keeps the numbers as they were measured; average "
        "is for larger pixels. A .vrt is resampled where it is read, which is exact for nearest alone.",
    )
    output: Optional[str] = option(
        None,
        "Stacked scene",
        "One raster with all bands. A name that ends in .vrt makes a small file that refers to the files of the scene, "
        "which have to stay; one in .tif a copy.",
        role="raster_out",
        suffix=".vrt",
        required=True,
    )
    mask: Optional[str] = option(
        None,
        "Mask",
        "1 where the scene's quality band says cloud, shadow of one, cirrus or fill, 0 elsewhere: what Detect changes "
        "and Train diffusion model take as a mask.",
        role="raster_out",
        suffix=".tif",
        empty="not written",
    )

    def _check_together(self) -> None:
        super()._check_together()
        names("BANDS", self.bands)
        if bool(self.input) == bool(self.files):
            raise JobError(
                f"INPUT is {self.input or 'empty'} and FILES {'names rasters' if self.files else 'is empty'}. Give one "
                "of both: a scene as it was delivered, or its single bands."
            )
