"""What share of its products a processor reaches: in training and sampling, for each shape, before and after.

    git worktree add ../before 7952456
    OMP_NUM_THREADS=1 python -m benchmarks.products --before ../before
    OMP_NUM_THREADS=1 ONEDNN_MAX_CPU_ISA=AVX2 python -m benchmarks.products --before ../before

Each row is one network: the preset's of an older checkout (--before), its U-Net in float32, the same by plain
autocast, what NETWORK and PRECISION auto take here, and the wide shapes that tiny and small do not take; beside them
the published aerial model's network, and the U-Nets of diffusers and denoising-diffusion-pytorch with the widths of
preset small. Training is the whole step of the package's own trainer (tiles drawn beside, loss, gradients, optimizer,
average); of the others forward and backward pass and Adam. Sampling is one estimate, detection all maps of the
decoder at one noise level. GFLOP are those of products; a step counts three passes. Rates are of processor time, the
best of some calls, the rows of a preset turn by turn with the best product rate of the machine, of two 1,024 x 1,024
matrices. With --operators: where the time of a step goes.
"""

import argparse
import json
import subprocess  # nosec - runs an older state of this project
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import torch
from torch.profiler import ProfilerActivity, profile

from benchmarks.products_rivals import RivalCalls, diffusers_network, lucidrains_network
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
    """One network; each call gives its seconds of the processor. batch: tiles of a step.

    gflop: of an estimate of one tile. maps_gflop: of the decoder's maps of one tile; None = it has none.
    """

    name: str
    gflop: float
    batch: int
    train: Callable[[], float]
    estimate: Callable[[], float]
    maps_gflop: float | None = None
    detect: Callable[[], float] | None = None


class Before:
    """The presets' networks in an older checkout, in a process of its own."""

    def __init__(self, checkout: Path, raster: str, jobs: dict[str, dict[str, Any]]) -> None:
        jobs = {name: {**fields, "sampled": SAMPLED} for name, fields in jobs.items()}
        script = str(Path(__file__).with_name("products_before.py"))
        command = [sys.executable, script, str(checkout.resolve()), raster, json.dumps(jobs)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # nosec
        self._batches = self._answer()

    def row(self, name: str, like: Row) -> Row:
        """The row of a preset, whose U-Net has the products of a row of ours."""

        def call(kind: str) -> Callable[[], float]:
            return lambda: float(self._answer([name, kind]))

        calls = (call("train"), call("estimate"))
        return Row(f"{name}, before", like.gflop, self._batches[name], *calls, like.maps_gflop, call("detect"))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _answer(self, question: list[str] | None = None) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        if question:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=6, help="of which the best counts")
    parser.add_argument("--operators", action="store_true", help="where the time of a step goes")
    parser.add_argument("--before", type=Path, help="a checkout of an older state")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        scene = make_scene(folder)
        print(f"{describe_rates()}; {torch.get_num_threads()} threads\n")
        if given.operators:
            _print_operators(folder, str(scene.before), stack)
            return
        _print_table(_groups(folder, str(scene.before), given.before, stack), given.calls)


def _groups(folder: Path, raster: str, before: Path | None, stack: ExitStack) -> Iterator[list[Row]]:
    """Rows that are measured turn by turn."""
    jobs: dict[str, dict[str, Any]] = {preset: {"preset": preset} for preset in PRESETS}
    with suppress(Exception):
        jobs["aerial's shape"] = {"preset": "small", **_aerial_shape()}
    older = Before(before, raster, jobs) if before else None
    if older:
        stack.callback(older.close)
    for name, fields in jobs.items():
        rows = []
        for way, changes in _ways(name).items():
            trainer, model = _trainer(folder, raster, stack, **fields, **changes)
            kind = trainer.network.__class__.__name__
            rows.append(_own(f"{name}, {way}: {kind} in {trainer.precision}", trainer, model))
        yield [*([older.row(name, rows[0])] if older else []), *rows]
    yield [row for build in (diffusers_network, lucidrains_network) for row in _rival_rows(build)]


def _aerial_shape() -> dict[str, Any]:
    """Fields of the published aerial model's network."""
    network = load_model(find_model("ddpm-aerial-rgb.safetensors")).card.network
    named = ("base_channels", "channel_multipliers", "res_blocks", "patch_px")
    return {
        name: ",".join(map(str, value)) if isinstance(value, list) else value
        for name, value in network.items()
        if name in named
    }


def _ways(preset: str) -> dict[str, dict[str, Any]]:
    if preset not in PRESETS:
        return {way: fields for way, fields in WAYS.items() if way != "auto"}
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
    x, noise, sigma = torch.randn(shape), torch.randn(shape), torch.full((SAMPLED,), 0.5)

    def maps() -> object:
        return model.features(x, [0.5], noise)

    return Row(
        name,
        model.flops() / 1e9,
        trainer.recipe.batch_size,
        partial(_seconds, trainer.step),
        partial(_seconds, lambda: model.denoise(x, sigma)),
        count_flops(maps) / SAMPLED / 1e9,
        partial(_seconds, maps),
    )


def _rival_rows(build: Callable[[], Any]) -> Iterator[Row]:
    """A package's U-Net in float32 and by autocast; none where it is not installed."""
    with suppress(ImportError):
        for way in [way for way in WAYS if way != "auto"]:
            calls = RivalCalls(build(), SAMPLED, way == "autocast")
            with torch.no_grad():
                gflop = count_flops(calls.answer) / SAMPLED / 1e9
            name = f"{calls.network.__class__.__module__.split('.')[0]} {calls.network.__class__.__name__}, {way}"
            yield Row(name, gflop, SAMPLED, partial(_seconds, calls.train), partial(_seconds, calls.estimate))


def _print_table(groups: Iterator[list[Row]], calls: int) -> None:
    kinds = " | ".join(f"{kind}: tiles a second | GFLOP/s | share" for kind in ("training", "sampling", "detection"))
    print(f"| network | GFLOP a tile | {kinds} |")
    print("|---|---:|" + "---:|" * 9)
    product = torch.randn(1024, 1024)
    products_of = [product, product.bfloat16()] if is_faster(CPU) else [product]
    for rows in groups:
        best, seconds = float("inf"), [[float("inf")] * 3 for _ in rows]
        for turn in range(1 + calls):
            for row, least in zip(rows, seconds, strict=True):
                found = [row.train(), row.estimate(), row.detect() if row.detect else float("inf")]
                # The first call makes kernels.
                least[:] = map(min, least, found) if turn else least
                best = min([best, *(_seconds(lambda values=values: values @ values) for values in products_of)])
        peak = 2 * 1024**3 / best / 1e9
        for row, (train, estimate, detect) in zip(rows, seconds, strict=True):
            cells = _cells(row.batch, PASSES * row.gflop, train, peak) + _cells(SAMPLED, row.gflop, estimate, peak)
            cells += _cells(SAMPLED, row.maps_gflop, detect, peak) if row.maps_gflop else ["", "", ""]
            print(f"| {row.name} | {row.gflop:.3f} | {' | '.join(cells)} |", flush=True)


def _cells(tiles: int, gflop: float, seconds: float, peak: float) -> list[str]:
    rate = tiles / seconds
    return [f"{rate:.3g}", f"{rate * gflop:.3g}", f"{rate * gflop / peak:.2f}"]


def _seconds(call: Callable[[], object]) -> float:
    started = process_time()
    call()
    return process_time() - started


def _print_operators(folder: Path, raster: str, stack: ExitStack) -> None:
    """Shares of a step by kind of operator: preset small's U-Net and wide shape, and what digits takes."""
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    columns = []
    for preset, way in (("small", "float32"), ("small", "wide"), ("digits", "auto")):
        trainer, _ = _trainer(folder, raster, stack, preset=preset, **_ways(preset)[way])
        column = f"{preset}: {trainer.network.__class__.__name__} in {trainer.precision}"
        columns.append(column)
        for _ in range(3):
            trainer.step()
        with profile(activities=[ProfilerActivity.CPU]) as found:
            for _ in range(4):
                trainer.step()
        events = found.key_averages()
        whole = sum(event.self_cpu_time_total for event in events)
        for event in events:
            kind = next((kind for kind, words in KINDS.items() if any(word in event.key for word in words)), "the rest")
            shares[kind][column] = shares[kind].get(column, 0.0) + event.self_cpu_time_total / whole
    print(f"| one step | {' | '.join(columns)} |")
    print("|---|" + "---:|" * len(columns))
    for kind in [*KINDS, "the rest"]:
        print(f"| {kind} | {' | '.join(f'{shares[kind].get(column, 0):.0%}' for column in columns)} |")


if __name__ == "__main__":
    main()
