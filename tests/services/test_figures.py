"""How people decided in a round: overrides, and time per decision (TRUST H2)."""

from datetime import timedelta

import pytest

from tandem.clock import now
from tandem.models import Adjustment, AdjustmentKind, Look
from tandem.services import looks, proposals
from tests.support.solving import decide, solve


@pytest.fixture
def found(session, make, programme, actor):
    """Four proposals of one round."""
    make.mentor(programme, capacity=4)
    for _ in range(4):
        make.mentee(programme)
    return solve(session, make.round(programme), actor=actor)


def look(make, proposal, account, *, seconds_ago):
    """Have looked at a proposal some time ago."""
    return make.save(
        Look(
            programme_id=proposal.programme_id,
            account_id=account.id,
            mentee_id=proposal.mentee_id,
            proposal_id=proposal.id,
            created_at=now() - timedelta(seconds=seconds_ago),
        )
    )


def pin(make, proposal, account, **values):
    return make.save(
        Adjustment(
            programme_id=proposal.programme_id,
            round_id=proposal.round_id,
            kind=AdjustmentKind.PIN,
            mentor_id=proposal.mentor_id,
            mentee_id=proposal.mentee_id,
            account_id=account.id,
            **values,
        )
    )


def test_nothing_is_told_before_anybody_has_decided(session, found):
    figures = proposals.get_figures(session, found[0].round)
    assert (figures.decided, figures.overridden_per_cent, figures.median_seconds) == (0, 0, None)


def test_a_rejection_is_an_override(session, found, actor):
    for proposal, verdict in zip(found, ("confirmed", "rejected", "confirmed"), strict=False):
        decide(session, proposal, verdict, actor=actor)
    figures = proposals.get_figures(session, found[0].round)
    assert (figures.decided, figures.rejected, figures.pinned) == (3, 1, 0)
    assert figures.overridden_per_cent == 33


def test_what_only_a_pin_brought_up_is_an_override(session, make, found, actor):
    """The pair was not proposed before the pin, and the pin was in force when it was solved."""
    before = found[0].snapshot.created_at - timedelta(minutes=1)
    pin(make, found[0], actor, created_at=before)
    pin(make, found[1], actor, created_at=before, undone_at=before, undone_by_id=actor.id)
    pin(make, found[2], actor)
    for proposal in found:
        decide(session, proposal, actor=actor)
    figures = proposals.get_figures(session, found[0].round)
    assert (figures.decided, figures.pinned, figures.overridden_per_cent) == (4, 1, 25)


def test_pinning_what_was_proposed_anyway_is_no_override(session, make, programme, actor):
    make.mentor(programme)
    make.mentee(programme)
    round_ = make.round(programme)
    [first] = solve(session, round_, actor=actor)
    pin(make, first, actor)
    assert first.created_at < now()
    second = first.__class__(
        **{
            column.key: getattr(first, column.key)
            for column in first.__table__.columns
            if column.key not in {"id", "key", "created_at", "snapshot_id", "version"}
        },
        snapshot_id=copy_of(make, first.snapshot).id,
    )
    make.save(second)
    decide(session, second, actor=actor)
    figures = proposals.get_figures(session, round_)
    assert (figures.decided, figures.pinned) == (1, 0)


def copy_of(make, snapshot):
    """Solve again with the same outcome."""
    kept = ("programme_id", "round_id", "policy_version_id", "seed", "engine", "content", "result")
    values = {name: getattr(snapshot, name) for name in kept}
    return make.save(snapshot.__class__(**values, number=2, solved_at=now(), taken_at=now()))


def test_the_time_runs_from_the_first_look_of_who_decided(session, make, programme, found, actor):
    colleague = make.coordinator(programme)
    look(make, found[0], actor, seconds_ago=120)
    look(make, found[0], actor, seconds_ago=10)
    look(make, found[0], colleague, seconds_ago=3000)
    look(make, found[1], actor, seconds_ago=7200)
    look(make, found[2], actor, seconds_ago=240)
    look(make, found[3], colleague, seconds_ago=1)
    for proposal in found:
        decide(session, proposal, actor=actor)
    figures = proposals.get_figures(session, found[0].round)
    assert (figures.decided, figures.timed) == (4, 3)
    assert figures.median_seconds == pytest.approx(240, abs=10)


def test_no_decision_is_taken_to_last_longer_than_half_an_hour(session, make, found, actor):
    look(make, found[0], actor, seconds_ago=7200)
    decide(session, found[0], actor=actor)
    assert proposals.get_figures(session, found[0].round).median_seconds == 1800


def test_looking_after_the_decision_tells_nothing(session, found, actor):
    decide(session, found[0], actor=actor)
    looks.note_look(session, found[0].mentee, account=actor, proposal=found[0])
    assert proposals.get_figures(session, found[0].round).timed == 0
