"""The head that learns most from few pairs: differences of all scales summed from coarse to fine, by several members.

Each scale is brought to a few channels as it differs: which way, and by how much. Every member sees local means of the
bands, over 2 to 32 px. Some see besides the maps of the frozen model, or those of an encoder (Siamese: Daudt
et al. 2018, arXiv 1810.08462). Plain members see no more, and carry what is plain to other places: a field that
was built over is brighter everywhere. Members are trained on other pairs each, and the mean of their probabilities
decides: what one has learnt by heart the others do not know. Sums from coarse to fine as of feature pyramids (Lin et
al. 2017, arXiv 1612.03144). Borders are repeated, so that a date against itself is one constant.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .base import LEAST_SQUARE, ChangeHead, DateMaps, with_size

# Sides of the squares, in pixels, over which bands are averaged.
SQUARES = (2, 4, 8, 16, 32)
# Rises of bands are small beside maps, which are scaled to 1.
_RISE_SCALE = 3.0
# Where change is rare, a fresh head says so: a probability of about an eighth.
_RARE = 2.0
# Plain members have so many votes: chosen in benchmarks/heads.py.
PLAIN_VOTES = 2
_LEAST_PROBABILITY = 1e-6


class TopDownHead(ChangeHead):
    """Logits from differences at all scales, by the mean probability of all members.

    levels: maps of the model to read, coarsest first, which may be none. channels, strides: of these maps; strides in
    pixels, of SQUARES. own: channels of an encoder at the first of SQUARES, instead of maps. bands: of the images.
    width: channels of the sums. members: how many see maps or have an encoder; plain: how many do not. `scale_*`: what
    each channel of a map is multiplied by, so that all are about 1 in size.
    """

    adds_noise = False
    lr_scale = 2 / 3
    bands: int

    def __init__(
        self,
        levels: Sequence[int],
        channels: Sequence[int],
        strides: Sequence[int],
        noise_levels: int,
        bands: int,
        width: int,
        own: Sequence[int] = (),
        members: int = 1,
        plain: int = 0,
    ) -> None:
        super().__init__()
        if not len(levels) == len(channels) == len(strides) or not set(strides) <= set(SQUARES):
            raise ValueError(f"{len(levels)} levels, {len(channels)} channels, strides {strides}")
        if len(set(strides)) != len(strides) or len(own) > len(SQUARES):
            raise ValueError(f"strides {strides}, encoder {own}")
        if not (0 <= members <= 20 and 0 <= plain <= 20 and members + plain) or not 1 <= width <= 1 << 12:
            raise ValueError(f"{members} and {plain} members, width {width}")
        self.levels, self.level_channels, self.bands = list(levels), list(channels), bands
        self._strides = list(strides)
        for number, read in enumerate(channels):
            self.register_buffer(f"scale_{number}", torch.ones(noise_levels * read))
        reads = {stride: noise_levels * read for stride, read in zip(strides, channels, strict=True)}
        self.members = nn.ModuleList(_Member(reads, own, bands, width) for _ in range(members))
        self.plain = nn.ModuleList(_Member({}, (), bands, width) for _ in range(plain))
        self.votes = members + PLAIN_VOTES * plain

    @property
    def layers(self) -> list[str]:
        """Names of the layers that give the log odds, of each member in turn."""
        kinds = ("members", self.members), ("plain", self.plain)
        return [f"{kind}.{number}.classify" for kind, members in kinds for number in range(len(members))]

    def gather(self, before: DateMaps, after: DateMaps, images: tuple[Tensor, Tensor]) -> list[Tensor]:
        """The maps of both dates, level by level; then both images."""
        return [*super().gather(before, after, images), *images]

    def set_channel_scale(self, mean_squares: Sequence[Tensor]) -> None:
        """Scale each channel of a map by its root mean square on training tiles, of both dates."""
        for number in range(len(self.levels)):
            first, second = mean_squares[2 * number : 2 * number + 2]
            self.get_buffer(f"scale_{number}").copy_(torch.rsqrt((first + second) / 2 + LEAST_SQUARE))

    def decide(self, gathered: Sequence[Tensor]) -> Tensor:
        """Logits [B, 2, H, W], with further rows and columns where the window was no whole number of squares."""
        mean = torch.stack(self.vote(gathered)).mean(dim=0)
        return two_classes(torch.logit(mean.clamp(_LEAST_PROBABILITY, 1 - _LEAST_PROBABILITY)))

    def vote(self, gathered: Sequence[Tensor]) -> list[Tensor]:
        """The probability [B, 1, H, W] of each member, of plain ones several times."""
        found = [torch.sigmoid(log_odds) for log_odds in self.each(gathered)]
        return [*found, *found[len(self.members) :] * (PLAIN_VOTES - 1)]

    def each(self, gathered: Sequence[Tensor]) -> list[Tensor]:
        """Log odds [B, 1, H, W] of each member, the plain ones last."""
        before, after = dates = gathered[-2:]
        rises = {}
        for number, stride in enumerate(self._strides if self.members else ()):
            scale = self.get_buffer(f"scale_{number}")[:, None, None]
            rises[stride] = with_size((gathered[2 * number + 1] - gathered[2 * number]) * scale)
        bands = _rises_of_bands(before, after)
        return [
            *(member(bands, rises, dates) for member in self.members),
            *(member(bands, {}, dates) for member in self.plain),
        ]

    def stride(self, strides: Sequence[int]) -> int:
        """It answers for each pixel."""
        return 1


def two_classes(log_odds: Tensor) -> Tensor:
    """Class logits [B, 2, h, w] of the log odds of change [B, 1, h, w]."""
    return torch.cat([torch.zeros_like(log_odds), log_odds], dim=1)


def together(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The weights of one head with the members of several, each of which has one of a kind."""
    joined = {name: value for name, value in states[0].items() if name.startswith("scale_")}
    for number, state in enumerate(states):
        for name, value in state.items():
            kind, _, rest = name.partition(".0.")
            if rest:
                joined[f"{kind}.{number}.{rest}"] = value
    return joined


def _rises_of_bands(before: Tensor, after: Tensor) -> dict[int, Tensor]:
    """By how much local means of bands [B, C, H, W] rose, and the size of it, by the side of the squares."""
    rise = _RISE_SCALE * _to_whole_squares(after - before)
    found = {}
    for side in SQUARES:
        rise = F.avg_pool2d(rise, 2)
        found[side] = with_size(rise)
    return found


def _to_whole_squares(image: Tensor) -> Tensor:
    """An image with its last row and column repeated, so that the largest squares fit."""
    bottom, right = (-side % SQUARES[-1] for side in image.shape[-2:])
    return F.pad(image, (0, right, 0, bottom), mode="replicate") if bottom or right else image


class _Member(nn.Module):
    """One set of weights. reads: channels of the model's maps by their stride."""

    def __init__(self, reads: Mapping[int, int], own: Sequence[int], bands: int, width: int) -> None:
        super().__init__()
        self.encoder = _DateEncoder(bands, own) if own else None
        mine = dict(zip(SQUARES, own, strict=False))
        self.enter, self.mix = nn.ModuleList(), nn.ModuleList()
        for side in reversed(SQUARES):
            seen = bands + reads.get(side, 0) + mine.get(side, 0)
            self.enter.append(nn.Conv2d(2 * seen, width, 1))
            self.mix.append(_filter(width, width))
        self.classify = nn.Conv2d(width, 1, 1)
        nn.init.constant_(self.classify.bias, -_RARE)  # type: ignore[arg-type]

    def forward(self, bands: Mapping[int, Tensor], maps: Mapping[int, Tensor], dates: Sequence[Tensor]) -> Tensor:
        """The log odds of change [B, 1, H, W]. bands, maps: by how much they rose, by stride."""
        mine = {} if self.encoder is None else self.encoder(*dates)
        h: Tensor | None = None
        for side, enter, mix in zip(reversed(SQUARES), self.enter, self.mix, strict=True):
            seen = [bands[side], *(_fitted(each[side], bands[side]) for each in (maps, mine) if side in each)]
            entered = enter(torch.cat(seen, dim=1))
            if h is not None:
                entered = entered + F.interpolate(h, scale_factor=2.0, mode="bilinear", align_corners=False)
            h = F.relu(entered)
            h = h + F.relu(mix(h))
        return F.interpolate(self.classify(h), scale_factor=float(SQUARES[0]), mode="bilinear", align_corners=False)


class _DateEncoder(nn.Module):
    """Two convolutions a scale, from the bands of one date in squares of two pixels."""

    def __init__(self, bands: int, widths: Sequence[int]) -> None:
        super().__init__()
        self.scales = nn.ModuleList()
        for read, width in zip((bands * SQUARES[0] ** 2, *widths), widths, strict=False):
            self.scales.append(nn.Sequential(_filter(read, width), nn.ReLU(), _filter(width, width), nn.ReLU()))

    def forward(self, before: Tensor, after: Tensor) -> dict[int, Tensor]:
        """By how much what it sees of [B, C, H, W] rose, and the size of it, by stride."""
        h = F.pixel_unshuffle(_to_whole_squares(torch.cat([before, after])), SQUARES[0])
        found = {}
        for number, (side, scale) in enumerate(zip(SQUARES, self.scales, strict=False)):
            h = scale(F.avg_pool2d(h, 2) if number else h)
            first, second = h.chunk(2)
            found[side] = with_size(second - first)
        return found


def _fitted(maps: Tensor, like: Tensor) -> Tensor:
    """Maps of a window that was no whole number of squares, with their last row and column repeated."""
    bottom, right = (want - have for want, have in zip(like.shape[-2:], maps.shape[-2:], strict=True))
    return F.pad(maps, (0, right, 0, bottom), mode="replicate") if bottom or right else maps


def _filter(channels: int, out: int) -> nn.Conv2d:
    return nn.Conv2d(channels, out, 3, padding=1, padding_mode="replicate")
