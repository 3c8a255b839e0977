"""What the published network costs: memory and time of its import, and a pair of tiles against a straight use of it.

    python -m benchmarks.published_network --channels 128

The weights are random, of the published layout (128 channels times 1,2,4,8,8: 391 million parameters; 64: 98). The
straight use computes all maps of the network, in one call for each date and noise level, then the same head. The
detector computes what the head reads, both dates in one call. Both are timed turn by turn, in seconds of the processor,
so that other programs on the machine do not count. `--skip-import` measures the pair alone. The bars are 4 GB and 0.78.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import torch
from torch import Tensor

from qgis_ddpm.card import BandScaling, DetectorCard, ModelCard
from qgis_ddpm.core.detector import Detector
from qgis_ddpm.core.detector.detector import build_head
from qgis_ddpm.core.model import DiffusionModel, load_model
from qgis_ddpm.core.model.sr3 import SR3Network
from qgis_ddpm.core.published.architecture import WRAPPER
from qgis_ddpm.core.published.config import HEAD_SCHEDULE, HEAD_STEPS, sigmas_at

MULTIPLIERS = (1, 2, 4, 8, 8)
LEVELS = (14, 11, 8, 5, 2)
TILE_PX = 256


def write_checkpoint(path: Path, channels: int) -> None:
    """A checkpoint of the published layout with random weights."""
    torch.manual_seed(0)
    network = SR3Network(3, channels, MULTIPLIERS, attention_levels=(4,))
    state = {f"{WRAPPER}{name}": tensor for name, tensor in network.state_dict().items()}
    torch.save(state | {"betas": torch.linspace(1e-6, 1e-2, 2000)}, path)


def fresh_model(channels: int) -> DiffusionModel:
    """The network with random weights, without a file."""
    torch.manual_seed(0)
    network = SR3Network(3, channels, MULTIPLIERS, attention_levels=(4,))
    bands = tuple(BandScaling(name, "uint8", 0.0, 255.0) for name in ("red", "green", "blue"))
    card = ModelCard({}, "noise", {}, 1e-3, 100.0, 0.5, TILE_PX, bands)
    return DiffusionModel(network, card, torch.device("cpu"))


def measure_import(checkpoint: Path, model: Path) -> tuple[float, float]:
    """Seconds and peak memory in GB of the import as a process of its own."""
    started = perf_counter()
    arguments = ["importcheckpoint", "--input", str(checkpoint), "--model", str(model)]
    subprocess.run(
        [sys.executable, "-m", "qgis_ddpm", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # Linux counts in units of 1024 bytes.
    return perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e9


def make_detector(model: DiffusionModel) -> Detector:
    """The published head with random weights on three noise levels."""
    sigmas = sigmas_at(HEAD_SCHEDULE, HEAD_STEPS[3])
    head = {
        "kind": "published",
        "levels": list(LEVELS[:-1]),
        "channels": [model.feature_channels[level] for level in LEVELS],
    }
    torch.manual_seed(0)
    return Detector(build_head(head, len(sigmas)), DetectorCard(head, sigmas, 0.5, model.fingerprint), model)


def straight(detector: Detector, before: Tensor, after: Tensor, noise: Tensor) -> Tensor:
    """The logits by one call of the whole network for each date and noise level."""
    dates = []
    for date in (before, after):
        found = [detector.model.features(date, [sigma], noise)[0] for sigma in detector.card.noise_levels]
        dates.append([[maps[level] for level in detector.head.levels] for maps in found])
    with torch.no_grad():
        logits: Tensor = detector.head(*dates)
    return logits


def measure_pair(detector: Detector, turns: int) -> tuple[float, float, float]:
    """Processor seconds of the detector and of the straight use, and the largest difference of their logits."""
    before, after, noise = torch.randn(3, 1, 3, TILE_PX, TILE_PX, generator=torch.Generator().manual_seed(0))
    ours_s = straight_s = difference = 0.0
    # The first call of a shape chooses its kernels.
    detector(before, after, noise)
    for _ in range(turns):
        started = process_time()
        ours = detector(before, after, noise)
        middle = process_time()
        theirs = straight(detector, before, after, noise)
        straight_s += process_time() - middle
        ours_s += middle - started
        difference = max(difference, float((ours - theirs).abs().max()))
    return ours_s / turns, straight_s / turns, difference


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--turns", type=int, default=1, help="turns of the pair; 0 measures the import alone")
    parser.add_argument("--skip-import", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        checkpoint, path = Path(folder) / "a_gen.pth", Path(folder) / "m.safetensors"
        if chosen.skip_import:
            model = fresh_model(chosen.channels)
        else:
            write_checkpoint(checkpoint, chosen.channels)
            seconds, gigabytes = measure_import(checkpoint, path)
            started = perf_counter()
            model = load_model(path)
            print(f"import {seconds:.1f} s, at most {gigabytes:.2f} GB; loading {perf_counter() - started:.1f} s")
        count = sum(each.numel() for each in model.network.parameters())
        print(f"{chosen.channels} channels, {count / 1e6:.1f} million parameters, {torch.get_num_threads()} threads")
        if not chosen.turns:
            return
        ours_s, straight_s, difference = measure_pair(make_detector(model), chosen.turns)
    print(f"a pair of {TILE_PX} px: detector {ours_s:.2f} s, straight {straight_s:.2f} s")
    print(f"the logits differ by at most {difference:.1e}")
    print(f"ratio {ours_s / straight_s:.3f}")


if __name__ == "__main__":
    main()
