"""Floats of tiles of any bands: a small network that learns on the real tiles at hand what sets tiles apart.

Nothing is downloaded. The network learns two tasks at once, without labels. It tells a tile from all others when parts
of it are hidden and it is shifted (SimCLR, Chen et al. 2020): what is shown. And it tells which fault was put on a tile
(blur, noise, exchanged bands, ...): how it is shown. The first task alone overlooks weak blur and noise, the second
alone also tells unseen real tiles from real ones (docs/assessing-tiles.md has the figures). The same tiles and seed
give the same network.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from ..progress import value_of
from ..raster.types import Floats, Pixels
from .corruptions import corrupted, corruptions

Task = Literal["which tile", "which fault"]
Mark = TypeVar("Mark")

TASKS: tuple[Task, ...] = ("which tile", "which fault")
WIDTHS = (24, 48, 96, 128)
OUTPUTS = 64
# Floats that are kept: as many tiles have to stand behind each as give its spread.
MAX_FEATURES = 48
TILES_A_FEATURE = 4
STEPS = 150
TILES_A_STEP = 64
LEARNING_RATE = 2e-3
WEIGHT_DECAY = 0.05
TEMPERATURE = 0.2
# The network sees crops of larger tiles in training and all of them afterwards.
TRAINING_PX = 64
HIDDEN_SHARE = 0.3
APPLIED_PIXELS = 1 << 19


class TileNetwork(nn.Module):
    """Convolutions down to a few pixels, then mean and spread of each channel over the tile, mixed into the outputs."""

    def __init__(self, channels: int, tile_px: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for width in WIDTHS:
            stride = 2 if tile_px >= 8 else 1
            tile_px = -(-tile_px // stride)
            layers += [nn.Conv2d(channels, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width), nn.LeakyReLU(0.1)]
            channels = width
        self.body = nn.Sequential(*layers)
        self.mix = nn.Linear(2 * channels, OUTPUTS)

    def forward(self, tiles: Tensor) -> Tensor:
        """Tiles [n, C, t, t] to outputs [n, 64]."""
        maps = self.body(tiles)
        spread = (maps.var(dim=(2, 3), unbiased=False) + 1e-4).sqrt()
        outputs: Tensor = self.mix(torch.cat([maps.mean(dim=(2, 3)), spread], dim=1))
        return outputs


@dataclass(frozen=True)
class TileFeatures:
    """A network that has learnt, with the scaling of its input and the turning of its outputs into features."""

    network: TileNetwork
    device: torch.device
    mean: Pixels
    deviation: Pixels
    centre: Floats
    axes: Floats

    def __call__(self, tiles: Pixels) -> Floats:
        """Features float64 [N, D] of tiles [N, C, t, t] in the numbers of the tiles it was learnt on."""
        return value_of(self.of(tiles))

    def of(self, tiles: Pixels) -> Generator[None, None, Floats]:
        """The same, yielding between two parts."""
        outputs = yield from _apply(self.network, (tiles - self.mean) / self.deviation, self.device, None)
        # Far tiles are drawn in, so that a few of them do not decide over a distance.
        features: Floats = np.arcsinh((outputs - self.centre) @ self.axes)
        return features


def scaling_of(tiles: Pixels) -> tuple[Pixels, Pixels]:
    """Mean and deviation of each band of tiles [N, C, t, t], both [C, 1, 1]; a constant band has deviation 1."""
    mean = tiles.mean(axis=(0, 2, 3), dtype=np.float64).astype(np.float32)[:, None, None]
    deviation = tiles.std(axis=(0, 2, 3), dtype=np.float64).astype(np.float32)[:, None, None]
    deviation[deviation == 0] = 1
    return mean, deviation


def learn_features(
    tiles: Pixels, seed: int, device: torch.device, steps: int = STEPS, tasks: Sequence[Task] = TASKS
) -> Generator[tuple[int, int], None, TileFeatures]:
    """Learn features on real tiles [N, C, t, t], N >= 8, any numbers; yields (steps done, steps) after each step.

    tasks: what is learnt; none leaves the network with its first, random weights.
    """
    mean, deviation = scaling_of(tiles)
    scaled = (tiles - mean) / deviation
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = TileNetwork(tiles.shape[1], min(tiles.shape[2], TRAINING_PX))
        heads = _Heads(tiles.shape[1])
    network.to(device)
    heads.to(device)
    if tasks:
        yield from _train(network, heads, torch.from_numpy(scaled), seed, device, steps, tasks)
    outputs = yield from _apply(network.eval(), scaled, device, (steps, steps))
    centre, axes = _whitening(outputs)
    return TileFeatures(network, device, mean, deviation, centre, axes)


class _Heads(nn.Module):
    """What is asked of the outputs in training."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.which_fault = nn.Sequential(nn.ReLU(), nn.Linear(OUTPUTS, len(corruptions(channels)) + 1))
        self.which_tile = nn.Sequential(nn.ReLU(), nn.Linear(OUTPUTS, OUTPUTS))


def _train(
    network: TileNetwork,
    heads: _Heads,
    tiles: Tensor,
    seed: int,
    device: torch.device,
    steps: int,
    tasks: Sequence[Task],
) -> Generator[tuple[int, int], None, None]:
    random = torch.Generator().manual_seed(seed)
    parameters = [*network.parameters(), *heads.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, steps)
    for step in range(steps):
        batch = _cropped(_drawn(tiles, random), random)
        loss = torch.zeros((), device=device)
        if "which fault" in tasks:
            faulty, numbers = corrupted(batch, random)
            loss = loss + F.cross_entropy(heads.which_fault(network(faulty.to(device))), numbers.to(device))
        if "which tile" in tasks:
            views = torch.cat([_part(batch, random), _part(batch, random)])
            loss = loss + _apart(heads.which_tile(network(views.to(device))))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        rate.step()
        yield step + 1, steps


def _drawn(tiles: Tensor, random: torch.Generator) -> Tensor:
    """Different tiles, as many as a step takes where there are so many."""
    return tiles[torch.randperm(len(tiles), generator=random)[:TILES_A_STEP]]


def _cropped(tiles: Tensor, random: torch.Generator) -> Tensor:
    side = min(tiles.shape[-1], TRAINING_PX)
    row, col = (int(torch.randint(0, tiles.shape[-1] - side + 1, (1,), generator=random)) for _ in range(2))
    return tiles[:, :, row : row + side, col : col + side]


def _part(tiles: Tensor, random: torch.Generator) -> Tensor:
    """The tiles shifted by up to an eighth of their side, with squares of a quarter hidden at random."""
    side = tiles.shape[-1]
    reach = max(side // 8, 1)
    row, col = (int(torch.randint(0, 2 * reach + 1, (1,), generator=random)) for _ in range(2))
    shifted = F.pad(tiles, (reach,) * 4, mode="reflect")[:, :, row : row + side, col : col + side]
    squares = torch.rand(len(tiles), 1, 4, 4, generator=random) > HIDDEN_SHARE
    return shifted * F.interpolate(squares.float(), size=(side, side))


def _apart(outputs: Tensor) -> Tensor:
    """Cross entropy of finding the other view of each tile among all: SimCLR, equation 1."""
    unit = F.normalize(outputs, dim=1)
    alike = unit @ unit.T / TEMPERATURE
    alike = alike.masked_fill(torch.eye(len(unit), dtype=torch.bool, device=unit.device), float("-inf"))
    return F.cross_entropy(alike, torch.arange(len(unit), device=unit.device).roll(len(unit) // 2))


def _apply(network: TileNetwork, tiles: Pixels, device: torch.device, mark: Mark) -> Generator[Mark, None, Floats]:
    """Outputs float64 [N, 64] of scaled tiles; yields `mark` between two parts."""
    count = max(1, APPLIED_PIXELS // tiles[0, 0].size)
    outputs: list[NDArray[np.float32]] = []
    for first in range(0, len(tiles), count):
        if first:
            yield mark
        with torch.inference_mode():
            outputs.append(network(torch.from_numpy(tiles[first : first + count]).to(device)).cpu().numpy())
    return np.concatenate(outputs).astype(np.float64)


def _whitening(outputs: Floats) -> tuple[Floats, Floats]:
    """Centre [64] and axes [64, D] that give the outputs of real tiles deviation 1 in D uncorrelated features."""
    centre = outputs.mean(axis=0)
    _, deviations, directions = np.linalg.svd((outputs - centre) / np.sqrt(len(outputs)), full_matrices=False)
    count = max(2, min(MAX_FEATURES, len(outputs) // TILES_A_FEATURE))
    count = min(count, int(np.count_nonzero(deviations > 1e-6 * deviations[0])) or 1)
    return centre, directions[:count].T / deviations[:count].clip(min=1e-12)
