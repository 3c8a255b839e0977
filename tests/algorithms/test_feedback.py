"""Events in QGIS's log and progress bar."""

from qgis_ddpm.algorithms import feedback as feedback_module
from qgis_ddpm.algorithms.feedback import Listener
from qgis_ddpm.events import Cancelled, Metric, Note, Preview, Progress, Result


def test_events_go_where_they_belong(log):
    events = [
        Note("Working."),
        Note("Careful.", "warning"),
        Preview("/tmp/sample.png"),
        Progress(1, 4, "tile", "loss 0.5", 90.0),
        Metric("loss", 0.5, 1),
        Result({"FIGURE": 1.0}),
    ]
    assert Listener(log).follow(iter(events)) == {"FIGURE": 1.0}
    assert log.infos[0] == "Working."
    assert log.warnings == ["Careful."]
    assert "/tmp/sample.png" in log.infos[1]
    assert log.percents[-1] == 25.0
    assert log.texts == ["1 of 4 tiles, 2 min left, loss 0.5"]


def test_a_cancelled_run_tells_what_it_kept(log):
    assert Listener(log).follow(iter([Cancelled({"MODEL": "/tmp/m.safetensors"})])) == {"MODEL": "/tmp/m.safetensors"}
    assert log.warnings == ["Cancelled. Kept: MODEL /tmp/m.safetensors"]


def test_texts_are_few_and_have_the_rate(log, monkeypatch):
    clock = iter(range(10_000))
    monkeypatch.setattr(feedback_module.time, "monotonic", lambda: next(clock) / 10)
    Listener(log).follow(Progress(10 * done, 10_000, "tile") for done in range(1000))
    assert log.percents[-1] == 99.9
    assert 20 < len(log.texts) < 45
    assert "100 tiles a second" in log.texts[-1]


def test_a_stage_has_its_own_rate_and_its_first_text_at_once(log):
    stages = [
        Progress(1, 2, "window"),
        Progress(0, 50, "resample"),
        Progress(9, 50, "resample"),
        Progress(0, 9, "resample"),
    ]
    Listener(log).follow(iter(stages))
    assert log.texts == ["1 of 2 windows", "0 of 50 resamples", "0 of 9 resamples"]


def test_a_total_that_grows_is_no_new_stage(log):
    Listener(log).follow(Progress(done, done + 1, "iteration") for done in range(20))
    assert log.texts == ["0 of 1 iteration"]


def test_a_total_that_is_not_known_shows_no_share(log):
    Listener(log).follow(iter([Progress(3, 0, "line")]))
    assert log.percents == []
    assert log.texts == ["3 of 0 lines"]


def test_the_length_of_a_long_run_is_told_once(log, monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(feedback_module.time, "monotonic", lambda: next(clock))
    Listener(log).follow(Progress(done, 4000, "tile", eta_s=1500.0) for done in range(20))
    assert log.infos == ["This will take about 25 min."]
    Listener(log).follow(Progress(done, 40, "tile", eta_s=20.0) for done in range(20))
    assert len(log.infos) == 1


def test_a_handful_of_steps_has_no_rate(log, monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(feedback_module.time, "monotonic", lambda: next(clock))
    Listener(log).follow(Progress(done, 4, "step") for done in range(5))
    assert log.texts[0] == "0 of 4 steps"
    assert not any("a second" in text for text in log.texts)
