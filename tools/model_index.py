"""`make index`: models/index.json, from the files of models/ and their cards. `getmodel` reads it."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from qgis_ddpm.card import ModelCard, fingerprint, is_detector, read_detector_card, read_model_card
from qgis_ddpm.core.download.index import INDEX_FORMAT, INDEX_VERSION
from qgis_ddpm.core.export.metadata import resolution_m
from qgis_ddpm.model_folder import INDEX_NAME

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "models"


def index_text(folder: Path = FOLDER) -> str:
    """The index of a folder of models with their pages; the same files give the same bytes."""
    paths = sorted(folder.glob("*.safetensors"))
    models = {fingerprint(str(path)): path for path in paths if not is_detector(str(path))}
    entries = [_entry(path, models) for path in paths]
    content = {"format": INDEX_FORMAT, "version": INDEX_VERSION, "models": entries}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _entry(path: Path, models: dict[str, Path]) -> dict[str, Any]:
    content = path.read_bytes()
    of_detector = is_detector(str(path))
    model = models[read_detector_card(str(path)).model_fingerprint] if of_detector else path
    card: ModelCard = read_model_card(str(model))
    resolution = resolution_m(card)
    return {
        "name": path.stem,
        "kind": "detector" if of_detector else "model",
        "address": path.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "bands": [band.name for band in card.bands],
        "pixel_size_m": None if resolution is None else round(resolution, 3),
        # A detector's card tells none: it may be used for no more than its model.
        "licence": card.licence,
        "card": f"{path.stem}.md",
        **({"model": model.stem} if of_detector else {}),
    }


def main() -> int:
    """Write the index."""
    path = FOLDER / INDEX_NAME
    path.write_text(index_text(), encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.1f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
