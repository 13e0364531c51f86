"""The commands that run the service: settings, schema, demo people, server and worker."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.orm import Session

from tandem.cli import tandem
from tandem.models import (
    Account,
    Company,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Tandem,
    TandemState,
)
from tests.support.databases import engine

ROOT = Path(__file__).parents[2]
_PATIENCE_SECONDS = 40


@pytest.fixture
def url(databases, backend):
    return databases.fresh(backend)


@pytest.fixture
def command(url, tmp_path, monkeypatch):
    """Run a command on a database of its own."""
    monkeypatch.setenv("TANDEM_DATABASE_URL", url)
    monkeypatch.setenv("TANDEM_INSTANCE", str(tmp_path))

    def run(*words):
        return CliRunner().invoke(tandem, list(words))

    return run


def count(url, model, **values):
    with engine(url) as made, Session(made) as session:
        query = sa.select(sa.func.count()).select_from(model).filter_by(**values)
        return session.scalar(query)


def test_the_demo_programme_has_everyone_approved_but_who_takes_a_break(command, url):
    answer = command("demo")
    assert answer.exit_code == 0, answer.output
    assert count(url, Company) == 12
    assert count(url, Mentor) == 30
    assert count(url, Mentee) == 45
    assert count(url, Profile, state=ProfileState.APPROVED) == 73
    assert count(url, Tandem, state=TandemState.ACTIVE) == 4
    assert count(url, Tandem, state=TandemState.COMPLETED) == 1


def test_the_demo_prints_a_line_for_each_sign_in(command):
    lines = command("demo").output.splitlines()
    cards = [line.split() for line in lines if "@" in line]
    assert [card[0] for card in cards] == ["coordinator"] * 2 + ["mentor"] * 2 + ["mentee"] * 2
    assert len({card[2] for card in cards}) == 1


def test_starting_twice_changes_nothing(command, url):
    first = command("demo").output
    before = count(url, Account)
    assert command("demo").output == first
    assert count(url, Account) == before


def test_a_demo_of_another_size_is_the_same_for_the_same_seed(command, url):
    assert command("demo", "--mentors", "3", "--mentees", "5", "--seed", "4").exit_code == 0
    assert (count(url, Mentor), count(url, Mentee)) == (3, 5)
    assert command("demo", "--mentors", "3", "--mentees", "5", "--seed", "4").exit_code == 0
    assert count(url, Programme) == 1
    assert command("demo", "--mentors", "3", "--mentees", "5", "--seed", "5").exit_code == 0
    assert count(url, Programme) == 2


def test_the_size_of_a_demo_needs_both_numbers(command):
    answer = command("demo", "--mentors", "3")
    assert answer.exit_code == 2
    assert "both" in answer.output


def test_demo_people_have_no_place_in_production(command, monkeypatch):
    monkeypatch.setenv("TANDEM_ENV", "production")
    monkeypatch.setenv("TANDEM_SECRET_KEY", "x" * 40)
    monkeypatch.setenv("TANDEM_PUBLIC_BASE_URL", "https://tandem.example")
    monkeypatch.setenv("TANDEM_TRUSTED_HOSTS", "tandem.example")
    monkeypatch.setenv("TANDEM_SMTP_URL", "smtp://localhost:25")
    answer = command("demo")
    assert answer.exit_code == 1
    assert "production" in answer.output


def test_a_bad_setting_ends_with_its_name(command, monkeypatch):
    monkeypatch.setenv("TANDEM_LEASE_SECONDS", "soon")
    answer = command("upgrade")
    assert answer.exit_code == 1
    assert "TANDEM_LEASE_SECONDS" in answer.output


def test_an_unknown_word_is_refused_and_help_lists_the_others(command):
    assert command("dance").exit_code == 2
    listed = command("--help").output
    for word in ("demo", "match", "serve", "upgrade", "worker"):
        assert word in listed


def test_upgrade_makes_a_database(tmp_path, monkeypatch):
    path = tmp_path / "new" / "tandem.sqlite"
    monkeypatch.delenv("TANDEM_DATABASE_URL", raising=False)
    monkeypatch.setenv("TANDEM_INSTANCE", str(path.parent))
    assert CliRunner().invoke(tandem, ["upgrade"]).exit_code == 0
    assert count(f"sqlite:///{path}", Programme) == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(url, tmp_path):
    """Start `tandem serve` as a person would; end it, whatever happens."""
    running = []

    def start(port):
        environment = os.environ | {
            "TANDEM_DATABASE_URL": url,
            "TANDEM_INSTANCE": str(tmp_path),
            "PYTHONUNBUFFERED": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tandem", "serve", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=_PATIENCE_SECONDS)


def wait_for(port):
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server did not come")


def children(process):
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(child) for child in found]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at Linux's process table")
def test_serve_says_where_it_is_restarts_its_worker_and_ends_everything(start):
    port = free_port()
    process = start(port)
    assert wait_for(port) == b"ok"
    web_and_worker = children(process)
    assert len(web_and_worker) == 2
    os.kill(web_and_worker[1], signal.SIGKILL)
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and len(set(children(process)) - set(web_and_worker)) == 0:
        time.sleep(0.1)
    restarted = set(children(process)) - set(web_and_worker)
    assert len(restarted) == 1
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=_PATIENCE_SECONDS)
    assert f"http://127.0.0.1:{port}" in said
    assert process.returncode == 0
    for child in (*web_and_worker, *restarted):
        assert not Path(f"/proc/{child}").exists()


@pytest.mark.slow
def test_a_taken_port_gives_a_clear_message(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start(port)
        said, _ = process.communicate(timeout=_PATIENCE_SECONDS)
    assert process.returncode == 1
    assert f"Port {port} is taken" in said
    assert f"PORT={port + 1}" in said
