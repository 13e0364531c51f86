"""Short lists sent and answered at once, and deadlines that pass without waiting."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import Account, Choice, Mentee, Programme, Proposal, Round, Shortlist
from tandem.services import shortlists
from tests.support.make import Make


def save(make: Make, proposal: Proposal) -> Shortlist:
    """Save a short list with one mentor, of a round that has asked and gone on."""
    shared = {"programme_id": proposal.programme_id}
    shortlist = make.save(
        Shortlist(
            round_id=proposal.round_id,
            snapshot_id=proposal.snapshot_id,
            mentee_id=proposal.mentee_id,
            **shared,
        )
    )
    make.save(
        Choice(
            shortlist_id=shortlist.id,
            position=1,
            mentor_id=proposal.mentor_id,
            mentor_profile_id=proposal.mentor_profile_id,
            **shared,
        )
    )
    return shortlist


def ask(session: Session, round_: Round, *, actor: Account, days: int = 7) -> Round:
    """Ask the mentees of a solved round, until the end of a day."""
    programme = session.get_one(Programme, round_.programme_id)
    until = now().astimezone(ZoneInfo(programme.zone)).date() + timedelta(days=days)
    return shortlists.ask(session, round_.key, until=until, programme=programme, actor=actor)


def of(session: Session, mentee: Mentee) -> Shortlist:
    """Return the last short list of a mentee."""
    query = session.query(Shortlist).filter_by(mentee_id=mentee.id)
    return query.order_by(Shortlist.id.desc()).limit(1).one()


def answer(
    session: Session, mentee: Mentee, ranks: Mapping[int, int], *, seen: int | None = None
) -> Shortlist:
    """Put a mentee's short list in order."""
    shortlist = of(session, mentee)
    return shortlists.answer(
        session,
        shortlist.key,
        ranks,
        programme=session.get_one(Programme, mentee.programme_id),
        account=mentee.membership.account,
        seen_version=shortlist.version if seen is None else seen,
    )


def ranks_of(session: Session, mentee: Mentee) -> list[int | None]:
    """Return the ranks on a mentee's short list, from top to bottom of the page."""
    session.expire_all()
    return [choice.rank for choice in of(session, mentee).choices]


def let_it_be(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let it be another moment for short lists."""
    for module in ("answering", "asking", "finding"):
        monkeypatch.setattr(f"tandem.services.shortlists.{module}.now", lambda: moment)
