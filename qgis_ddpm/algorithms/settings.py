"""The provider's settings: which Python, which device, where the models are, who shares the work.

They stand in Settings > Options > Processing > Providers, and an administrator can preset them in
qgis_global_settings.ini under [Processing] as `Configuration\\DDPM_PYTHON=...`.
"""

from typing import Dict, Tuple

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QSettings
from qgis.PyQt.QtGui import QIcon

from .translation import tr

GROUP = "DDPM"
INTERPRETER = "DDPM_PYTHON"
DEVICE = "DDPM_DEVICE"
MODELS_FOLDER = "DDPM_MODELS_FOLDER"
SCHEDULER = "DDPM_SCHEDULER"


def interpreter() -> str:
    """The Python that the settings name for the worker; "" where they name none."""
    return _read(INTERPRETER)


def default_device() -> str:
    """The device that dialogs offer: `auto` unless the settings say otherwise."""
    return _read(DEVICE) or "auto"


def models_folder() -> str:
    """The folder in which models are found by name; "" where the settings name none."""
    return _read(MODELS_FOLDER)


def default_scheduler() -> str:
    """The scheduler that dialogs offer; "" unless the settings name one."""
    return _read(SCHEDULER)


def register(icon: QIcon) -> None:
    """Add the settings to the options of Processing."""
    from processing.core.ProcessingConfig import ProcessingConfig, Setting

    ProcessingConfig.settingIcons[GROUP] = icon
    for name, (label, kind) in _labels().items():
        ProcessingConfig.addSetting(Setting(GROUP, name, label, "", valuetype=getattr(Setting, kind)))
    ProcessingConfig.readSettings()


def unregister() -> None:
    """Take the settings out of the options of Processing."""
    from processing.core.ProcessingConfig import ProcessingConfig

    for name in _labels():
        ProcessingConfig.removeSetting(name)


def _labels() -> Dict[str, Tuple[str, str]]:
    """Label and kind of each setting."""
    return {
        INTERPRETER: (tr("Python of the worker (with torch and rasterio)"), "FILE"),
        DEVICE: (tr("Default device (auto, cpu, cuda, cuda:1, mps)"), "STRING"),
        MODELS_FOLDER: (tr("Folder of models"), "FOLDER"),
        SCHEDULER: (tr("Default scheduler (tcp://HOST:PORT, local:4, or empty)"), "STRING"),
    }


def _read(name: str) -> str:
    # Not from ProcessingConfig: it saves empty texts over what the administrator has preset.
    key = f"Processing/Configuration/{name}"
    value = QgsSettings().value(key, "")
    if not value:
        value = QSettings(QgsSettings.globalSettingsPath(), QSettings.Format.IniFormat).value(key, "")
    return str(value).strip()
