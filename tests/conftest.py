"""What all tests share: both databases, an app on each, people to sign in.

A test that touches a database runs on SQLite and on PostgreSQL. What ``session`` and the
client change is undone after the test; what happens in ``database`` is committed, for tests
of races and crashes.
"""

import os
from collections.abc import Collection, Generator, Iterator
from contextlib import ExitStack, nullcontext

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session
from xdist.remote import Producer

from tandem.app import create_app
from tandem.config import Settings
from tandem.extensions import db
from tandem.models import Account, Programme
from tandem.services import accounts, policies
from tests.support.databases import BACKENDS, Databases, engine
from tests.support.make import Make
from tests.support.measuring import unmeasured
from tests.support.pages import PageClient
from tests.support.scheduling import Journeys

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")  # the same examples each time; locally new ones are tried

ON_ONE = ("tests.web.", "tests.life.")
OF_EVERY_PAGE = {"tests.web.test_speed"}
REPEATING = (
    "tests/faults/",
    "tests/life/",
    "tests/web/test_access.py",
    "tests/web/test_sealing.py",
)
SECRET = "a secret key that only these tests know"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", action="store_true", help="keep pictures of pages in journeys")
    parser.addoption("--everywhere", action="store_true", help="try every page on both databases")
    parser.addoption("--backend", choices=BACKENDS, help="run on one kind of database only")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Journeys:
    return Journeys(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread what takes long over the first three quarters: nobody waits for it at the end."""
    long = [item for item in items if _takes_long(item)]
    short = [item for item in items if not _takes_long(item)]
    step = len(short) * 3 // (4 * max(len(long), 1))
    items[:] = [
        each
        for place, item in enumerate(long)
        for each in (item, *short[place * step : (place + 1) * step])
    ] + short[len(long) * step :]


def _takes_long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("e2e", "slow"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames:
        backends = _backends(metafunc)
        only = metafunc.config.getoption("--backend") or backends
        metafunc.parametrize("backend", [backend for backend in backends if backend in only])


def _backends(metafunc: pytest.Metafunc) -> Collection[str]:
    """Return where a test runs: on every database, a journey where it has readers.

    Pages, and a year of all services together, ask services, which are tried on both. Every page
    is opened on both, by the tests of how often it asks; the rest of what a page does only with
    ``--everywhere``.
    """
    module = metafunc.module
    if metafunc.config.getoption("--everywhere") or not module.__name__.startswith(ON_ONE):
        return getattr(module, "READERS", BACKENDS)
    return BACKENDS if module.__name__ in OF_EVERY_PAGE else ("sqlite",)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure coverage where lines are new."""
    with unmeasured() if _repeats(item) else nullcontext():
        return (yield)


def _repeats(item: pytest.Item) -> bool:
    """Whether a test goes where others have been, only on PostgreSQL, all at once or for a year."""
    call = getattr(item, "callspec", None)
    on_postgresql = call is not None and call.params.get("backend") == "postgresql"
    return on_postgresql or item.nodeid.startswith(REPEATING)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with ExitStack() as stack:
        yield Databases(tmp_path_factory.mktemp("databases"), stack)


@pytest.fixture(scope="session")
def apps(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Flask]]:
    """One app for each kind of database, made when it is first asked for.

    They share what Jinja makes of templates, with those of the other workers too.
    """
    compiled = tmp_path_factory.getbasetemp().parent / "templates"
    compiled.mkdir(exist_ok=True)

    class Apps(dict[str, Flask]):
        def __missing__(self, backend: str) -> Flask:
            made = Settings(secret_key=SECRET, database_url=databases.fresh(backend), testing=True)
            self[backend] = app = create_app(made)
            app.test_client_class = PageClient
            app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
            return app

    made = Apps()
    yield made
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(apps: dict[str, Flask], backend: str) -> Flask:
    return apps[backend]


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session whose every change, commits included, is undone after the test."""
    with app.app_context():
        bound, maker = db.engine, db.sessionmaker
    with bound.connect() as connection:
        outer = connection.begin()
        maker.configure(bind=connection, join_transaction_mode="create_savepoint", binds={})
        with maker() as session:
            yield session
        outer.rollback()
        maker.configure(bind=bound, binds={})


@pytest.fixture
def client(app: Flask, session: Session) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.before_each = session.commit
    return client


@pytest.fixture
def sign_in(client: PageClient, session: Session):
    """Sign somebody in without the form; none signs out."""

    def as_(account: Account | None) -> PageClient:
        token = accounts.open_session(session, account) if account else None
        session.commit()
        with client.session_transaction() as cookie:
            cookie.clear()
            if token:
                cookie["_user_id"] = token
                cookie["_fresh"] = True
        return client

    return as_


@pytest.fixture
def make(session: Session) -> Make:
    return Make(session)


@pytest.fixture
def programme(make: Make) -> Programme:
    """A programme; whoever needs it otherwise makes their own."""
    return make.programme()


@pytest.fixture
def policy(session: Session, programme: Programme) -> None:
    """What counts in a match of the programme, as it is at first."""
    policies.add_default(session, programme, actor=None)


@pytest.fixture
def coordinator(make: Make, programme: Programme) -> Account:
    return make.coordinator(programme)


@pytest.fixture
def actor(coordinator: Account) -> Account:
    """Who asks for what is tested, where nothing else is said."""
    return coordinator


@pytest.fixture
def staff(sign_in, actor: Account):
    return sign_in(actor)


@pytest.fixture
def database(databases: Databases, backend: str) -> Iterator[sa.Engine]:
    """A database of one's own, in which what is committed stays."""
    with engine(databases.fresh(backend)) as made:
        yield made
