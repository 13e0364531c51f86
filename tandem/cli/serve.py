"""`tandem serve`: run the web server and the worker, and look after both."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from types import FrameType

import click

from tandem.cli.settings import open_engine, read_settings
from tandem.config import Settings
from tandem.migrations import upgrade

_HOST = "127.0.0.1"
_LOOK_SECONDS = 0.25
_PATIENCE_SECONDS = 30
_WEB = ("gunicorn", "--worker-class=gthread", "--workers=2", "--threads=4", "--log-level=warning")
_ENDING = ("--graceful-timeout=30", "--no-control-socket", "tandem.app:create_app()")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=5000, show_default=True)
def serve(port: int) -> None:
    """Serve Tandem on 127.0.0.1 until Ctrl-C; the worker runs beside the web server."""
    os.environ["TANDEM_PORT"] = str(port)
    settings = read_settings()
    _refuse_taken(port)
    if not settings.production:
        with open_engine(settings) as engine:
            upgrade(engine)
    supervisor = _Supervisor(
        web=[sys.executable, "-m", *_WEB, f"--bind={_HOST}:{port}", *_ENDING],
        worker=[sys.executable, "-m", "tandem", "worker"],
    )
    supervisor.run(settings, port)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} is taken by another program. Choose a free one, for example:"
                f" make run PORT={port + 1}"
            ) from error


class _Supervisor:
    """Starts what was stopped by accident; when asked to stop, stops all."""

    def __init__(self, **commands: list[str]) -> None:
        self._commands = commands
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def run(self, settings: Settings, port: int) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self._stop)
        announced = False
        while not self._stopping:
            self._keep_running()
            if not announced and _answers(port):
                announced = True
                click.echo(f"Tandem is at {settings.public_base_url} (Ctrl-C ends it)")
            time.sleep(_LOOK_SECONDS)
        self._end_all()

    def _keep_running(self) -> None:
        for name, command in self._commands.items():
            process = self._running.get(name)
            if process is None or process.poll() is not None:
                if process is not None:
                    click.echo(
                        f"The {name} ended ({process.returncode}); starting it again.", err=True
                    )
                self._running[name] = subprocess.Popen(command)  # noqa: S603 - our own commands

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _end_all(self) -> None:
        end = time.monotonic() + _PATIENCE_SECONDS
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(port: int) -> bool:
    with (
        suppress(OSError),
        urllib.request.urlopen(f"http://{_HOST}:{port}/healthz", timeout=1) as response,
    ):
        return bool(response.status == 200)
    return False
