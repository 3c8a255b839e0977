"""A fixed sample of spoiled files; `make fuzz` tries twenty thousand."""

from collections import Counter

import pytest

from qgis_ddpm.errors import InputError
from tests.faults.fuzz import Case, cases, run_cases
from tests.faults.readers import KINDS, read_raster
from tests.faults.samples import make_samples


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return make_samples(tmp_path_factory.mktemp("samples"))


def test_whole_files_are_read(samples, tmp_path):
    """Else the spoiled ones would prove nothing."""
    for number, (kind, _, reader, _) in enumerate(KINDS):
        if kind.endswith(".pth") or reader.__name__ == "import_weights":
            # These are no published network, and are refused for that alone.
            continue
        if kind == "scene.mrf":
            # Refused whole or not.
            with pytest.raises(InputError, match="MRF"):
                read_raster(samples.folder / kind, samples)
            continue
        place = tmp_path / str(number)
        place.mkdir()
        path = place / kind
        path.write_bytes((samples.folder / kind).read_bytes())
        if reader.__name__ != "go_on" or kind != "job.yaml":
            reader(path, samples)


def test_each_spoiled_file_is_a_result_or_an_error_of_ours(samples):
    found = Counter()
    for case, word, details in run_cases(cases(200), samples, seed=7):
        assert word in ("result", "error"), f"case {case.number} of {case.name}: {word}: {details}"
        found[word] += 1
    assert found["result"] > 10
    assert found["error"] > 50


def test_what_crashes_hangs_or_grows_is_found(samples):
    """The bench itself: it has to see what it is for."""
    import os
    import time

    def crash(path, samples):
        os.kill(os.getpid(), 11)

    def hang(path, samples):
        time.sleep(60)

    def grow(path, samples):
        bytearray(8 << 30)

    def stumble(path, samples):
        raise KeyError("header")

    todo = [Case(number, "job.json", "json", reader) for number, reader in enumerate((crash, hang, grow, stumble))]
    found = [word for _, word, _ in run_cases(todo, samples, seed=0, seconds=3)]
    assert found == ["crash", "hang", "memory", "fault"]
