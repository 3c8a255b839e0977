"""One step of training after another: draws, loss, gradient, weights, average. No files, no events, no clock.

All that is random about tile number i (place, symmetry, noise level, noise) is a pure function of the seed and i, so
the state of a training is its weights, their average, the optimizer's moments and the count of tiles.
"""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Lock
from time import perf_counter
from typing import NamedTuple

import torch
from torch import Tensor

from ...errors import is_out_of_memory
from ..learning.ema import WeightAverage, decay, exponent
from ..learning.optimizers import Muon, build_optimizer, clip_gradients
from ..model.device import compile_error, compiled, release
from ..model.dropout import Dropout
from ..model.losses import min_snr_weights, tile_losses
from ..model.network import Network
from ..model.precision import BOTH, DTYPES, ProductsFailedError, are_finite, attempt, choose_precision
from ..model.preconditioning import Preconditioning
from .draws import Draw, draw_noise, stream
from .recipe import Compute, Recipe
from .tiles import VALIDATION_START, Tiles, TrainingTiles

# The training loss is averaged over the last part of the training, like the weights but shorter.
_LOSS_GAMMA = exponent(0.05)


class Fall(NamedTuple):
    """Where a training left bfloat16: after so many tiles, and what that did instead of giving finite numbers."""

    tiles_seen: int
    problem: str

    def __str__(self) -> str:
        return f"bfloat16 {self.problem} after {self.tiles_seen:,} tiles: this training goes on in float32 from there."


class Trainer:
    """The state of a training, and the step that changes it. Close it, for its thread."""

    def __init__(
        self,
        network: Network,
        preconditioning: Preconditioning,
        tiles: TrainingTiles,
        recipe: Recipe,
        compute: Compute,
    ) -> None:
        self.precision, self.note = choose_precision(compute.precision, network, compute.device, training=True)
        network.precision = DTYPES[self.precision]
        # Where bfloat16 failed on the way: after how many tiles, and how.
        self.fall: Fall | None = None
        self.network = network.train()
        self.preconditioning = preconditioning
        self.tiles = tiles
        self.recipe = recipe
        self.compute = compute
        self.device, self.ranks = compute.device, compute.ranks
        self.average = WeightAverage(network, recipe.ema)
        self.optimizer = build_optimizer(
            recipe.optimizer, network.parameters(), recipe.learning_rate, in_bfloat16=self.precision == "bfloat16"
        )
        self.tiles_seen = 0
        # Seconds that steps have waited for their tiles.
        self.waited_s = 0.0
        # The mean loss of the last tiles; it stays on the device, so that no step waits for it.
        self.loss = torch.zeros((), device=self.device)
        # The largest it has been: whether a training diverged must not depend on when somebody looks.
        self.peak = torch.zeros((), device=self.device)
        self._dropout = torch.Generator(self.device)
        for part in network.modules():
            if isinstance(part, Dropout):
                part.generator = self._dropout
        # Of every batch this process sees so many tiles, from this one on.
        self._share = self.ranks.share(recipe.batch_size)
        self._offset = self.ranks.me.number * self._share
        self._called = self.ranks.network(compiled(self.network) if compute.compile else self.network)
        # The next batches are made while this one is in the network. Beside a processor's own work there is room for
        # one thread; a GPU is fast enough to wait for the noise that one draws.
        self._ahead = min(4, os.cpu_count() or 1) if self.device.type == "cuda" else 1
        self._threads = ThreadPoolExecutor(self._ahead, "tiles")
        self._batches: dict[int, Future[Draw]] = {}
        # Files are read by one thread at a time.
        self._reading = Lock()

    def compute_in(self, precision: str) -> None:
        """Take products in float32 or bfloat16 from now on, as a checkpoint's training did."""
        self.precision = precision
        self.network.precision = self._called.precision = DTYPES[precision]
        if isinstance(self.optimizer, Muon):
            self.optimizer.in_bfloat16 = precision == "bfloat16"
        if self.recipe.consistency is not None and precision == "float32":
            self.recipe.consistency.teacher.take_float32()

    def fall_back(self, problem: str) -> None:
        """Compute in float32 from now on, and keep why."""
        self.compute_in("float32")
        self.fall = self.fall or Fall(self.tiles_seen, problem)

    @property
    def precision_used(self) -> str:
        """What the training has computed in so far, for people."""
        return BOTH if self.fall else self.precision

    def step(self) -> None:
        """Train on the next batch; in float32, it and all that follow, where bfloat16 does not give finite numbers.

        Micro-batches change nothing but the rounding (and which values dropout takes).
        """
        recipe, first = self.recipe, self.tiles_seen
        total = self._mean_loss(self._take(first), first + self._offset)
        self.tiles_seen += recipe.batch_size
        if recipe.gradient_clip > 0:
            clip_gradients(self.network.parameters(), recipe.gradient_clip)
        for group in self.optimizer.param_groups:
            group["lr"] = recipe.learning_rate * min(1.0, self.tiles_seen / max(recipe.warmup_tiles, 1))
        self.optimizer.step()
        if isinstance(self.optimizer, Muon) and self.optimizer.problem:
            self.fall_back(self.optimizer.problem)
        self.optimizer.zero_grad(set_to_none=True)
        self.average.update(self.network, self.tiles_seen, recipe.batch_size)
        self.loss.lerp_(total, 1 - decay(_LOSS_GAMMA, self.tiles_seen, recipe.batch_size))
        self.peak = torch.maximum(self.peak, self.loss)

    def _mean_loss(self, draw: Draw, first: int) -> Tensor:
        """The mean loss of a batch over all processes, its gradients added up. Nothing else has changed by then."""

        def add() -> Tensor:
            return self.ranks.mean(self._add_gradients(draw, first))

        def found(total: Tensor) -> list[Tensor]:
            return [total, *(weight.grad for weight in self.network.parameters() if weight.grad is not None)]

        if self.precision != "bfloat16":
            return add()
        teacher = None if self.recipe.consistency is None else self.recipe.consistency.teacher
        try:
            total = attempt(add, found)
            if teacher is not None and teacher.problem:
                self.fall_back(teacher.problem)
            return total
        except ProductsFailedError as failure:
            problem = str(failure)
        self.optimizer.zero_grad(set_to_none=True)
        self.compute_in("float32")
        total = add()
        if are_finite(found(total)):
            self.fall_back(problem)
        return total

    def _add_gradients(self, draw: Draw, first: int) -> Tensor:
        """The mean loss of a batch, whose gradients are added up; in smaller parts where memory runs out."""
        while True:
            try:
                return self._add_in_parts(draw, first)
            except (RuntimeError, MemoryError) as error:
                failure = compile_error(error)
                if failure:
                    raise failure from error
                # Gradients that are already on their way to other processes cannot be taken back.
                if self.compute.micro_batch == 1 or self.ranks.me.size > 1 or not is_out_of_memory(error):
                    raise
            self.optimizer.zero_grad(set_to_none=True)
            self.compute.micro_batch = (min(self.compute.micro_batch, self._share) + 1) // 2
            release(self.device)

    def _add_in_parts(self, draw: Draw, first: int) -> Tensor:
        total, size = torch.zeros((), device=self.device), self.compute.micro_batch
        for start in range(0, self._share, size):
            part = draw.part(start, start + size)
            self._dropout.manual_seed(stream(self.recipe.seed, first + start))
            with self.ranks.averaging(start + size >= self._share):
                loss = self.losses(self._called, part, first + start).sum() / self._share
                loss.backward()  # type: ignore[no-untyped-call]
            total += loss.detach()
        return total

    def losses(self, network: Network, draw: Draw, first: int) -> Tensor:
        """The loss of each tile [B] of a draw whose first tile has number `first`."""
        x0, noise = (values.to(self.device, non_blocking=True) for values in (draw.x0, draw.noise))
        wide = draw.sigma.to(x0.dtype).to(self.device)[:, None, None, None]
        x = x0 + wide * noise
        if self.recipe.consistency is not None:
            valid = None if draw.valid is None else draw.valid.to(self.device)
            return self.recipe.consistency.losses(network, self.preconditioning, x, draw.sigma, valid, draw.condition)
        target = self.preconditioning.target(x0, noise, draw.sigma, draw.condition)
        before = self._estimate_before(x, draw, first) if network.self_conditioning else None
        output = self.preconditioning.network_output(network, x, draw.sigma, before, draw.condition)
        return self._weighed(output, target, draw)

    @torch.no_grad()
    def blank_loss(self) -> float:
        """The loss of a network that answers 0, on the first tiles: a fresh one starts from it."""
        self.wait()
        draw = self._cut(0).part(0, self.compute.micro_batch)
        x0, noise = (each.to(self.device) for each in (draw.x0, draw.noise))
        target = self.preconditioning.target(x0, noise, draw.sigma, draw.condition)
        return float(self._weighed(torch.zeros_like(target), target, draw).mean())

    def _weighed(self, output: Tensor, target: Tensor, draw: Draw) -> Tensor:
        valid = None if draw.valid is None else draw.valid.to(self.device)
        losses = tile_losses(self.recipe.loss, output, target, valid)
        if self.recipe.min_snr_gamma is not None:
            c_out = self.preconditioning.c_out(draw.sigma)
            weights = min_snr_weights(draw.sigma, c_out, self.recipe.min_snr_gamma)
            losses = losses * weights.to(losses.dtype).to(losses.device)
        return losses

    def draw(self, tiles: Tiles, first: int) -> Draw:
        """Noise and noise levels for tiles of numbers from `first` on; those for validation are the split's own."""
        recipe = self.recipe
        if first >= VALIDATION_START:
            recipe = replace(recipe, seed=self.tiles.split_seed, offset_noise=0.0)
        noise, sigma = draw_noise(recipe, tiles.pixels.shape, first)
        valid, condition = (None if each is None else torch.from_numpy(each) for each in (tiles.valid, tiles.condition))
        pixels, drawn = torch.from_numpy(tiles.pixels), torch.from_numpy(noise)
        if self.device.type == "cuda":
            # From pages that stay where they are, a copy to the GPU waits for nobody.
            pixels, drawn = pixels.pin_memory(), drawn.pin_memory()
        return Draw(pixels, drawn, torch.from_numpy(sigma), valid, condition)

    def wait(self) -> None:
        """Wait until the next batches are made, so that no other thread reads the files."""
        for batch in self._batches.values():
            batch.result()

    def close(self) -> None:
        """Stop the threads that make batches."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _take(self, first: int) -> Draw:
        """The batch from number `first` on; those after it are begun."""
        numbers = [first + i * self.recipe.batch_size for i in range(self._ahead + 1)]
        self._batches = {
            number: self._batches.get(number) or self._threads.submit(self._cut, number) for number in numbers
        }
        started = perf_counter()
        draw = self._batches.pop(first).result()
        self.waited_s += perf_counter() - started
        return draw

    def _cut(self, first: int) -> Draw:
        first += self._offset
        with self._reading:
            tiles = self.tiles.batch(first, self._share)
        return self.draw(tiles, first)

    def _estimate_before(self, x: Tensor, draw: Draw, first: int) -> Tensor:
        """Estimates for every second tile, zeros for the others (Chen et al. 2022, arXiv 2208.04202, algorithm 1)."""
        with torch.no_grad():
            before = torch.zeros_like(x)
            estimate = self.preconditioning.estimate(self.network, x, draw.sigma, None, draw.condition)
            before[first % 2 :: 2] = estimate[first % 2 :: 2].to(x.dtype)
            return before
