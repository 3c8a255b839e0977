"""A judge for synthetic digits: a classifier of MNIST digits that no generative model here was trained on.

    python -m benchmarks.digit_classifier --data ../shared/data

It learns on training digits 10,000 to 49,999, in about a minute, and is kept under build/. Its features of samples are
compared with those of the digits 50,000 to 59,999, which neither it nor a model has seen.
"""

import argparse
import gzip
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from qgis_ddpm.core.quality.metrics import frechet_distance, kernel_distance
from qgis_ddpm.core.raster.images import open_folder

CACHE = Path(__file__).resolve().parent.parent / "build" / "digit_classifier.pt"
LEARNT = slice(10_000, 50_000)
HELD_OUT = slice(50_000, 60_000)
EPOCHS = 4
BATCH = 100

Digits = NDArray[np.uint8]


class DigitClassifier(nn.Module):
    """Three convolutions, 128 features, ten classes."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.Flatten()),
            *(nn.Linear(64 * 7 * 7, 128), nn.ReLU()),
        )
        self.classes = nn.Linear(128, 10)

    def forward(self, digits: Tensor) -> Tensor:
        """Digits [n, 1, 28, 28] in 0..1 to logits [n, 10]."""
        logits: Tensor = self.classes(nn.functional.dropout(self.body(digits), 0.3, self.training))
        return logits

    def features(self, digits: Digits) -> NDArray[np.float64]:
        """Features float64 [N, 128] of digits [N, 28, 28]."""
        return self._apply(digits, self.body).astype(np.float64)

    def confidence(self, digits: Digits) -> NDArray[np.float32]:
        """The probability of the likeliest class of each digit [N, 28, 28]."""
        return self._apply(digits, lambda batch: self(batch).softmax(dim=1).amax(dim=1))

    def _apply(self, digits: Digits, function) -> NDArray[np.float32]:  # type: ignore[no-untyped-def]
        with torch.inference_mode():
            parts = [function(as_input(digits[first : first + 1000])) for first in range(0, len(digits), 1000)]
        return torch.cat(parts).numpy()


def open_digits(data: Path) -> tuple[Digits, NDArray[np.int64]]:
    """The 60,000 training digits uint8 [N, 28, 28] and their labels."""
    digits = open_folder(str(data / "mnist")).digits
    assert digits is not None
    with gzip.open(data / "mnist" / "train-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    return digits, labels.astype(np.int64)


def as_input(digits: Digits) -> Tensor:
    """Digits uint8 [N, 28, 28] as float32 [N, 1, 28, 28] in 0..1."""
    return torch.from_numpy(digits[:, None].astype(np.float32) / 255)


def load_classifier(data: Path) -> DigitClassifier:
    """The classifier, trained where it is not kept yet; ready for use."""
    network = DigitClassifier()
    if CACHE.is_file():
        network.load_state_dict(torch.load(CACHE, weights_only=True))
        return network.eval()
    digits, labels = open_digits(data)
    _train(network, digits[LEARNT], torch.from_numpy(labels[LEARNT]))
    CACHE.parent.mkdir(exist_ok=True)
    torch.save(network.state_dict(), CACHE)
    return network.eval()


def judge(samples: Digits, classifier: DigitClassifier, held_out: Digits) -> dict[str, float]:
    """FD and KID of samples to held-out digits; how sure the classifier is of them, and of their mirror images.

    legible: share that the classifier is sure of by 0.9. mirrored: share of which it is surer when they are mirrored.
    """
    real, fake = classifier.features(held_out), classifier.features(samples)
    confidence = classifier.confidence(samples)
    mirrored = classifier.confidence(np.ascontiguousarray(samples[:, :, ::-1]))
    return {
        "FD": frechet_distance(real, fake),
        "KID": kernel_distance(real, fake),
        "legible": float(np.mean(confidence > 0.9)),
        "mirrored": float(np.mean(mirrored > confidence)),
    }


def _train(network: DigitClassifier, digits: Digits, labels: Tensor) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        for module in network.modules():
            if isinstance(module, (nn.Conv2d, nn.Linear)):
                module.reset_parameters()
        optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.01)
        steps = EPOCHS * (len(digits) // BATCH)
        rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, steps)
        network.train()
        for _ in range(steps):
            chosen = torch.randint(len(digits), (BATCH,))
            loss = nn.functional.cross_entropy(network(as_input(digits[chosen.numpy()])), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            rate.step()


def main() -> None:
    """Train or load the classifier and print how good it is, and what real digits get."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    classifier = load_classifier(data)
    digits, labels = open_digits(data)
    with torch.inference_mode():
        found = classifier(as_input(digits[HELD_OUT])).argmax(dim=1).numpy()
    print(f"accuracy on held-out digits: {np.mean(found == labels[HELD_OUT]):.4f}")
    for name, chosen in (("first 500 training digits", digits[:500]), ("500 unseen digits", digits[5_000:5_500])):
        print(name, {key: round(value, 4) for key, value in judge(chosen, classifier, digits[HELD_OUT]).items()})


if __name__ == "__main__":
    main()
