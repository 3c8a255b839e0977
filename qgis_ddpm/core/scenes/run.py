"""One raster of a scene's bands, and a mask of its quality band."""

import os
from collections.abc import Generator
from contextlib import ExitStack, nullcontext

import numpy as np

from ...errors import InputError
from ...events import Event, Events, Note, Progress, Result
from ...jobs import StackScene
from ...jobs.texts import names
from ...scene_files import band_of
from ..gdal.opening import open_dataset
from ..outputs.files import remove_all, write_new
from ..outputs.transaction import OutputTransaction, provenance_tags
from ..planning import Cost, timed
from ..progress import TimeLeft
from ..raster.findings.band_names import listed
from ..raster.writer import RasterProfile, RasterWriter
from .cloud_mask import CloudMask
from .finding import find_scene
from .layers import Layer, common_grid, lacks_cover, open_layer
from .scene import Scene, SceneBand
from .stacking import Stack
from .virtual import virtual_raster

ROWS = 256


class StackPlan:
    """The open bands of a job, and what becomes of them. Raises InputError where they cannot be one raster."""

    def __init__(self, job: StackScene, stack: ExitStack) -> None:
        self.job, self.notes = job, []  # type: StackScene, list[Note]
        scene = self._scene(stack)
        self.tags = {**provenance_tags(job.ALGORITHM, job.seed), **scene.tags}
        self.layers: list[Layer] = []
        for band in scene.chosen(names("BANDS", job.bands)):
            self.layers.append(open_layer(band, job.override(band.path)))
            stack.callback(self.layers[-1].dataset.close)
        self.grid = common_grid(self.layers, job.pixel_size)
        self.dtype = np.result_type(*(layer.dtype for layer in self.layers)).name
        self.nodata = self._nodata()
        self.is_virtual = str(job.output).lower().endswith(".vrt")
        self._tell_resampled()
        self.bands = Stack(self.layers, self.grid, self.dtype, self.nodata, job.resampling, stack)
        self.mask = None
        if job.mask:
            if scene.quality is None:
                has = f"{job.input} has" if job.input else "FILES have"
                raise InputError(f"MASK is {job.mask}, but {has} no quality band that is read. Leave MASK empty.")
            self.mask = stack.enter_context(CloudMask(scene.quality, self.grid))
        shown = listed([layer.band.description for layer in self.layers])
        size = f"{self.grid.width} x {self.grid.height} px of {self.grid.transform.a:.10g}"
        nodata = "no nodata" if self.nodata is None else f"nodata {self.nodata:.10g}"
        count = "1 band" if len(self.layers) == 1 else f"{len(self.layers)} bands"
        self.notes.append(Note(f"{count} ({shown}), {size}, {nodata}."))

    def cost(self) -> Generator[Event, None, Cost]:
        """What the run will take, of its first strip."""
        yield Progress(0, 1, "strip", "measuring one strip")
        height, width = self.grid.shape
        rows = min(ROWS, height)
        pixels, seconds = timed(lambda: self.bands.read(0, rows)) if not self.is_virtual else (None, 0.0)
        if self.mask is not None:
            hiding = self.mask
            seconds += timed(lambda: hiding.read(0, rows))[1]
        a_pixel = 0 if pixels is None else pixels.itemsize * len(pixels)
        return Cost(
            disk_bytes=height * width * (a_pixel + (self.mask is not None)),
            seconds=seconds * height / rows,
            memory_bytes=4 * rows * width * (a_pixel + 8),
        )

    def profile(self) -> RasterProfile:
        """What the raster holds."""
        bands = [layer.band for layer in self.layers]
        return RasterProfile(
            self.grid,
            len(bands),
            self.dtype,
            nodata=self.nodata,
            descriptions=[band.description for band in bands],
            tags=self.tags,
            scales=[band.scale for band in bands],
            offsets=[band.offset for band in bands],
            units=[band.unit for band in bands],
        )

    def virtual(self, folder: str | None) -> bytes:
        """The text of the virtual raster. folder: where it will lie, None names its files from anywhere."""
        return virtual_raster(self.layers, self.grid, self.dtype, self.nodata, self.tags, folder)

    def _scene(self, stack: ExitStack) -> Scene:
        if self.job.input:
            scene, texts = find_scene(self.job.input, stack)
            self.notes += [Note(text, "warning") for text in texts]
            if scene.lacking and not self.job.bands:
                self.notes.append(Note(f"Bands whose files are not there: {listed(scene.lacking)}.", "warning"))
            return scene
        stems = [os.path.splitext(os.path.basename(path))[0] for path in self.job.files]
        short = [band_of(path) or stem for path, stem in zip(self.job.files, stems, strict=True)]
        shown = short if len(set(short)) == len(short) else stems
        return Scene([SceneBand(name, path) for name, path in zip(shown, self.job.files, strict=True)])

    def _nodata(self) -> float | None:
        """The fill of the sensor, else the first nodata of a file. Raises InputError where there has to be one."""
        fills = [layer.band.fill for layer in self.layers] + [layer.nodata for layer in self.layers]
        found = next((fill for fill in fills if fill is not None), None)
        if found is None:
            for layer in self.layers:
                if lacks_cover(layer, self.grid):
                    raise InputError(
                        f"{layer.band.path} covers less than {self.layers[0].band.path}, and no file says what no data "
                        "is. Clip them to one extent, or set their nodata value."
                    )
        return found

    def _tell_resampled(self) -> None:
        others = [layer for layer in self.layers if not layer.grid.is_same(self.grid)]
        if not others:
            return
        job, shown = self.job, listed([layer.band.name for layer in others])
        if self.is_virtual and job.resampling != "nearest":
            raise InputError(
                f"RESAMPLING is {job.resampling}, and {shown} have to be resampled: in a virtual raster fill would be "
                f"mixed into its neighbours. Write OUTPUT as a .tif, or choose RESAMPLING nearest."
            )
        self.notes.append(Note(f"Resampled to pixels of {self.grid.transform.a:.10g} by {job.resampling}: {shown}."))
        coarser = [layer.band.name for layer in others if max(layer.pixel) < 0.75 * abs(self.grid.transform.a)]
        if coarser and job.resampling == "nearest":
            self.notes.append(
                Note(
                    f"PIXEL_SIZE is larger than pixels of {listed(coarser)}, and RESAMPLING nearest leaves most of "
                    "them out. RESAMPLING average, with a .tif, takes the mean of them.",
                    "warning",
                )
            )


def plan(job: StackScene, stack: ExitStack) -> Generator[Event, None, StackPlan]:
    """Find the scene and open its bands. Raises InputError where they cannot be one raster."""
    opened = StackPlan(job, stack)
    yield from opened.notes
    return opened


def run(plan: StackPlan) -> Events:
    """Write the raster and the mask."""
    job, output = plan.job, str(plan.job.output)
    with OutputTransaction() as transaction:
        if plan.is_virtual:
            _write_virtual(plan, transaction.temp_path(output), output)
        with ExitStack() as open_:
            raster = None if plan.is_virtual else RasterWriter(transaction, output, plan.profile())
            writer = open_.enter_context(raster or nullcontext())
            masked = open_.enter_context(_mask_writer(plan, transaction) or nullcontext())
            height, left = plan.grid.height, TimeLeft()
            for row in range(0, height if writer or masked else 0, ROWS):
                rows = min(ROWS, height - row)
                if writer is not None:
                    writer.write(row, 0, plan.bands.read(row, rows))
                if masked is not None and plan.mask is not None:
                    masked.write(row, 0, plan.mask.read(row, rows))
                yield Progress(row + rows, height, "row", "stacking the bands", left.after(row + rows, height))
        transaction.publish()
    yield Result({name: path for name, path in (("OUTPUT", output), ("MASK", job.mask)) if path})


def _mask_writer(plan: StackPlan, transaction: OutputTransaction) -> RasterWriter | None:
    if plan.mask is None:
        return None
    profile = RasterProfile(plan.grid, 1, "uint8", descriptions=("1 hidden: cloud, shadow, fill",), tags=plan.tags)
    return RasterWriter(transaction, str(plan.job.mask), profile)


def _write_virtual(plan: StackPlan, part: str, output: str) -> None:
    """Write the virtual raster, once the rules that all rasters are read by let one of its files pass."""
    write_new(part, plan.virtual(None), output)
    with open_dataset(part) as dataset:
        assert dataset.count == len(plan.layers)  # nosec B101
    remove_all([part])
    write_new(part, plan.virtual(os.path.dirname(os.path.abspath(output))), output)
