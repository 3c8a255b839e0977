"""How much longer a training takes than its bare arithmetic: forward pass, loss, backward pass and optimizer step.

    python -m benchmarks.training_overhead --preset tiny --seconds 60

Both are measured in one run, turn by turn, so that other work on the computer slows both. The training has an
experiment folder: its time includes cutting tiles, noise, averaging, clipping, progress, checkpoints, validation and
sample pictures. The bare loop repeats one batch of the same size on a network of the same kind. The last line is the
ratio; the bar is 1.10.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

import torch

from qgis_ddpm.core.device import resolve_device
from qgis_ddpm.core.experiment import Experiment
from qgis_ddpm.core.model import to_device
from qgis_ddpm.core.trainer import Trainer
from qgis_ddpm.core.training_inputs import open_training_tiles
from qgis_ddpm.core.training_run import Length, TrainingRun
from qgis_ddpm.core.training_setup import build_trainer
from qgis_ddpm.core.unet import build_network
from qgis_ddpm.jobs import TrainModel
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


def measure(job: TrainModel, seconds: float) -> tuple[float, float]:
    """Seconds for a step of the training and of the bare loop, with as many steps of each."""
    job = job.resolved()
    with ExitStack() as stack:
        experiment = Experiment(str(job.experiment), job)
        tiles = drained(open_training_tiles(job))
        trainer, card = build_trainer(job, tiles, resolve_device(job.device))
        stack.callback(trainer.close)
        # The training takes half of the time, and the run is as long as that for its checkpoints and pictures.
        run = TrainingRun(trainer, card, Length(None, seconds / 2 / 60), experiment)
        bare = BareLoop(trainer, card.network)
        for _ in range(3):
            bare.step()
        training_s = bare_s = 0.0
        steps = 0
        events = run.train()
        while True:
            seen, started = trainer.tiles_seen, perf_counter()
            if next(events, None) is None:
                break
            # The batch that is being cut beside would otherwise be cut during the bare steps.
            trainer.wait()
            stopped = perf_counter()
            training_s += stopped - started
            new = (trainer.tiles_seen - seen) // trainer.recipe.batch_size
            for _ in range(new):
                bare.step()
            bare_s += perf_counter() - stopped
            steps += new
            # The clock of the run stands still during the bare steps.
            run.length.started += perf_counter() - stopped
            run.length.first_step += perf_counter() - stopped
    return training_s / steps, bare_s / steps


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", default="tiny")
    parser.add_argument("--seconds", type=float, default=60.0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scene = make_scene(Path(folder))
        job = TrainModel(
            input=(str(scene.before), str(scene.after)),
            preset=chosen.preset,
            model=f"{folder}/m.safetensors",
            experiment=f"{folder}/experiment",
        )
        training_s, bare_s = measure(job, chosen.seconds)
    print(f"preset {chosen.preset}, {torch.get_num_threads()} threads")
    print(f"training {1e3 * training_s:.1f} ms a step, bare loop {1e3 * bare_s:.1f} ms a step")
    print(f"ratio {training_s / bare_s:.3f}")


if __name__ == "__main__":
    main()
