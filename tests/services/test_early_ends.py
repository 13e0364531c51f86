"""The early end of a tandem: nobody's fault, places free at once, never the two again unasked."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tandem.errors import NotFound
from tandem.models import (
    AuditEvent,
    EndReason,
    Exclusion,
    Mail,
    Notice,
    Side,
    TandemState,
)
from tandem.services import erasing, exclusions, tandems
from tandem.services.own_data.gathering import gather
from tests.support import clocks, endings, pairs
from tests.support.solving import solve

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ENDING = tandems.Ending(reason=EndReason.DID_NOT_FIT, note="We have too little in common.")


@pytest.fixture
def programme(monkeypatch, make):
    clocks.stopped(monkeypatch, NOON)
    return make.programme()


@pytest.fixture
def tandem(make, programme, coordinator):
    return endings.running(make, make.mentor(programme), make.mentee(programme))


@pytest.fixture
def end(session, programme, tandem):
    def run(by, ending=ENDING):
        actor = account_of(tandem, by) if isinstance(by, Side) else by
        return tandems.end_early(session, tandem.key, ending, programme=programme, actor=actor)

    return run


def account_of(tandem, side):
    mentor, mentee = pairs.accounts_of(tandem)
    return mentor if side is Side.MENTOR else mentee


def texts(session, account):
    query = sa.select(Mail.text).filter_by(kind="tandem_ended", to_address=account.email)
    return session.scalars(query).all()


@pytest.mark.parametrize("side", Side)
def test_both_are_told_once_and_neither_reads_why(session, tandem, end, side):
    for _ in range(2):
        end(side)
    assert tandem.state is TandemState.ENDED_EARLY
    assert tandem.ended_at == NOON
    assert (tandem.end_reason, tandem.ended_by) == (EndReason.DID_NOT_FIT, side)
    [own] = texts(session, account_of(tandem, side))
    [other] = texts(session, account_of(tandem, next(each for each in Side if each is not side)))
    assert "as you wished" in own
    assert "earlier than planned" in other
    assert not any("in common" in text or "fit" in text for text in (own, other))
    assert set(session.scalars(sa.select(Notice.kind))) == {"tandem_ended"}
    events = session.scalars(sa.select(AuditEvent).filter_by(action="end_early")).all()
    assert [event.details for event in events] == [{"reason": "did_not_fit", "side": side.value}]


def test_a_coordinator_ends_it_for_nobody(session, tandem, coordinator, end):
    end(coordinator)
    assert tandem.ended_by is None
    assert session.scalars(sa.select(Notice)).all() == []
    [apart] = session.scalars(sa.select(Exclusion)).all()
    assert (apart.asked_by, apart.account_id) == (None, coordinator.id)
    for account in pairs.accounts_of(tandem):
        [text] = texts(session, account)
        assert "as you wished" not in text


def test_a_break_does_not_hinder_an_end(session, programme, tandem, end):
    actor = account_of(tandem, Side.MENTOR)
    tandems.pause(session, tandem.key, programme=programme, actor=actor, until=None, seen="active:")
    end(Side.MENTEE)
    assert (tandem.state, tandem.paused_until) == (TandemState.ENDED_EARLY, None)


def test_ending_it_otherwise_once_more_is_refused(tandem, end, coordinator):
    end(Side.MENTEE)
    for by, ending in (
        (Side.MENTOR, ENDING),
        (Side.MENTEE, tandems.Ending(reason=EndReason.MOVED)),
        (coordinator, ENDING),
    ):
        with pytest.raises(tandems.NotRunning):
            end(by, ending)
    assert (tandem.end_reason, tandem.ended_by) == (EndReason.DID_NOT_FIT, Side.MENTEE)


def test_both_places_are_free_at_once(make, programme, tandem, end):
    end(Side.MENTOR)
    assert pairs.invited(make, tandem.mentor, make.mentee(programme)).slot == tandem.slot
    pairs.invited(make, make.mentor(programme), tandem.mentee)


def test_a_later_round_brings_both_together_with_others(
    session, make, programme, coordinator, tandem, end
):
    """The other mentor suits the mentee less, and there is nobody else for the first one."""
    other = make.mentor(programme, topics=[], sectors=["56"])
    end(Side.MENTEE)
    [proposal] = solve(session, make.round(programme), actor=coordinator)
    assert (proposal.mentor_id, proposal.mentee_id) == (other.id, tandem.mentee_id)


def test_a_later_round_never_proposes_the_two_until_that_is_lifted(
    session, make, programme, coordinator, tandem, end
):
    end(Side.MENTEE)
    [apart] = session.scalars(sa.select(Exclusion)).all()
    assert apart.asked_by is Side.MENTEE
    round_ = make.round(programme)
    assert solve(session, round_, actor=coordinator) == []
    exclusions.lift(session, apart.key, programme=programme, actor=coordinator)
    [proposal] = solve(session, round_, actor=coordinator)
    assert (proposal.mentor_id, proposal.mentee_id) == (tandem.mentor_id, tandem.mentee_id)


def test_who_is_kept_apart_already_is_not_kept_apart_twice(
    session, programme, coordinator, tandem, end
):
    draft = exclusions.ExclusionDraft(
        mentee_key=tandem.mentee.key, mentor_key=tandem.mentor.key, asked_by=Side.MENTOR
    )
    exclusions.exclude(session, draft, programme=programme, actor=coordinator)
    end(Side.MENTEE)
    [apart] = session.scalars(sa.select(Exclusion)).all()
    assert apart.asked_by is Side.MENTOR


def test_what_was_written_is_erased_with_either(session, make, programme, tandem, end):
    end(Side.MENTOR)
    erasing.erase(
        session, tandem.mentee, programme=programme, actor=account_of(tandem, Side.MENTEE),
        asked=erasing.WhoAsked.SELF,
    )  # fmt: skip
    session.expire_all()
    assert (tandem.end_note, tandem.end_reason) == ("", EndReason.DID_NOT_FIT)


def test_ones_own_data_say_why_one_ended_it_and_not_why_the_other_did(
    session, programme, tandem, end
):
    end(Side.MENTOR)
    mentor, mentee = (
        gather(session, actor=account, programme=programme)["tandems"][0]
        for account in pairs.accounts_of(tandem)
    )
    assert mentor["you_ended_it_because"] == "did_not_fit"
    assert mentor["your_note_about_it"] == ENDING.note
    assert (mentee["you_ended_it_because"], mentee["your_note_about_it"]) == (None, None)


def test_nobody_else_ends_it(make, programme, tandem, end):
    elsewhere = make.programme()
    for stranger in (make.mentor(programme).membership.account, make.coordinator(elsewhere)):
        with pytest.raises(NotFound):
            end(stranger)
    assert tandem.state is TandemState.ACTIVE
