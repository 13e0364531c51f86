"""Whatever was worked out for a round can be worked out again (DOMAIN, what must hold, 4)."""

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.orm import Session

from tandem.cli import tandem
from tandem.errors import NotFound
from tandem.models import Round, Snapshot, SnapshotPerson
from tandem.services import rounds
from tandem.services.matchmaking import replaying
from tandem.services.matchmaking.replaying import replay
from tests.support import solving, town


@pytest.fixture
def solved(session, make, programme, actor):
    for _ in range(3):
        make.mentor(programme)
        make.mentee(programme)
    round_ = make.round(programme)
    solving.solve(session, round_, actor=actor)
    return round_


def test_solving_the_same_snapshot_again_gives_the_same(session, solved):
    found = replay(session, solved.key)
    assert found.is_same
    assert (found.number, found.erased, found.score) == (1, 0, found.score_now)
    assert (found.lost, found.gained, found.rescored) == ([], [], [])


def test_the_result_in_use_is_replayed_or_the_one_asked_for(session, solved, actor):
    with solving.solving(session, solved, actor=actor):
        pass
    assert replay(session, solved.key).number == 1
    assert replay(session, solved.key, number=2).is_same
    solving.take(session, solved, actor=actor)
    assert replay(session, solved.key).number == 2


def test_what_is_not_there_cannot_be_replayed(session, make, programme, solved):
    with pytest.raises(NotFound):
        replay(session, "nothing")
    with pytest.raises(NotFound):
        replay(session, solved.key, number=7)


def test_a_result_that_was_tampered_with_is_told_pair_by_pair(session, make, solved):
    snapshot = rounds.solved_snapshot(session, solved)
    pair, other, *_ = snapshot.result["proposals"]
    snapshot.result = snapshot.result | {
        "proposals": [pair | {"mentor": "somebody"}, other | {"score": 1}]
    }
    snapshot.digest = "0" * 64
    make.save(snapshot)
    found = replay(session, solved.key)
    assert not found.is_same
    assert found.lost == [("somebody", pair["mentee"])]
    assert (pair["mentor"], pair["mentee"]) in found.gained
    assert found.rescored == [(other["mentor"], other["mentee"])]


def test_a_person_who_was_erased_is_counted_and_changes_nothing(session, solved):
    first = session.query(SnapshotPerson).order_by(SnapshotPerson.id).first()
    first.profile_id = None
    session.commit()
    found = replay(session, solved.key)
    assert (found.is_same, found.erased) == (True, 1)


@pytest.fixture
def on_the_line(database, monkeypatch, tmp_path):
    """A solved round in a database that the command reaches."""
    monkeypatch.setenv("TANDEM_DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("TANDEM_INSTANCE", str(tmp_path))
    with Session(database, expire_on_commit=False) as session:
        programme = town.settle(session)
        actor = town.coordinators(session, programme)[0]
        round_ = rounds.open_round(
            session, rounds.RoundDraft(name="Autumn"), programme=programme, actor=actor
        )
        solving.solve(session, round_, actor=actor)
        return round_.key


def call(*words):
    return CliRunner().invoke(tandem, ["round", "replay", *words])


def test_the_command_says_that_it_is_the_same(on_the_line):
    answer = call(on_the_line)
    assert answer.exit_code == 0, answer.output
    assert answer.output.endswith("The same, digit for digit.\n")


def test_the_command_says_what_differs_and_under_which_engine(database, on_the_line, monkeypatch):
    monkeypatch.setattr(replaying, "ENGINE", "another engine")
    with Session(database) as session:
        session.execute(sa.update(Snapshot).values(digest="0" * 64))
        session.execute(sa.update(SnapshotPerson).values(profile_id=None))
        session.commit()
    answer = call(on_the_line)
    assert answer.exit_code == 1
    assert "engine now another engine" in answer.output
    assert "people erased since: 18" in answer.output
    assert answer.output.endswith("It differs.\n")


def test_the_command_takes_a_key_that_begins_with_a_hyphen(database, on_the_line):
    with Session(database) as session:
        session.execute(sa.update(Round).values(key="-BKuptCvrLy3hqMx"))
        session.commit()
    answer = call("-BKuptCvrLy3hqMx", "--solving", "1")
    assert answer.exit_code == 0, answer.output


def test_the_command_knows_no_other_rounds(on_the_line):
    answer = call("nothing")
    assert answer.exit_code == 1
    assert "No such round" in answer.output
    assert call(on_the_line, "--solving", "9").exit_code == 1
