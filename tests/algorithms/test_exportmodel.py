"""A model exported inside QGIS, by a real worker."""

import json


def test_an_item_of_a_model(run, make_model, tmp_path):
    model = make_model("model.safetensors", 3)
    found = run("ddpm:exportmodel", {"MODEL": model, "FORMAT": "stac", "OUTPUT": str(tmp_path / "item.json")})
    with open(found["OUTPUT"], encoding="utf-8") as file:
        item = json.load(file)
    assert item["id"] == "model"
    assert len(item["properties"]["bands"]) == 3
    assert item["assets"]["model"]["href"] == "./model.safetensors"
