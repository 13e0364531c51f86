"""Settings in words."""

from tandem.services.settings import NAMES, Settings
from tandem.web.settings.forms import SettingsForm


def differences(
    current: Settings, entered: Settings, form: SettingsForm
) -> list[tuple[str, str, str]]:
    """Return label, what is in force, and what was entered, where the two differ."""
    return [
        (str(form[name].label.text), str(getattr(current, name)), str(getattr(entered, name)))
        for name in NAMES
        if getattr(current, name) != getattr(entered, name)
    ]
