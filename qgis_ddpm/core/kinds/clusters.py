"""Kinds of change by clusters of change vectors: k-means on a sample that places alone decide."""

from collections.abc import Sequence

import numpy as np
from scipy.cluster.vq import ClusterError, kmeans2

from ..raster.types import Bytes, Counts, Floats, Keys, Pixels
from .classes import Kind, cluster_kinds

# Change vectors that are clustered at most.
MAX_VECTORS = 1 << 16
STARTS, ITERATIONS = 8, 60


class VectorSample:
    """The change vectors of at most MAX_VECTORS pixels, those of the smallest keys, in the order of keys.

    So it is the same however pixels are read, and spread evenly over them.
    """

    def __init__(self, bands: int) -> None:
        self._keys = np.zeros(0, dtype=np.uint64)
        self._vectors = np.zeros((0, bands), dtype=np.float32)

    def wanted(self, keys: Keys) -> bool:
        """Whether pixels of some of these keys would belong to it."""
        return len(self._keys) < MAX_VECTORS or bool((keys < self._keys[-1]).any())

    def add(self, keys: Keys, vectors: Pixels) -> None:
        """Look at pixels: keys uint64 [N], vectors float32 [N, C]."""
        all_keys = np.concatenate([self._keys, keys])
        order = np.argsort(all_keys, kind="stable")[:MAX_VECTORS]
        self._keys, self._vectors = all_keys[order], np.concatenate([self._vectors, vectors])[order]

    @property
    def vectors(self) -> Pixels:
        """float32 [N, C]."""
        return self._vectors


class ClusterKinds:
    """Kinds by the nearest centre; `KindsOfChange`. Kind 1 is the most frequent in the sample."""

    def __init__(self, sample: Pixels, noise: Floats, classes: int, seed: int) -> None:
        """Cluster a sample.

        Args:
            sample: change vectors float32 [N, C].
            noise: float64 [C], how much each band differs where nothing changed.
            classes: at most so many kinds; fewer where the sample has fewer different vectors.
            seed: of the starts.
        """
        self._noise = noise
        points = self._points(sample)
        self._centres = cluster(points, classes, seed) if len(points) else points
        self.kinds: Sequence[Kind] = cluster_kinds(len(self._centres))

    def classify(self, before: Pixels, after: Pixels, matched: Pixels) -> Bytes:
        """Numbers uint8 [N] of changed pixels float32 [N, C]."""
        points = self._points(matched - before)
        distances = [np.square(points - centre).sum(axis=1) for centre in self._centres]
        nearest: Counts = np.argmin(distances, axis=0)
        return (nearest + 1).astype(np.uint8)

    def _points(self, vectors: Pixels) -> Floats:
        """Vectors in units of noise, their length drawn in: a kind is a direction more than a size."""
        scaled = vectors / self._noise
        length = np.sqrt(np.square(scaled).sum(axis=1, keepdims=True))
        points: Floats = scaled * (np.log1p(length) / np.maximum(length, 1e-12))
        return points


def cluster(points: Floats, classes: int, seed: int) -> Floats:
    """Centres float64 [K, C] by k-means, the one with the most points first; K is at most `classes`.

    points: float64 [N, C] with N >= 1. The best of STARTS starts by k-means++ (Arthur and Vassilvitskii 2007).
    """
    rng = np.random.default_rng(seed)
    classes = min(classes, len(np.unique(points, axis=0)))
    best, least = points[:1], np.inf
    for _ in range(STARTS):
        try:
            centres, labels = kmeans2(points, _start(points, classes, rng), ITERATIONS, minit="matrix", missing="raise")
        except ClusterError:
            continue
        spread = float(np.square(points - centres[labels]).sum())
        if spread < least:
            best, least = centres[np.argsort(-np.bincount(labels, minlength=classes), kind="stable")], spread
    return best


def _start(points: Floats, classes: int, rng: np.random.Generator) -> Floats:
    chosen = [points[rng.integers(len(points))]]
    distances = np.square(points - chosen[0]).sum(axis=1)
    while len(chosen) < classes:
        sums = np.cumsum(distances)
        chosen.append(points[np.searchsorted(sums, rng.random() * sums[-1], side="right").clip(max=len(points) - 1)])
        distances = np.minimum(distances, np.square(points - chosen[-1]).sum(axis=1))
    return np.array(chosen)
