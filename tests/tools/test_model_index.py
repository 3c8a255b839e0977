"""models/index.json is what the files of models/ say."""

import json

from tools.model_index import FOLDER, index_text


def test_the_index_is_true_to_the_shipped_models():
    assert (FOLDER / "index.json").read_text(encoding="utf-8") == index_text(), "run `make index`"


def test_every_page_that_it_names_is_there():
    for entry in json.loads(index_text())["models"]:
        assert (FOLDER / entry["card"]).is_file()
        assert entry["licence"]
