"""How much longer a training takes than its bare arithmetic: forward pass, loss, backward pass and optimizer step.

    OMP_NUM_THREADS=1 python -m benchmarks.training_overhead --preset tiny --tiles 1600

Both are measured in one run, turn by turn, so that other work on the computer slows both, by the clock and in
processor time, which other programs do not disturb. The training has an experiment folder: its time includes cutting
tiles, noise, averaging, clipping, progress, checkpoints, validation and sample pictures. The bare loop repeats one
batch of the same size on a network of the same kind. The bar is a ratio of 1.10. Also told: for what share of its
time the training waited for tiles; the bar is 5 %.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import torch

from qgis_ddpm.core.learning.budget import Budget
from qgis_ddpm.core.learning.experiment import Experiment, JobRecord
from qgis_ddpm.core.model.device import resolve_device, to_device
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.training import inputs as training_inputs
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.core.training.loop import TrainingLoop
from qgis_ddpm.core.training.setup import build_trainer
from qgis_ddpm.core.training.trainer import Trainer
from qgis_ddpm.jobs import TrainModel
from qgis_ddpm.jobs.record import recorded
from tools.scene import make_scene


def drained(events: Iterator[object]) -> object:
    """The value a generator returns."""
    while True:
        try:
            next(events)
        except StopIteration as done:
            return done.value


class BareLoop:
    """The arithmetic of a training step and nothing else."""

    def __init__(self, trainer: Trainer, network_config: dict[str, object]) -> None:
        network = build_network(network_config, trainer.tiles.channels)
        self.network = to_device(network, trainer.device).train()
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=1e-4, betas=(0.9, 0.99), fused=True)
        draw = trainer.draw(trainer.tiles.batch(0, trainer.recipe.batch_size), 0)
        self.x = (draw.x0 + draw.noise).to(trainer.device)
        self.target = draw.noise.to(trainer.device)
        self.condition = torch.zeros(len(self.x), device=trainer.device)

    def step(self) -> None:
        """One step on the same batch."""
        loss = (self.network(self.x, self.condition) - self.target).square().mean()
        loss.backward()
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)


@dataclass
class Figures:
    """Seconds of the training and of the bare loop, by the clock and of the processor, and seconds waited for tiles."""

    training_s: float = 0.0
    bare_s: float = 0.0
    training_cpu_s: float = 0.0
    bare_cpu_s: float = 0.0
    waited_s: float = 0.0
    steps: int = 0


def measure(job: TrainModel) -> Figures:
    """A training of the job's tiles, with as many steps of the bare loop between its own."""
    job = job.resolved()
    found = Figures()
    with ExitStack() as stack:
        experiment = Experiment(str(job.experiment), JobRecord(*recorded(job)))
        stack.callback(experiment.close)
        tiles = drained(open_training_tiles(job))
        trainer, card = build_trainer(job, tiles, resolve_device(job.device))
        stack.callback(trainer.close)
        loop = TrainingLoop(trainer, card, Budget(job.tiles, job.minutes), experiment)
        bare = BareLoop(trainer, card.network)
        for _ in range(3):
            bare.step()
        events = loop.train()
        while True:
            seen, started, started_cpu = trainer.tiles_seen, perf_counter(), process_time()
            if next(events, None) is None:
                break
            # The batch that is being cut beside would otherwise be cut during the bare steps.
            trainer.wait()
            stopped, stopped_cpu = perf_counter(), process_time()
            found.training_s += stopped - started
            found.training_cpu_s += stopped_cpu - started_cpu
            new = (trainer.tiles_seen - seen) // trainer.recipe.batch_size
            for _ in range(new):
                bare.step()
            found.bare_s += perf_counter() - stopped
            found.bare_cpu_s += process_time() - stopped_cpu
            found.steps += new
            # The clock of the loop stands still during the bare steps.
            loop.budget.started += perf_counter() - stopped
            loop.budget.first_step += perf_counter() - stopped
        found.waited_s = trainer.waited_s
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", default="tiny")
    parser.add_argument("--tiles", type=int, default=1600)
    parser.add_argument("--by-window", action="store_true", help="read every tile from its file, as of large rasters")
    chosen = parser.parse_args()
    if chosen.by_window:
        training_inputs.HELD_BYTES = 0
    with tempfile.TemporaryDirectory() as folder:
        scene = make_scene(Path(folder))
        job = TrainModel(
            input=(str(scene.before), str(scene.after)),
            preset=chosen.preset,
            model=f"{folder}/m.safetensors",
            tiles=chosen.tiles,
            experiment=f"{folder}/experiment",
        )
        found = measure(job)
    print(f"preset {chosen.preset}, {torch.get_num_threads()} threads")
    for clock, training_s, bare_s in (
        ("by the clock", found.training_s, found.bare_s),
        ("processor time", found.training_cpu_s, found.bare_cpu_s),
    ):
        ms = 1e3 / found.steps
        print(f"{clock}: training {ms * training_s:.1f} ms a step, bare loop {ms * bare_s:.1f}")
        print(f"{clock}: ratio {training_s / bare_s:.3f}")
    print(f"waited for tiles: {found.waited_s / found.training_s:.2%} of the training")


if __name__ == "__main__":
    main()
