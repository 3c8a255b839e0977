"""What share of its products a processor reaches: in training and sampling, for each shape, before and after.

    OMP_NUM_THREADS=1 python -m benchmarks.products
    OMP_NUM_THREADS=1 ONEDNN_MAX_CPU_ISA=AVX2 python -m benchmarks.products

Each row is one network: its U-Net of the preset in float32, the same by plain autocast, what NETWORK and PRECISION
auto take here, and the wide shapes that tiny and small do not take; beside them the published aerial model's network
and, where diffusers is installed, its U-Net of like size. Training is the whole step of the package's own trainer
(tiles drawn beside, loss, gradients, optimizer, average); of diffusers forward and backward pass and Adam. GFLOP are
those of products; a step counts three passes. Rates are of processor time, the best of some calls, turn by turn with
the best product rate of the machine, a product of two 1,024 x 1,024 matrices. With --operators: where the time of a
step goes.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext, suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import torch
from torch.profiler import ProfilerActivity, profile

from benchmarks.training_overhead import drained
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.model.cost import count_flops
from qgis_ddpm.core.model.denoiser import DiffusionModel
from qgis_ddpm.core.model.device import resolve_device
from qgis_ddpm.core.model.precision import describe_rates, is_faster
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.core.training.setup import build_trainer
from qgis_ddpm.core.training.trainer import Trainer
from qgis_ddpm.jobs import TrainModel
from qgis_ddpm.model_folder import find_model
from tools.scene import make_scene

CPU = torch.device("cpu")
PRESETS = ("digits", "tiny", "small")
WAYS: dict[str, dict[str, str]] = {
    "float32": {"network": "unet", "precision": "float32"},
    # Where bfloat16 has no fast kernels, a step takes a minute so.
    **({"autocast": {"network": "unet", "precision": "bfloat16"}} if is_faster(CPU) else {}),
    "auto": {},
}
# Of lower loss than the U-Nets of these presets after the same minutes, but of worse aerial tiles (wide_shapes.py).
NOT_TAKEN: dict[str, dict[str, Any]] = {
    "tiny": {"network": "wide", "base_channels": 32, "channel_multipliers": "1,2,4", "patch_px": 1},
    "small": {"network": "wide", "base_channels": 64, "channel_multipliers": "1,2", "learning_rate": 2e-3},
}
PASSES = 3
SAMPLED = 8
# What an operator's name holds, by what it is counted as; the first that fits.
KINDS = {
    "convolutions": ("convolution",),
    "optimizer": ("bmm", "baddbmm", "addmm_", "lerp", "_fused_adam", "Muon"),
    "other products": ("mm", "attention", "linear"),
    "norms": ("norm",),
    "activations": ("silu",),
    "casts and copies": ("copy_", "_to_copy", "cat", "clone"),
    "sums and factors": ("add", "mul", "sum", "div"),
    "resampling": ("upsample", "pool", "shuffle", "pad"),
}


@dataclass
class Row:
    """One network: what a step of training and an estimate of a batch are, and how many tiles they have."""

    name: str
    gflop: float
    train: Callable[[], object]
    batch: int
    estimate: Callable[[], object]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=6, help="of which the best counts")
    parser.add_argument("--operators", action="store_true", help="where the time of a step of preset small goes")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        scene = make_scene(folder)
        print(f"{describe_rates()}; {torch.get_num_threads()} threads\n")
        if given.operators:
            _print_operators(folder, str(scene.before), stack)
            return
        _print_table(_rows(folder, str(scene.before), stack), given.calls)


def _rows(folder: Path, raster: str, stack: ExitStack) -> Iterator[Row]:
    for preset in PRESETS:
        for way, fields in _ways(preset).items():
            trainer, model = _trainer(folder, raster, stack, preset=preset, **fields)
            kind = trainer.network.__class__.__name__
            yield _own(f"{preset}, {way}: {kind} in {trainer.precision}", trainer, model)
    with suppress(Exception):
        card = load_model(find_model("ddpm-aerial-rgb.safetensors")).card
        shape = {
            name: ",".join(map(str, value)) if isinstance(value, list) else value
            for name, value in card.network.items()
            if name in ("base_channels", "channel_multipliers", "res_blocks", "patch_px")
        }
        for way in [way for way in WAYS if way != "auto"]:
            trainer, model = _trainer(folder, raster, stack, preset="small", **shape, **WAYS[way])
            yield _own(f"aerial's shape, {way}", trainer, model)
    yield from _diffusers()


def _ways(preset: str) -> dict[str, dict[str, Any]]:
    if preset not in NOT_TAKEN:
        return {**WAYS}
    return {**WAYS, "wide": {**NOT_TAKEN[preset], "attention_at_px": "0"}}


def _trainer(folder: Path, raster: str, stack: ExitStack, **fields: Any) -> tuple[Trainer, DiffusionModel]:
    job = TrainModel(input=(raster,), model=str(folder / "m.safetensors"), **fields).resolved()
    job = job.shaped(job.precision == "bfloat16" or (job.precision == "auto" and is_faster(CPU)))
    tiles: Any = drained(open_training_tiles(job))
    stack.callback(tiles.close)
    trainer, card = build_trainer(job, tiles, resolve_device("cpu"))
    stack.callback(trainer.close)
    return trainer, DiffusionModel(deepcopy(trainer.network), card, CPU, precision=trainer.precision)


def _own(name: str, trainer: Trainer, model: DiffusionModel) -> Row:
    shape = (SAMPLED, trainer.tiles.channels, model.card.tile_px, model.card.tile_px)
    x, sigma = torch.randn(shape), torch.full((SAMPLED,), 0.5)
    return Row(name, model.flops() / 1e9, trainer.step, trainer.recipe.batch_size, lambda: model.denoise(x, sigma))


def _diffusers() -> Iterator[Row]:
    """Its U-Net with the widths of preset small, 8 channels a group as there are as few."""
    try:
        from diffusers import UNet2DModel
    except ImportError:
        return
    x, time, batch = torch.randn(8, 4, 64, 64), torch.full((8,), 500.0), 8
    for way in [way for way in WAYS if way != "auto"]:
        network = UNet2DModel(
            sample_size=64,
            in_channels=4,
            out_channels=4,
            block_out_channels=(16, 32, 64, 96),
            layers_per_block=1,
            norm_num_groups=8,
            down_block_types=("DownBlock2D",) * 3 + ("AttnDownBlock2D",),
            up_block_types=("AttnUpBlock2D",) + ("UpBlock2D",) * 3,
        ).to(memory_format=torch.channels_last)
        optimizer = torch.optim.Adam(network.parameters(), fused=True)

        def call(network: Any = network, way: str = way) -> Any:
            cast = torch.autocast("cpu", torch.bfloat16) if way == "autocast" else nullcontext()
            with cast:
                return network(x, time).sample.float()

        def step(call: Any = call, optimizer: Any = optimizer) -> None:
            call().square().mean().backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

        def estimate(call: Any = call) -> None:
            with torch.no_grad():
                call()

        with torch.no_grad():
            gflop = count_flops(call) / batch / 1e9
        yield Row(f"diffusers UNet2DModel, {way}", gflop, step, batch, estimate)


def _print_table(rows: Iterator[Row], calls: int) -> None:
    print("| network | GFLOP a tile | training: tiles a second | GFLOP/s | share | sampling: tiles a second | share |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    product = torch.randn(1024, 1024)
    halves = product.bfloat16()
    kinds = [product] if _seconds(lambda: halves[:128, :128] @ halves[:128, :128]) > 1e-2 else [product, halves]
    for row in rows:
        best = train = estimate = float("inf")
        row.train()
        for _ in range(calls):
            best = min([best, *(_seconds(lambda values=values: values @ values) for values in kinds)])
            train = min(train, _seconds(row.train) / row.batch)
            estimate = min(estimate, _seconds(row.estimate) / SAMPLED)
        peak = 2 * 1024**3 / best / 1e9
        rate, sampled = PASSES * row.gflop / train, row.gflop / estimate
        print(
            f"| {row.name} | {row.gflop:.3f} | {1 / train:.0f} | {rate:.0f} | {rate / peak:.2f} | {1 / estimate:.0f} | "
            f"{sampled / peak:.2f} |",
            flush=True,
        )


def _seconds(call: Callable[[], object]) -> float:
    started = process_time()
    call()
    return process_time() - started


def _print_operators(folder: Path, raster: str, stack: ExitStack) -> None:
    """Shares of a step of preset small, its U-Net and the wide shape, by kind of operator."""
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for way in ("float32", "wide"):
        trainer, _ = _trainer(folder, raster, stack, preset="small", **_ways("small")[way])
        for _ in range(3):
            trainer.step()
        with profile(activities=[ProfilerActivity.CPU]) as found:
            for _ in range(4):
                trainer.step()
        events = found.key_averages()
        whole = sum(event.self_cpu_time_total for event in events)
        for event in events:
            kind = next((kind for kind, words in KINDS.items() if any(word in event.key for word in words)), "the rest")
            shares[kind][way] = shares[kind].get(way, 0.0) + event.self_cpu_time_total / whole
    print("| preset small, one step | U-Net, float32 | wide, bfloat16 |")
    print("|---|---:|---:|")
    for kind in [*KINDS, "the rest"]:
        print(f"| {kind} | {shares[kind].get('float32', 0):.0%} | {shares[kind].get('wide', 0):.0%} |")


if __name__ == "__main__":
    main()
