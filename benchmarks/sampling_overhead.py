"""How much longer sampling takes than its calls of the network, and how far an area depends on its surroundings.

    python -m benchmarks.sampling_overhead --preset tiny --seconds 60
    python -m benchmarks.sampling_overhead --reach model.safetensors

The first samples tiles and a seamless area, turn by turn with bare calls of the same network at the same batch, so that
other work on the computer slows both. Sampling includes noise, blending, solver steps, the state on disk, writing the
GeoTIFF and reading it once more. The ratio is its time over (windows seen / batch) bare calls; the bar is 1.10. The
weights are random: they do not change the time. The second samples one area with more and more of its surroundings, by
a trained model, and prints how far its pixels are from those with seven windows around, where a band's range is 2.
"""

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import torch

from qgis_ddpm.card import BandScaling, ModelCard
from qgis_ddpm.core import run
from qgis_ddpm.core.model import DiffusionModel, load_model, save_model
from qgis_ddpm.core.model.batch import AdaptiveBatch, batch_for
from qgis_ddpm.core.model.schedules import Schedule, describe_schedule
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.raster.lattice import Lattice
from qgis_ddpm.core.sampling.draw import clamped_denoiser
from qgis_ddpm.core.sampling.latent_buffer import Area
from qgis_ddpm.core.sampling.samplers import plan
from qgis_ddpm.core.sampling.seamless import AreaStrip, SeamlessSampler, plan_passes
from qgis_ddpm.events import Progress, Result
from qgis_ddpm.jobs import SampleTiles
from qgis_ddpm.jobs.presets import PRESETS

STEPS = 20


def write_model(path: Path, values: Mapping[str, Any], bands: int) -> None:
    """A model of a preset's size, or of other values of the same names, with random weights."""
    network = {
        "kind": "unet",
        "tile_px": values["tile_px"],
        "base_channels": values["base_channels"],
        "channel_multipliers": [int(part) for part in values["channel_multipliers"].split(",")],
        "attention_at_px": [int(part) for part in values["attention_at_px"].split(",") if int(part)],
        "res_blocks": values["res_blocks"],
        "patch_px": values["patch_px"],
    }
    torch.manual_seed(0)
    state = build_network(network, bands).state_dict()
    schedule = describe_schedule(Schedule("edm"), tile_px=values["tile_px"])
    scalings = tuple(BandScaling(f"band {number}", "uint8", 0, 255) for number in range(1, bands + 1))
    save_model(path, state, ModelCard(network, "edm", schedule, 0.002, 80.0, 0.5, values["tile_px"], scalings))


class BareCall:
    """The network alone, on one batch."""

    def __init__(self, model: DiffusionModel, batch: int) -> None:
        tile_px = model.card.tile_px
        x = torch.randn(batch, len(model.card.bands), tile_px, tile_px, device=model.device)
        self._network = model.network
        self._arguments = model.preconditioning.network_input(model.network, x, torch.ones(batch, device=model.device))
        for _ in range(3):
            self.seconds()

    def seconds(self) -> float:
        """Time of a call."""
        started = perf_counter()
        with torch.no_grad():
            # Reading one number waits for a GPU, which works on after the call has returned.
            self._network(*self._arguments)[0, 0, 0, 0].item()
        return perf_counter() - started


def measure(job: SampleTiles, seconds: float) -> float:
    """The ratio of one layout, over as many jobs as fit into the time."""
    model = load_model(str(job.model), job.device)
    batch = batch_for(model)
    bare = BareCall(model, batch)
    sampling_s = bare_s = windows = 0.0
    begun = perf_counter()
    while perf_counter() - begun < seconds:
        events = run(job)
        # The note comes when the model is loaded.
        done, event = 0.0, next(events)
        while not isinstance(event, Result):
            started = perf_counter()
            event = next(events)
            sampling_s += perf_counter() - started
            if isinstance(event, Progress):
                bare_s += (event.done - done) / batch * bare.seconds()
                done = event.done
        windows += done
    sampling_ms, bare_ms = 1e3 * sampling_s / windows, 1e3 * bare_s / windows
    print(f"{job.layout}: {windows:.0f} windows, {batch} at a time: {sampling_ms:.2f} ms each, bare {bare_ms:.2f} ms")
    return sampling_s / bare_s


def measure_reach(path: str) -> None:
    """Print how far an area is from itself with more of its surroundings sampled."""
    model = load_model(path)
    tile_px = model.card.tile_px
    area = Area(3 * tile_px, 3 * tile_px, tile_px, tile_px)
    for sampler, steps, overlap_px in (
        ("dpmpp_2m", 20, tile_px // 4),
        ("dpmpp_2m", 20, tile_px // 2),
        ("ddpm", 50, 16),
    ):
        found = {reach: sample_area(model, area, sampler, steps, overlap_px, reach) for reach in (0, 1, 2, 3, 4, 7)}
        apart = ", ".join(f"{reach}: {np.abs(found[reach] - found[7]).max():.1e}" for reach in (0, 1, 2, 3, 4))
        print(f"{sampler}, {steps} steps, overlap {overlap_px} px, windows around -> largest difference: {apart}")


def sample_area(model: DiffusionModel, area: Area, sampler: str, calls: int, overlap_px: int, reach: int) -> np.ndarray:
    """The area in [-1, 1]."""
    lattice, steps = Lattice(model.card.tile_px, overlap_px), plan(sampler, model.card.schedule, calls)
    passes = plan_passes(lattice, area, len(steps), reach)
    with tempfile.TemporaryDirectory() as folder:
        batch = batch_for(model)
        denoise = clamped_denoiser(model, AdaptiveBatch(batch, model.device))
        runner = SeamlessSampler(denoise, steps, passes, lattice, len(model.card.bands), 0, batch, folder)
        return np.concatenate([done.x0 for done in runner.run() if isinstance(done, AreaStrip)], axis=1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", default="tiny")
    parser.add_argument("--bands", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--sampler", default="dpmpp_2m")
    parser.add_argument("--reach", metavar="MODEL")
    chosen = parser.parse_args()
    if chosen.reach:
        measure_reach(chosen.reach)
        return
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "m.safetensors"
        write_model(model, PRESETS[chosen.preset], chosen.bands)
        common = {"model": str(model), "output": f"{folder}/t.tif", "steps": STEPS, "device": chosen.device}
        common["sampler"] = chosen.sampler
        jobs = SampleTiles(count=64, **common), SampleTiles(layout="seamless", extent="0,256,0,256", **common)
        print(f"preset {chosen.preset}, {chosen.bands} bands, {chosen.device}, {torch.get_num_threads()} threads")
        for job in jobs:
            print(f"ratio {measure(job, chosen.seconds / 2):.3f}")


if __name__ == "__main__":
    main()
