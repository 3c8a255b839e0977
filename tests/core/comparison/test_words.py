"""What a page concludes from figures."""

from qgis_ddpm.core.comparison.chance import compared
from qgis_ddpm.core.comparison.outcome import Outcome
from qgis_ddpm.core.comparison.report import records_of
from qgis_ddpm.core.comparison.words import conclusions, ranked, unequal_work


def outcomes(kids, losses=None, **more):
    """Repeats of settings a, b, ... with these KIDs."""
    found = []
    for name, values in kids.items():
        for repeat, kid in enumerate(values):
            figures = {
                "kid": kid,
                "validation_loss": (losses or {}).get(name, kid),
                "copies": 0.0,
                "memorisation": 0.05,
            }
            outcome = Outcome({"loss": name}, repeat, [8, None], figures=figures, tiles_seen=8, gflop=1.0, **more)
            outcome.floors, outcome.noise = {"kid": 0.01}, {"kid": 9.0}
            found.append(outcome)
    return found


def said(found):
    records = ranked(records_of(found))
    pairs = compared([record.values("kid") for record in records])
    return records, list(conclusions(records, pairs, "8 tiles"))


def test_the_best_comes_first_with_floor_and_noise_and_what_it_beats():
    kids = {"a": [2.0, 2.1, 2.2], "b": [1.0, 1.1, 0.9], "c": [1.1, 1.0, 1.0]}
    records, text = said(outcomes(kids))
    assert [record.label for record in records] == ["loss b", "loss c", "loss a"]
    assert "loss b: 1 ± 0.25" in text[1]
    assert "real tiles get 0.01 and Gaussian noise 9" in text[1]
    assert text[2] == "It is better by more than chance than loss a."
    assert text[3] == "It cannot be told from loss c: more REPEATS would."
    assert 3 <= len(text) <= 7


def test_where_nothing_differs_that_is_said():
    _, text = said(outcomes({"a": [1.0, 2.0, 3.0], "b": [1.5, 2.5, 2.2]}, {"a": 1.0, "b": 2.0}))
    assert any("No two settings differ in KID by more than chance" in sentence for sentence in text)
    _, text = said(outcomes({"a": [1.0], "b": [2.0]}, {"a": 3.0, "b": 2.0}))
    assert any("With one repeat nothing tells a difference" in sentence for sentence in text)
    assert any("says otherwise: it is lowest with loss b" in sentence for sentence in text)


def test_a_setting_that_diverged_is_last_and_unequal_work_is_told():
    found = outcomes({"a": [1.0, 1.0], "b": [2.0, 2.0]})
    found[0].diverged, found[0].figures = True, {}
    records, _ = said(found)
    assert [record.label for record in records] == ["loss b", "loss a"]
    assert unequal_work(records) is None
    found[-1].tiles_seen = 10
    assert "saw 8 to 10 tiles" in unequal_work(records)
    # Networks of different size are given different numbers of tiles on purpose.
    found[-1].gflop = found[-2].gflop = 2.0
    found[-2].tiles_seen = 10
    assert unequal_work(records) is None
