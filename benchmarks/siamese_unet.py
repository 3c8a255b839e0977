"""A small Siamese U-Net for change, trained from nothing: what a detector on pre-trained features is held against.

FC-Siam-diff (Daudt et al. 2018, Fully convolutional Siamese networks for change detection): one encoder for both dates,
whose absolute differences are the skips of the decoder. It learns on the very tiles of a detector's training, with the
same loss, and is measured on the same validation tiles in the same way.
"""

from itertools import pairwise
from time import process_time

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from qgis_ddpm.core.detector_training.calibration import LogitCounts
from qgis_ddpm.core.detector_training.labelled_pairs import CHANGED
from qgis_ddpm.core.detector_training.plan import DetectorTrainingPlan
from qgis_ddpm.core.detector_training.trainer import change_loss

WIDTHS = (16, 32, 64, 128)
BATCH = 16
LEARNING_RATE = 1e-3
EVALUATIONS = 4


class SiameseUNet(nn.Module):
    """Four levels of two convolutions each; 0.5 M parameters."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        before = (channels, *WIDTHS[:-1])
        self.down = nn.ModuleList(_pair(a, b) for a, b in zip(before, WIDTHS, strict=True))
        self.up = nn.ModuleList(_pair(a + b, a) for a, b in pairwise(WIDTHS))
        self.classify = nn.Conv2d(WIDTHS[0], 2, 1)

    def forward(self, before: Tensor, after: Tensor) -> Tensor:
        """Logits [B, 2, H, W] of two dates [B, C, H, W]."""
        h = torch.cat([before, after])
        differences = []
        for level, block in enumerate(self.down):
            h = block(functional.max_pool2d(h, 2) if level else h)
            first, second = h.chunk(2)
            differences.append((first - second).abs())
        found = differences.pop()
        for block in reversed(self.up):
            found = block(torch.cat([differences.pop(), functional.interpolate(found, scale_factor=2.0)], dim=1))
        logits: Tensor = self.classify(found)
        return logits


def f1_from_scratch(plan: DetectorTrainingPlan, chosen: NDArray[np.int64], seed: int, cpu_seconds: float) -> float:
    """The highest F1 on the validation tiles of a network that learns on some tiles, for some seconds of CPU time."""
    stop = process_time() + cpu_seconds
    torch.manual_seed(seed)
    network = SiameseUNet(len(plan.model.card.bands)).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=1e-4)
    training, validation = chosen.tolist(), range(len(plan.training), len(plan.tiles))
    tiles = [plan.tile(number) for number in (*training, *validation)]
    before, after, labels = (
        torch.from_numpy(np.stack([getattr(t, k) for t in tiles])) for k in ("before", "after", "labels")
    )
    has_change = (labels[: len(training)] == CHANGED).flatten(1).any(dim=1).numpy()
    classes = [part for part in (np.flatnonzero(has_change), np.flatnonzero(~has_change)) if len(part)]
    random = np.random.default_rng(seed)
    best, begun = 0.0, process_time()
    marks = [begun + (stop - begun) * (n + 1) / EVALUATIONS for n in range(EVALUATIONS)]
    while marks:
        network.train()
        while process_time() < marks[0]:
            batch = [int(random.choice(classes[random.integers(len(classes))])) for _ in range(BATCH)]
            loss = change_loss(network(before[batch], after[batch]), labels[batch])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        marks.pop(0)
        started = process_time()
        network.eval()
        counts = LogitCounts()
        with torch.no_grad():
            for part in torch.arange(len(training), len(tiles)).split(64):
                counts.add(network(before[part], after[part]), labels[part])
        best = max(best, counts.best()[0])
        # Being measured is not part of its time.
        marks = [mark + process_time() - started for mark in marks]
    return best


def _pair(channels: int, out: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for width in (channels, out):
        layers += [nn.Conv2d(width, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU()]
    return nn.Sequential(*layers)
