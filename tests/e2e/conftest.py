"""A real server with its worker, and a real browser in which people come and go."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy.orm import Session

from tandem.services import demo
from tests.support import browser as browsers
from tests.support.databases import Databases, engine

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "instance" / "screenshots"
PASSWORD = "a password for all demo people"
_PATIENCE_SECONDS = 60
expect.set_options(timeout=_PATIENCE_SECONDS * 1000)


@dataclass(frozen=True)
class Site:
    """A running Tandem with its demo programme."""

    address: str
    engine: sa.Engine
    screenshots: Path | None


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as tool:
        path = browsers.executable(tool)
        if path is None:
            pytest.skip("NO BROWSER: install Chromium to run the browser tests")
        made = tool.chromium.launch(executable_path=path, args=browsers.arguments())
        yield made
        made.close()


@pytest.fixture(scope="session")
def sites(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[dict[str, Site]]:
    """One site for each kind of database, started when it is first asked for."""
    running: list[subprocess.Popen] = []

    class Sites(dict[str, Site]):
        def __missing__(self, backend: str) -> Site:
            url = databases.fresh(backend)
            with engine(url) as made, Session(made) as session:
                demo.make_dithmarschen(session, password=PASSWORD)
            port = _free_port()
            running.append(_serve(url, port, tmp_path_factory.mktemp("instance")))
            kept = sa.create_engine(url)
            shots = PICTURES if pytestconfig.getoption("--pictures") else None
            if shots is not None:
                shots.mkdir(parents=True, exist_ok=True)
            self[backend] = Site(f"http://127.0.0.1:{port}", kept, shots)
            return self[backend]

    made = Sites()
    yield made
    for process in running:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)
    for site in made.values():
        site.engine.dispose()


@pytest.fixture
def sites_password() -> str:
    return PASSWORD


@pytest.fixture
def site(sites: dict[str, Site], backend: str) -> Site:
    return sites[backend]


@pytest.fixture
def visitor(site: Site, browser: Browser):
    """Open a browser of somebody's own; whatever goes wrong in its pages fails the test."""
    contexts, problems = [], []

    def open_(
        *, width: int = 1280, locale: str = "de-DE", scripts: bool = True, cut: bool = False
    ) -> Page:
        """Give a page; with ``cut`` the test cuts its line, and the browser may say so."""
        expected = ("status of 4", *(["ERR_INTERNET_DISCONNECTED"] if cut else []))
        context = browser.new_context(
            base_url=site.address,
            locale=locale,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
        )
        context.set_default_timeout(_PATIENCE_SECONDS * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda said: (
                problems.append(said.text)
                if said.type == "error" and not any(each in said.text for each in expected)
                else None
            ),
        )
        page.on("response", lambda answer: problems.append(f"{answer.status} {answer.url}")
                if answer.status >= 500 else None)  # fmt: skip
        return page

    yield open_
    for context in contexts:
        context.close()
    assert problems == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(url: str, port: int, instance: Path) -> subprocess.Popen:
    environment = os.environ | {"TANDEM_DATABASE_URL": url, "TANDEM_INSTANCE": str(instance)}
    with (instance / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tandem", "serve", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").close()
        except OSError:
            time.sleep(0.1)
        else:
            return process
    raise RuntimeError((instance / "log").read_text())
