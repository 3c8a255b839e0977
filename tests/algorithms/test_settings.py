"""The provider's settings: in the options of Processing, or preset by an administrator."""

import os

import pytest
from qgis.core import QgsSettings

from qgis_ddpm.algorithms import settings
from qgis_ddpm.jobs import JOBS


@pytest.fixture
def set_value():
    """Set a value as the options dialog does; taken back afterwards."""
    store = QgsSettings()
    yield lambda name, value: store.setValue(f"Processing/Configuration/{name}", value)
    for name in (settings.INTERPRETER, settings.DEVICE, settings.MODELS_FOLDER, settings.SCHEDULER):
        store.remove(f"Processing/Configuration/{name}")


def test_settings_stand_in_the_options_of_processing(run):
    from processing.core.ProcessingConfig import ProcessingConfig

    names = [setting.name for setting in ProcessingConfig.getSettings()[settings.GROUP]]
    assert names == [settings.INTERPRETER, settings.DEVICE, settings.MODELS_FOLDER, settings.SCHEDULER]


def test_the_device_of_the_settings_is_the_default_of_new_dialogs(provider, set_value):
    assert provider.algorithm("trainmodel").create().parameterDefinition("DEVICE").defaultValue() == "auto"
    set_value(settings.DEVICE, "cuda:1")
    assert provider.algorithm("trainmodel").create().parameterDefinition("DEVICE").defaultValue() == "cuda:1"


def test_the_interpreter_of_the_settings_goes_before_the_variable(provider, set_value):
    set_value(settings.INTERPRETER, "/nowhere/python3")
    able, message = provider.algorithm("detectchanges").canExecute()
    assert not able
    assert "/nowhere/python3" in message


def test_an_administrator_may_preset_them_and_an_emptied_field_falls_back(set_value, tmp_path):
    preset = tmp_path / "qgis_global_settings.ini"
    preset.write_text("[Processing]\nConfiguration\\DDPM_MODELS_FOLDER=/srv/models\n")
    previous = QgsSettings.globalSettingsPath()
    QgsSettings.setGlobalSettingsPath(str(preset))
    try:
        assert settings.models_folder() == "/srv/models"
        set_value(settings.MODELS_FOLDER, "")
        assert settings.models_folder() == "/srv/models"
        set_value(settings.MODELS_FOLDER, "/home/me/models")
        assert settings.models_folder() == "/home/me/models"
    finally:
        QgsSettings.setGlobalSettingsPath(previous)


def test_the_models_folder_and_the_interpreter_reach_the_worker(
    provider, set_value, monkeypatch, two_dates, context, log
):
    seen = {}

    def run(job, python=None, **others):
        seen.update(others, python=python, job=job)
        return iter(())

    monkeypatch.setattr("qgis_ddpm.algorithms.base.run", run)
    set_value(settings.MODELS_FOLDER, "/srv/models")
    provider.algorithm("detectchanges").run(
        {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}, context, log
    )
    assert seen["models_folder"] == "/srv/models"
    assert isinstance(seen["job"], JOBS["detectchanges"])
    assert seen["python"] == os.environ["QGIS_DDPM_PYTHON"]
