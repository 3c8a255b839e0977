"""Cards are read without torch, and a file that is not whole is refused."""

import json
import struct

import pytest

from qgis_ddpm.card import BandScaling, ModelCard, card_json, fingerprint, read_detector_card, read_model_card
from qgis_ddpm.errors import ModelFileError

CARD = ModelCard(
    network={"base_channels": 8},
    prediction="edm",
    schedule={"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0},
    sigma_min=0.002,
    sigma_max=80.0,
    sigma_data=0.5,
    tile_px=32,
    bands=(BandScaling("red", "uint8", 0.0, 255.0, 0.0), BandScaling("nir", "uint16", 10.0, 9000.0)),
    transform=(10.0, 0.0, 5e5, 0.0, -10.0, 5e6),
    crs="EPSG:32633",
)


def write(path, metadata, tensors=b"\0" * 8, header=None):
    layout = {"weight": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}
    text = json.dumps(header if header is not None else {"__metadata__": metadata, **layout}).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + tensors)
    return str(path)


def test_a_card_comes_back_as_it_went(tmp_path):
    path = write(tmp_path / "m.safetensors", {"card": card_json(CARD)})
    assert read_model_card(path) == CARD


def test_the_fingerprint_is_of_the_weights_alone(tmp_path):
    one = write(tmp_path / "1.safetensors", {"card": card_json(CARD)})
    two = write(tmp_path / "2.safetensors", {"card": "other"})
    three = write(tmp_path / "3.safetensors", {"card": "other"}, b"\1" * 8)
    assert fingerprint(one) == fingerprint(two) != fingerprint(three)


def broken_cards():
    good = json.loads(card_json(CARD))
    yield {}
    yield {"card": 3}
    yield {"card": "["}
    yield {"card": "[]"}
    yield {"card": "[" * 100000}
    for name, value in {
        "format": "other",
        "version": 99,
        "bands": [],
        "bands.": [{"name": "a"}],
        "transform": ["a"],
        "tile_px": 1 << 60,
        "sigma_data": 0,
        "schedule": {"name": "edm"},
        "schedule.": {"name": "linear", "steps": 10, "beta_start": 0.1, "beta_end": "b"},
        "bands..": [{"name": "a", "dtype": "uint8", "low": 3, "high": 3}],
        "surprise": 1,
    }.items():
        yield {"card": json.dumps({**good, name.rstrip("."): value})}
    del good["network"]
    yield {"card": json.dumps(good)}


@pytest.mark.parametrize("metadata", list(broken_cards()))
def test_a_damaged_card_is_one_sentence(tmp_path, metadata):
    path = write(tmp_path / "m.safetensors", metadata)
    with pytest.raises(ModelFileError, match=r"m\.safetensors"):
        read_model_card(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"abc",
        struct.pack("<Q", 1 << 60) + b"{}",
        struct.pack("<Q", 2) + b"{}extra",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 4) + b"\xff\xfe\xfd\xfc",
    ],
)
def test_a_file_that_is_not_whole_is_refused(tmp_path, content):
    path = tmp_path / "m.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"m\.safetensors"):
        read_model_card(str(path))


def test_a_missing_file_and_the_wrong_kind_are_named(tmp_path):
    with pytest.raises(ModelFileError, match="No such file"):
        read_model_card(str(tmp_path / "none.safetensors"))
    path = write(tmp_path / "m.safetensors", {"card": card_json(CARD)})
    with pytest.raises(ModelFileError, match="qgis_ddpm model; a qgis_ddpm detector is needed"):
        read_detector_card(path)
