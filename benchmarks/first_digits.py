"""Write the first digits of MNIST as a file of their own, for trainings that must not see the others.

python -m benchmarks.first_digits 50000 build/data/first-50000 --data ../shared/data
"""

import argparse
import struct
from pathlib import Path

from benchmarks.digit_classifier import Digits, open_digits


def write_digits(digits: Digits, folder: Path) -> Path:
    """Digits uint8 [N, 28, 28] as an idx file in a folder, which is made; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    head = b"\0\0\x08\x03" + struct.pack(">III", *digits.shape)
    (folder / "digits-idx3-ubyte").write_bytes(head + digits.tobytes())
    return folder


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    print(write_digits(open_digits(given.data)[0][: given.count], given.folder))


if __name__ == "__main__":
    main()
