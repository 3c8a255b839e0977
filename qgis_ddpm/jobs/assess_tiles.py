"""The job that compares synthetic tiles with real ones."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Optional, Tuple

from ..errors import JobError
from .job import RasterJob
from .option import option
from .texts import whole_numbers

# What is measured: name of the output -> what it is. Each has a floor, real tiles against real tiles.
MEASURES: Dict[str, str] = {
    "KID": "Kernel distance of the features of synthetic and real tiles (KID), unbiased",
    "FD": "Frechet distance of the features of synthetic and real tiles",
    "PRECISION": "Share of synthetic tiles that look like real ones",
    "RECALL": "Share of real tiles that synthetic ones come close to",
    "DENSITY": "How many real tiles a synthetic one lies among, 1 as for real ones",
    "COVERAGE": "Share of real tiles with a synthetic one nearby",
    "STRUCTURE": "Missing edges, lines and patches, 0 as in real tiles, 1 as in noise of the same spectrum",
    "SPECTRUM_DISTANCE": "Distance of the radial power spectra, in dB",
    "BAND_CORRELATION": "Distance of the correlations between bands",
    "MEMORISATION": "Share of synthetic tiles that lie closer to a training tile than 95 % of unseen real ones do",
}


@dataclass(frozen=True)
class AssessTiles(RasterJob):
    """Compare synthetic tiles with real ones: how alike they look, how varied they are, and whether they are copies."""

    ALGORITHM: ClassVar[str] = "assesstiles"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        **MEASURES,
        **{f"{name}_FLOOR": f"{name} of real tiles against other real ones, at the same count" for name in MEASURES},
    }

    tiles: Optional[str] = option(
        None,
        "Synthetic tiles",
        "Raster of synthetic pixels: tiles side by side, or a seamless area.",
        role="raster",
        empty="only the folder of tiles is used",
    )
    tiles_folder: Optional[str] = option(
        None,
        "Folder of synthetic tiles",
        "Folder of images (png, jpg, tif, idx).",
        role="folder",
        empty="only the raster is used",
    )
    reference: Tuple[str, ...] = option(
        (),
        "Real rasters",
        "Real rasters of the same bands, better not those that the model was trained on.",
        role="rasters",
    )
    reference_folder: Optional[str] = option(
        None, "Folder of real images", "Folder of real images.", role="folder", empty="only the rasters are used"
    )
    training: Tuple[str, ...] = option(
        (),
        "Training rasters",
        "The rasters that the model was trained on; with them it is told whether tiles are copies.",
        role="rasters",
    )
    training_folder: Optional[str] = option(
        None,
        "Folder of training images",
        "The images that the model was trained on; with them it is told whether tiles are copies.",
        role="folder",
        empty="only the rasters are used",
    )
    max_training: Optional[int] = option(
        None,
        "Number of training images",
        "Only so many images of the folder were trained on, as MAX_IMAGES of the training said, with this SEED and a "
        "tenth kept for validation.",
        minimum=1,
        empty="all images",
        advanced=True,
    )
    bands: Optional[str] = option(
        None,
        "Bands of the real rasters",
        "Numbers of the bands that the synthetic ones stand for, such as 1,2,3.",
        role="bands",
        empty="all bands",
        advanced=True,
    )
    tile_px: Optional[int] = option(
        None,
        "Tile size",
        "Side of the tiles that are compared.",
        minimum=8,
        maximum=1024,
        unit="px",
        empty="as the synthetic raster says, else the side of the smallest image, at most 64 px",
        advanced=True,
    )
    max_tiles: int = option(
        1000,
        "Number of tiles",
        "So many tiles of each kind are taken at most, at random.",
        minimum=16,
        maximum=100000,
        advanced=True,
    )
    report: Optional[str] = option(
        None,
        "Report on the tiles",
        "Page with figures and pictures.",
        role="file_out",
        suffix=".html",
        empty="not written",
    )

    def _check_together(self) -> None:
        super()._check_together()
        if not self.tiles and not self.tiles_folder:
            raise JobError("TILES and TILES_FOLDER are both empty. Choose a raster or a folder of synthetic tiles.")
        if not self.reference and not self.reference_folder:
            raise JobError(
                "REFERENCE and REFERENCE_FOLDER are both empty. Choose real rasters or images to compare with."
            )
        whole_numbers("BANDS", self.bands, minimum=1)
