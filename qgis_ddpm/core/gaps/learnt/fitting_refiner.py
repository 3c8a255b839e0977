"""A refiner fitted to holes in known places of its scene, for so many steps as a time on one core allows."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ....events import Event, Progress
from ...learning.ema import WeightAverage
from ...learning.optimizers import build_optimizer
from ...raster.lattice import dihedral
from ...raster.random import tile_random
from ...raster.types import Floats, Pixels, Valid
from ..weighing import Weights
from .gap_network import NOTHING_SEEN, GapNetwork, flops_a_pixel, with_noise
from .holding_out import Hole
from .refining import Refinement, features, guess

# Squares that are learnt from, and how many in a step.
_TILE_PX, _BATCH = 64, 4
# Numbers of one core a second with a network of this size; so the length of a fit does not hang on a clock, and the
# same job gives the same bytes.
CORE_FLOPS = 1.5e10
# Forward, and backward for values and for weights.
_PASSES = 3
_LEARNING_RATE, _WARMUP = 4e-3, 0.1
_AVERAGE = 0.15
# Shares of the examples that carry noise, and the largest of them, where draws are to be learnt.
_NOISY, _MOST_NOISE = 0.6, 0.5
_LEAST_STEPS = 4
# Squares with less to learn in them are passed over.
_LEAST_PIXELS = 30


@dataclass(frozen=True)
class _Example:
    given: Pixels
    residual: Pixels
    inner: Valid
    missing: Valid


def steps_of(minutes: float, features_count: int, channels: int) -> int:
    """Steps that take about so many minutes on one core."""
    a_step = _PASSES * flops_a_pixel(features_count, channels) * _BATCH * _TILE_PX**2
    return max(int(minutes * 60 * CORE_FLOPS / a_step), _LEAST_STEPS)


def given_of(hole: Hole, weights: Weights, led: bool) -> tuple[Floats, Pixels]:
    """The mean of the other estimates [C, h, w], and what the network sees of a hole."""
    mean = guess(weights, hole.estimates, hole.distance, hole.there, led)
    where = (hole.missing, hole.known, hole.there, hole.distance)
    given = features(weights.ways, hole.truth, hole.estimates, mean, *where, hole.predictors)
    return mean, given


def fitting_refiner(
    holes: Sequence[Hole], weights: Weights, strength: Floats, led: bool, minutes: float, noisy: bool, seed: int
) -> Generator[Event, None, Refinement]:
    """Learn what the weighted mean of estimates misses.

    strength: [C], the deviation of the bands that a component stands for. noisy: whether draws are learnt too.
    """
    examples = []
    for hole in holes:
        mean, given = given_of(hole, weights, led)
        residual = np.where(hole.inner, hole.truth - mean, 0.0)
        examples.append(_Example(given, residual.astype(np.float32), hole.inner, hole.missing))
    squares = sum((each.residual.astype(np.float64) ** 2).sum(axis=(1, 2)) for each in examples)
    pixels = sum(int(each.inner.sum()) for each in examples)
    scale = np.sqrt(np.maximum(squares / max(pixels, 1), 1e-12))
    count, channels = examples[0].given.shape[0], len(scale)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = GapNetwork(count, channels)
    total = steps_of(minutes, count, channels)
    optimizer = build_optimizer("muon", network.parameters(), _LEARNING_RATE)
    average = WeightAverage(network, _AVERAGE)
    # Errors count as they do in the bands.
    importance = (strength * scale) ** 2
    worth = torch.from_numpy((importance / importance.mean()).astype(np.float32))[:, None, None]
    deviation = torch.from_numpy(scale.astype(np.float32))[:, None, None]
    for step in range(total):
        for group in optimizer.param_groups:
            group["lr"] = _LEARNING_RATE * _rate((step + 1) / total)
        given_px, normal, noise, residuals, counts = _batch(examples, step, noisy, seed)
        wanted = residuals / deviation
        seen = with_noise(wanted, normal, noise) * (noise > 0) * (noise < NOTHING_SEEN)
        off = network(given_px, seen, noise) - wanted
        loss = (off.square() * worth * counts).sum() / counts.sum().clamp(min=1.0) / channels
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        average.update(network, step + 1, 1)
        if step % 10 == 9 or step + 1 == total:
            yield Progress(step + 1, total, "step", "learning from holes in known places")
    network.load_state_dict(average.weights)
    network.eval()
    return Refinement(weights, scale, network)


def _batch(examples: Sequence[_Example], step: int, noisy: bool, seed: int) -> tuple[Tensor, ...]:
    """Given [B, F, t, t], noise, its share [B, 1, t, t], residuals, and where they count."""
    parts: list[list[NDArray[Any]]] = [[], [], [], [], []]
    for index in range(_BATCH):
        chance = tile_random(seed, step * _BATCH + index, 7)
        example, rows, columns = _square(examples, chance)
        given, residual = example.given[:, rows, columns], example.residual[:, rows, columns]
        inner, missing = example.inner[rows, columns], example.missing[rows, columns]
        symmetry = int(chance.integers(8))
        share = float(chance.uniform(0.02, _MOST_NOISE)) if noisy and chance.random() < _NOISY else NOTHING_SEEN
        normal = chance.standard_normal(residual.shape).astype(np.float32)
        # Where gaps are missing too, nothing tells what they hold: no noise is put on them.
        noise = np.where(inner, share, np.where(missing, NOTHING_SEEN, 0.0)).astype(np.float32)[None]
        turned = (given, normal, noise, residual, inner[None].astype(np.float32))
        for part, values in zip(parts, turned, strict=True):
            part.append(_squared(dihedral(values, "dihedral", symmetry)))
    return tuple(torch.from_numpy(np.stack(part)) for part in parts)


def _square(examples: Sequence[_Example], chance: np.random.Generator) -> tuple[_Example, slice, slice]:
    """A square of an example in which there is something to learn; the last that was tried, if there is none."""
    for _ in range(20):
        example = examples[int(chance.integers(len(examples)))]
        rows, columns = (
            slice(first := int(chance.integers(max(size - _TILE_PX, 0) + 1)), first + _TILE_PX)
            for size in example.inner.shape
        )
        if example.inner[rows, columns].sum() >= _LEAST_PIXELS:
            break
    return example, rows, columns


def _squared(values: NDArray[Any]) -> NDArray[Any]:
    """A part of a small raster, with zeros up to a whole square."""
    room = [(0, 0)] * (values.ndim - 2) + [(0, _TILE_PX - size) for size in values.shape[-2:]]
    return np.ascontiguousarray(np.pad(values, room))


def _rate(share: float) -> float:
    """Of the learning rate: up in the first steps, and down to 0 along a cosine."""
    return min(share / _WARMUP, 1.0) * 0.5 * (1 + float(np.cos(np.pi * min(share, 1.0))))
