"""The worker reads what coordinators bring, workbooks too, and may lose its child."""

import io

import pytest
from sqlalchemy.orm import Session

from tandem.config import Settings
from tandem.models import Import, ImportKind, ImportState
from tandem.services import intake
from tandem.services.tables import write_xlsx
from tandem.worker import Worker, children
from tests.support import lists, town


@pytest.fixture
def worker(database):
    url = database.url.render_as_string(hide_password=False)
    return Worker(Settings(secret_key=town.SECRET, database_url=url), database)


def bring(database, content, *, kind=ImportKind.MENTEES, name="Liste.xlsx"):
    with Session(database, expire_on_commit=False) as session:
        programme = town.settle(session)
        actor = town.coordinators(session, programme)[0]
        file = intake.Upload(kind=kind, name=name, content=content)
        import_ = intake.upload(session, file, programme=programme, actor=actor)
        return import_, programme, actor


def workbook(rows):
    file = io.BytesIO()
    write_xlsx(file, {"Liste": rows})
    return file.getvalue()


def test_a_workbook_is_read_in_processes_of_its_own(worker, database):
    import_, programme, actor = bring(database, workbook(lists.MENTEES))
    assert worker.work_once() is True
    with Session(database) as session:
        found = session.get_one(Import, import_.id)
        assert found.state is ImportState.ASKING
        plain = intake.read_plain(session, found)
        assert [person["line"] for person in plain["people"]] == [3, 4, 5]
        intake.take(
            session,
            found.key,
            welcomes=False,
            seen_version=found.version,
            programme=session.get_one(type(programme), programme.id),
            actor=session.get_one(type(actor), actor.id),
        )
    assert worker.work_once() is True
    with Session(database) as session:
        assert session.get_one(Import, import_.id).state is ImportState.TAKEN


def test_a_broken_workbook_is_refused(worker, database):
    import_, *_rest = bring(database, workbook(lists.MENTEES)[:500])
    worker.work_once()
    with Session(database) as session:
        found = session.get_one(Import, import_.id)
        assert (found.state, found.problems[0]["code"]) == (ImportState.FAILED, "damaged")


def _die(_told, _task):
    raise SystemExit(3)


def test_a_reader_that_dies_is_tried_again_later_and_not_for_ever(worker, database, monkeypatch):
    monkeypatch.setattr(children, "_compute", _die)
    monkeypatch.setattr("tandem.worker.worker._MOST_ATTEMPTS", 1)
    import_, *_rest = bring(database, workbook(lists.MENTEES))
    worker.work_once()
    with Session(database) as session:
        found = session.get_one(Import, import_.id)
        assert (found.state, found.attempts) == (ImportState.READING, 1)
        assert found.due_at > found.created_at
        found.due_at = found.created_at
        session.commit()
    worker.work_once()
    with Session(database) as session:
        found = session.get_one(Import, import_.id)
        assert (found.state, found.file) == (ImportState.FAILED, None)
        assert found.problems == [{"code": "too_many_attempts"}]
