"""The job that samples synthetic tiles."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Literal, Optional, Tuple

from ..errors import JobError
from .job import NetworkJob
from .option import option
from .texts import extent

Layout = Literal["tiles", "seamless"]
Sampler = Literal["ddpm", "ddim", "heun", "dpmpp_2m", "consistency"]


@dataclass(frozen=True)
class SampleTiles(NetworkJob):
    """Sample georeferenced synthetic tiles, or one seamless synthetic area, from a trained model or from imagery."""

    ALGORITHM: ClassVar[str] = "sampletiles"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "SECONDS_PER_TILE": "Seconds per tile",
        "LARGEST_PIECE": "Longer side of the largest piece that was taken whole from SOURCE, in pixels",
        "CONDITION_DIFFERENCE": "Mean difference from a coarser CONDITION, in its numbers",
    }

    model: Optional[str] = option(
        None,
        "Model",
        "A trained model: a file, or the name of a file in the models folder.",
        role="model",
        suffix=".safetensors",
        empty="SOURCE is drawn from",
    )
    source: Tuple[str, ...] = option(
        (),
        "Source rasters",
        "In the place of a model: rasters of one band layout, from whose small pieces new ground is put together, "
        "without any training. Scenes of 400 px a side and more give most.",
        role="rasters",
    )
    condition: Optional[str] = option(
        None,
        "Condition",
        "For a model that was trained with conditions: a raster of what is asked for, or polygons with a field of "
        "classes. Its extent is the result's, its grid too, in the ratio of pixels that the model was trained with.",
        role="raster_or_vector",
        empty="nothing is asked for by place",
    )
    condition_field: Optional[str] = option(
        None,
        "Field of classes",
        "The field of polygons in CONDITION that says their class.",
        empty="the field whose values all are classes of the model",
        advanced=True,
    )
    label: Optional[str] = option(
        None,
        "Label",
        "For a model that was trained with labels: the name of one, or several with commas, which tiles take in turn; "
        "all takes each in turn.",
        empty="nothing is asked for",
    )
    guidance_scale: Optional[float] = option(
        None,
        "Guidance scale",
        "How far tiles are led away from what the model draws unasked, towards what is asked for (Ho and Salimans "
        "2022): closer to it, and less varied. A step that is led takes two calls of the network; 1 leads none.",
        minimum=1,
        maximum=20,
        empty="not led by the condition",
        advanced=True,
    )
    layout: Layout = option(
        "tiles",
        "Layout",
        "tiles: separate tiles side by side. seamless: one area without borders between tiles.",
    )
    count: int = option(16, "Number of tiles", "Used by the layout tiles.", minimum=1, maximum=1000000)
    tile_px: Optional[int] = option(
        None,
        "Tile size",
        "Side of a tile from SOURCE; a model has its own.",
        minimum=16,
        maximum=4096,
        unit="px",
        empty="256, or the smallest side of SOURCE",
        advanced=True,
    )
    copy_limit: int = option(
        64,
        "Largest piece",
        "No piece longer than this is to be taken whole from one place of SOURCE. A smaller one is further from the "
        "original, and joins more often. 0 allows any.",
        minimum=0,
        maximum=4096,
        unit="px",
        advanced=True,
    )
    template: Optional[str] = option(
        None,
        "Template raster",
        "Gives CRS, pixel size, origin and extent of the result.",
        role="raster",
        empty="the training raster's, or EXTENT, CRS and PIXEL_SIZE",
    )
    extent: Optional[str] = option(
        None,
        "Extent",
        "Area of the result, transformed into the CRS and snapped outward to the grid.",
        role="extent",
        empty="the template's, or that of the training raster or of SOURCE",
    )
    crs: Optional[str] = option(
        None,
        "CRS",
        "CRS of the result.",
        role="crs",
        empty="the template's, or that of the training raster or of SOURCE",
        advanced=True,
    )
    pixel_size: Optional[float] = option(
        None,
        "Pixel size",
        "Size of a pixel in units of the CRS.",
        minimum=1e-12,
        empty="the template's, or that of the training raster or of SOURCE",
        advanced=True,
    )
    sampler: Optional[Sampler] = option(
        None,
        "Sampler",
        "dpmpp_2m needs the fewest steps; heun is exact at more; ddim is the classic; ddpm adds noise in each step; "
        "consistency is for models that were tuned for few calls.",
        empty="dpmpp_2m, or consistency where the model was tuned for it",
        advanced=True,
    )
    steps: Optional[int] = option(
        None,
        "Steps",
        "Calls of the network for each tile.",
        minimum=1,
        maximum=100000,
        empty="20, or 2 where the model was tuned for few calls",
        advanced=True,
    )
    guidance: Optional[float] = option(
        None,
        "Guidance",
        "How far tiles are led away from what an early state of the model would draw: clearer, and less varied. A step "
        "that is led takes two calls of the network; 1 leads none.",
        minimum=1,
        maximum=10,
        empty="as the model was trained for, from 10 steps on",
        advanced=True,
    )
    overlap_px: Optional[int] = option(
        None,
        "Overlap",
        "Overlap of neighbouring windows in the layout seamless. It changes the result.",
        minimum=0,
        unit="px",
        empty="a quarter of the tile",
        advanced=True,
    )
    batch_size: Optional[int] = option(
        None,
        "Batch size",
        "Tiles in one call of the network.",
        minimum=1,
        empty="chosen from the memory",
        advanced=True,
    )
    config: Optional[str] = option(
        None,
        "Configuration file",
        "YAML or JSON file with fields of this job, or a configuration of the ddpm-cd code; fields set here win.",
        role="file",
        suffix=".yaml",
        empty="no file",
        advanced=True,
    )
    output: Optional[str] = option(
        None,
        "Synthetic tiles",
        "Raster of synthetic pixels.",
        role="raster_out",
        suffix=".tif",
        required=True,
    )
    tiles_folder: Optional[str] = option(
        None,
        "Folder of tiles",
        "One GeoTIFF for each tile.",
        role="folder_out",
        empty="not written",
        holds=(".lock", "tile_*", ".tile_*"),
    )
    conditions_folder: Optional[str] = option(
        None,
        "Folder of conditions",
        "One GeoTIFF for each tile, of its part of CONDITION, under the tile's name: pairs for training.",
        role="folder_out",
        empty="not written",
        holds=(".lock", "tile_*", ".tile_*"),
    )
    footprints: Optional[str] = option(
        None,
        "Footprints",
        "Outlines of the tiles.",
        role="vector_out",
        suffix=".geojson",
        empty="not written",
    )
    denoising_strip: Optional[str] = option(
        None,
        "Denoising strip",
        "Picture of some tiles from noise to the result.",
        role="file_out",
        suffix=".png",
        empty="not written",
    )

    def _check_together(self) -> None:
        super()._check_together()
        if not self.model and not self.source:
            raise JobError("MODEL and SOURCE are both missing. Give a trained model, or rasters to draw from.")
        if self.extent:
            extent("EXTENT", self.extent)
        if self.conditions_folder and not self.condition:
            raise JobError("CONDITIONS_FOLDER takes the parts of CONDITION, which is empty. Give one, or no folder.")
        if self.condition and self.label:
            raise JobError("CONDITION and LABEL are both given. Leave one of them empty.")
