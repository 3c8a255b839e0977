"""The job that fills gaps of a raster."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Literal, Optional, Tuple

from ..errors import JobError
from ..mask_values import check_mask_values
from .job import FillsJob
from .option import option
from .texts import extent

FillMethod = Literal["auto", "regression", "kriging", "network", "diffusion"]


@dataclass(frozen=True)
class FillGaps(FillsJob):
    """Fill stripes, clouds and voids of a raster, and tell how sure each filled pixel is."""

    ALGORITHM: ClassVar[str] = "fillgaps"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "FILLED_SHARE": "Filled share of the pixels, 0 to 1",
        "EXPECTED_RMSE": "Expected root mean square error of the filled pixels, in units of the raster",
        "METHOD_USED": "Method used",
    }

    input: Optional[str] = option(
        None,
        "Input",
        "Raster with gaps. What is missing is its nodata, and what the mask marks.",
        role="raster",
        required=True,
    )
    mask: Optional[str] = option(
        None,
        "Mask",
        "Raster or polygons that mark what is missing besides, such as clouds. Of a raster all but 0 is missing, or "
        "what MASK_VALUES names.",
        role="raster_or_vector",
        empty="what is missing is nodata",
    )
    mask_values: Optional[str] = option(
        None,
        "Mask values",
        "Numbers of the mask raster that are missing: codes such as 3,8,9, bits such as bit3,bit4, or landsat-qa "
        "(QA_PIXEL of Landsat Collection 2) or sentinel2-scl (scene classification of Sentinel-2 L2A).",
        empty="all but 0",
    )
    grow_px: int = option(
        0,
        "Grow the mask",
        "What the mask marks grows by so many pixels, for the seams of clouds.",
        minimum=0,
        maximum=64,
        unit="px",
    )
    other: Tuple[str, ...] = option(
        (),
        "Other dates",
        "Rasters of the same place from which pixels follow: other dates, or other layers. Any grid and bands; they "
        "may have gaps of their own.",
        role="rasters",
        empty="the raster alone",
    )
    extent: Optional[str] = option(
        None, "Extent", "Part of the raster to fill and write.", role="extent", empty="the whole raster"
    )
    method: FillMethod = option(
        "auto",
        "Method",
        "kriging: the best linear estimate from known pixels around. regression: from other dates, its errors kriged. "
        "auto: both, weighted by their errors where known pixels are held out. network: with what a small network "
        "learns from holes in known places. diffusion: so, and the network makes the draws too.",
    )
    minutes: Optional[float] = option(
        None,
        "Minutes of learning",
        "How long a network is fitted to known pixels of the raster, in minutes of one processor core. It is a number "
        "of steps and no clock, so the same job gives the same raster; 0 = no network.",
        minimum=0,
        maximum=600,
        unit="minutes",
        empty="1 for METHOD network and diffusion, 0 for auto",
        advanced=True,
    )
    distance_px: Optional[int] = option(
        None,
        "Largest distance",
        "Pixels further than this from a known one are left as nodata, such as the corners beside a swath.",
        minimum=1,
        maximum=100,
        unit="px",
        empty="all gaps are filled",
        advanced=True,
    )
    draws: Optional[int] = option(
        None,
        "Draws",
        "So many rasters that could be, each as likely as the others, go to DRAWS_FOLDER.",
        minimum=1,
        maximum=100,
        empty="4, where there is DRAWS_FOLDER",
        advanced=True,
    )
    output: Optional[str] = option(
        None,
        "Filled raster",
        "The raster with its gaps filled. Known pixels are equal to the bit. A run that was cancelled leaves what it "
        "filled beside it, in a file of this name and .part; the same run started again goes on from there.",
        role="raster_out",
        suffix=".tif",
        required=True,
    )
    spread: Optional[str] = option(
        None,
        "Spread",
        "Expected error of each band as one standard deviation; 0 where known.",
        role="raster_out",
        suffix=".tif",
        empty="not written",
    )
    filled: Optional[str] = option(
        None,
        "Filled pixels",
        "0 known, 1 filled, 2 left without data.",
        role="raster_out",
        suffix=".tif",
        empty="not written",
    )
    draws_folder: Optional[str] = option(
        None,
        "Folder of draws",
        "One GeoTIFF for each draw.",
        role="folder_out",
        empty="not written",
        holds=(".lock", "draw_*", ".draw_*"),
    )

    def _check_together(self) -> None:
        super()._check_together()
        check_mask_values(self.mask_values, "MASK", self.mask)
        if self.grow_px and not self.mask:
            raise JobError(f"GROW_PX is {self.grow_px}, but there is no MASK that could grow. Name a mask.")
        if self.method == "regression" and not self.other:
            raise JobError(
                "METHOD regression needs OTHER, rasters of other dates. Name some, or choose METHOD kriging."
            )
        if self.minutes is not None and self.method in ("regression", "kriging"):
            raise JobError(
                f"MINUTES is {self.minutes:g}, but METHOD {self.method} learns nothing. Leave MINUTES empty, or choose "
                "METHOD network."
            )
        if self.minutes == 0 and self.method in ("network", "diffusion"):
            raise JobError(f"METHOD {self.method} fits a network, but MINUTES is 0. Raise it, or choose METHOD auto.")
        if self.draws and not self.draws_folder:
            raise JobError(f"DRAWS is {self.draws}, but there is no DRAWS_FOLDER to write them to. Name a folder.")
        if self.extent:
            extent("EXTENT", self.extent)
