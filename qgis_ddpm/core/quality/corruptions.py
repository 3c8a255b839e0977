"""Faults that synthetic tiles can have, put on real ones: what a network has to tell apart to measure likeness.

Tiles are float32 [n, C, t, t] with mean 0 and deviation 1 in each band. Every corruption draws its strength anew for
each tile, down to where it can hardly be seen.
"""

from collections.abc import Callable

import torch
from torch import Generator, Tensor
from torch.nn import functional as F

Corruption = Callable[[Tensor, Generator], Tensor]

# Pixels on each side of the blur's kernel; twice its largest deviation.
BLUR_REACH_PX = 4


def blurred(tiles: Tensor, random: Generator) -> Tensor:
    """Gaussian blur of 0.3 to 2 px."""
    count, channels, height, width = tiles.shape
    deviation = 0.3 + 1.7 * torch.rand(count, 1, generator=random)
    offsets = torch.arange(-BLUR_REACH_PX, BLUR_REACH_PX + 1)
    kernel = torch.exp(-0.5 * (offsets / deviation) ** 2)
    kernel = (kernel / kernel.sum(dim=1, keepdim=True)).repeat_interleave(channels, dim=0)[:, None]
    # One group a tile and band: each has a kernel of its own.
    padded = F.pad(tiles.reshape(1, -1, height, width), (BLUR_REACH_PX,) * 4, mode="replicate")
    rows = F.conv2d(padded, kernel[..., None], groups=count * channels)
    return F.conv2d(rows, kernel[:, :, None], groups=count * channels).reshape(tiles.shape)


def noisy(tiles: Tensor, random: Generator) -> Tensor:
    """White noise of 0.02 to 0.4 deviations."""
    strength = 0.02 + 0.38 * torch.rand(len(tiles), 1, 1, 1, generator=random)
    return tiles + strength * torch.randn(tiles.shape, generator=random)


def bands_exchanged(tiles: Tensor, random: Generator) -> Tensor:
    """The bands in another order."""
    order = torch.rand(tiles.shape[:2], generator=random).argsort(dim=1)
    return tiles.gather(1, order[:, :, None, None].expand_as(tiles))


def stretched(tiles: Tensor, random: Generator) -> Tensor:
    """Other contrast and brightness in each band."""
    shape = (*tiles.shape[:2], 1, 1)
    gain = torch.exp(torch.rand(shape, generator=random) - 0.5)
    return tiles * gain + torch.rand(shape, generator=random) - 0.5


def pieces_shuffled(tiles: Tensor, random: Generator) -> Tensor:
    """The tile cut into 2 x 2 to 4 x 4 pieces that change places: texture stays, arrangement goes."""
    side = int(torch.randint(2, 5, (1,), generator=random))
    count, channels, height, width = tiles.shape
    piece = (height // side, width // side)
    area = tiles[:, :, : piece[0] * side, : piece[1] * side]
    pieces = area.reshape(count, channels, side, piece[0], side, piece[1]).permute(0, 2, 4, 1, 3, 5)
    pieces = pieces.reshape(count, side * side, -1)
    order = torch.rand(pieces.shape[:2], generator=random).argsort(dim=1)
    pieces = pieces.gather(1, order[:, :, None].expand_as(pieces))
    area = pieces.reshape(count, side, side, channels, *piece).permute(0, 3, 1, 4, 2, 5)
    shuffled = tiles.clone()
    shuffled[:, :, : piece[0] * side, : piece[1] * side] = area.reshape(count, channels, piece[0] * side, -1)
    return shuffled


def random_dihedral(tiles: Tensor, random: Generator) -> Tensor:
    """Turned or mirrored; told apart only where the data have an up and a down, as digits do."""
    symmetry = int(torch.randint(1, 8, (1,), generator=random))
    rotated = torch.rot90(tiles, symmetry % 4, (2, 3))
    return rotated.flip(3) if symmetry >= 4 else rotated


def corruptions(channels: int) -> tuple[Corruption, ...]:
    """Those that mean something for so many bands."""
    several = (bands_exchanged,) if channels > 1 else ()
    return (blurred, noisy, stretched, pieces_shuffled, random_dihedral, *several)


def corrupted(tiles: Tensor, random: Generator) -> tuple[Tensor, Tensor]:
    """Each tile with one corruption or none, and its number, int64 [n]: 0 for none, else from 1 on."""
    choices = corruptions(tiles.shape[1])
    numbers = torch.randint(0, len(choices) + 1, (len(tiles),), generator=random)
    result = tiles.clone()
    for number, corrupt in enumerate(choices, start=1):
        (members,) = torch.nonzero(numbers == number, as_tuple=True)
        if len(members):
            result[members] = corrupt(tiles[members], random)
    return result, numbers
