"""Which browser the journeys use: the machine's Chromium, or Playwright's own."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def executable(tool: Playwright) -> str | None:
    """Return the path of a browser that can be started, or none."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    own = Path(tool.chromium.executable_path)
    return str(own) if own.exists() else None


def arguments() -> list[str]:
    """Return how to start it; as root Chromium runs only without its sandbox."""
    return [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
