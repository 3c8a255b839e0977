"""Ways to detect change after as much processor time each, by the number of labelled pairs.

    OMP_NUM_THREADS=1 python -m benchmarks.equal_time DATA --cpu-seconds 40

DATA: the folder of real imagery. With 1, 2, 4 and 8 pairs of SZTAKI AirChange each way is trained for so many seconds
of processor time, features and figures on the way included; a step that has begun is ended. `detectchanges` then maps
the two pairs that none has seen, one of each place, with windows that meet (OVERLAP_PX 0). F1 at the threshold of the
detector itself, and at the best one, which no user has. IR-MAD has no labels and no training.
"""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from benchmarks.detector_figures import MODEL
from benchmarks.foundation_curve import COUNTS, PAIRS, with_random_weights, without_answers
from benchmarks.left_out_pairs import figures_of_maps, link_pairs
from qgis_ddpm.core.detector import save_detector
from qgis_ddpm.core.detector_training.run import plan, prepare
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.jobs import TrainDetector

# Of each way the head, where its model comes from, and what else its job says.
WAYS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "topdown": ("topdown", "trained", {}),
    "topdown, tuned": ("topdown", "trained", {"tune": True}),
    "topdown on random weights": ("topdown", "random", {}),
    "topdown on the spectrum alone": ("topdown", "spectrum", {}),
    "linear": ("linear", "trained", {"cached_tiles": 280}),
    "siamese": ("siamese", "none", {}),
    "irmad": ("irmad", "none", {}),
}
UNSEEN = ("szada_6", "tisza_40")
# A length that none of them reaches; only the clock ends it.
_NO_END = 10**6


def main() -> None:
    """Train each way, map, and print a row for each number of pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cpu-seconds", type=float, default=60)
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--unseen", nargs="+", default=UNSEEN)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    change = given.data.resolve() / "change"
    print("| labelled pairs | way | CPU s | " + " | ".join(f"{each}, own; best" for each in given.unseen), end="")
    print(" | mean own | mean best |\n|---:|---|---:|" + "---:|" * (len(given.unseen) + 2), flush=True)
    for count in given.counts:
        seen = [pair for pair in PAIRS if pair not in given.unseen][:count]
        for way in given.ways:
            with tempfile.TemporaryDirectory() as name:
                fields, took = _trained(way, Path(name), change, seen, given)
                rows = [figures_of_maps(change, pair, Path(name), {"overlap_px": 0, **fields}) for pair in given.unseen]
            cells = " | ".join(f"{own:.2f}; {best:.2f}" for own, best, _ in rows)
            means = " | ".join(f"{mean:.3f}" for mean in np.mean(rows, axis=0)[:2])
            print(f"| {count} | {way} | {took:.0f} | {cells} | {means} |", flush=True)


def _trained(
    way: str, folder: Path, change: Path, seen: list[str], given: argparse.Namespace
) -> tuple[dict[str, str], float]:
    """What a map takes to be made this way, and processor seconds of its training."""
    head, source, more = WAYS[way]
    if head == "irmad":
        return {"method": "irmad"}, 0.0
    link_pairs(change, folder, seen)
    made = {"trained": lambda _: MODEL, "random": lambda t: with_random_weights(MODEL, t)}
    made["spectrum"] = lambda t: without_answers(MODEL, t)
    model = None if source == "none" else str(made[source](folder / "model.safetensors"))
    detector = str(folder / "detector.safetensors")
    fields = {"folder": str(folder), "head": head, "detector": detector, "seed": given.seed, **more}
    job = TrainDetector(model=model, tiles=_NO_END, device="cpu", **fields)
    started = process_time()
    with ExitStack() as stack:
        loop = value_of(prepare(value_of(plan(job, stack)), stack))
        while not loop.tiles_seen or process_time() - started < given.cpu_seconds:
            value_of(loop.step())
        # Measured once, at the end.
        loop.budget.tiles = loop.tiles_seen
        value_of(loop.evaluate())
        found = loop.select()
        assert found is not None
        save_detector(detector, found.weights, found.card)
    took = process_time() - started
    own = found.card.own_model is not None
    return {"detector": detector} if own else {"detector": detector, "model": str(model)}, took


if __name__ == "__main__":
    main()
