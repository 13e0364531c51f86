"""What must hold after every week (DOMAIN.md), whatever people did."""

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem import clock
from tandem.models import (
    MONTHS,
    Account,
    AuditEvent,
    Decision,
    Exclusion,
    Mail,
    MailState,
    Meeting,
    MeetingState,
    Mentor,
    Programme,
    Tandem,
    TandemState,
    Verdict,
)
from tandem.services import today
from tests.life.stories import LIVE, Story
from tests.life.village import Village


def check_what_must_hold(village: Village) -> None:
    """Compare all tables that matter with what people did."""
    with Session(village.database) as session:
        _check_states(session, village)
        _check_places(session)
        _check_decisions(session)
        _check_trail(session)
        _check_work(session)
        _check_the_day(session, village)


def check_second_tandems(village: Village) -> None:
    """Whoever's tandem ended early was matched again, and lived through that one to its end."""
    [again] = [story for story in village.stories if story.before is not None]
    assert again.before is not None
    assert again.before.state is TandemState.ENDED_EARLY
    assert again.state is TandemState.COMPLETED
    assert again.mentor.person_id != again.before.mentor.person_id
    asked_then, asked_now = (
        [months for months in MONTHS if each.asks_on(months, then)]
        for each, then in ((again.before, again), (again, None))
    )
    assert (asked_then, asked_now) == ([0], list(MONTHS))
    with Session(village.database) as session:
        kept_apart = session.scalars(sa.select(Exclusion.mentor_id).order_by(Exclusion.id)).all()
    assert {again.before.mentor.person_id, again.mentor.person_id} <= set(kept_apart)


def _check_states(session: Session, village: Village) -> None:
    """Each tandem is in one state, the one that its people brought about, at that moment."""
    tandems = session.scalars(sa.select(Tandem)).all()
    ended_by = {each.key: each.ended_by for each in tandems}
    for story in village.stories:
        if story.ways.early is not None and story.state is TandemState.ENDED_EARLY:
            assert ended_by[story.key] is story.ways.early.by
    found = {each.key: _course(each) for each in tandems}
    assert found == {s.key: _course(s) for s in village.stories if s.state is not None}
    held = session.execute(
        sa.select(Tandem.key, sa.func.count())
        .join(Meeting, Meeting.tandem_id == Tandem.id)
        .where(Meeting.state == MeetingState.HELD)
        .group_by(Tandem.key)
    )
    met = {story.key: len(story.held) for story in village.stories if story.held}
    assert {key: int(number) for key, number in held} == met


def _course(each: Tandem | Story) -> tuple[object, ...]:
    return each.state, each.started_at, each.ended_at, each.end_reason


def _check_places(session: Session) -> None:
    live = session.execute(
        sa.select(Tandem.mentor_id, Tandem.mentee_id).where(Tandem.state.in_(LIVE))
    ).all()
    assert max(Counter(row.mentee_id for row in live).values(), default=1) == 1
    for mentor, taken in Counter(row.mentor_id for row in live).items():
        assert taken <= session.get_one(Mentor, mentor).capacity


def _check_decisions(session: Session) -> None:
    without = (
        sa.select(sa.func.count(Tandem.id))
        .outerjoin(Decision, Decision.id == Tandem.decision_id)
        .outerjoin(Account, Account.id == Decision.account_id)
        .where(
            (Account.id.is_(None))
            | (Decision.verdict != Verdict.CONFIRMED)
            | (Decision.reason == "")
            | (Decision.programme_id != Tandem.programme_id)
        )
    )
    assert session.scalar(without) == 0


def _check_trail(session: Session) -> None:
    """How each tandem began and ended stands in the trail, once."""
    once = ("invite", "begin_tandem", "end_early", "complete_tandem", "expire_invitation")
    said = sa.select(AuditEvent.subject_id, AuditEvent.action, sa.func.count()).where(
        AuditEvent.subject_kind == "tandems", AuditEvent.action.in_(once)
    )
    rows = session.execute(said.group_by(AuditEvent.subject_id, AuditEvent.action)).all()
    assert {number for _, _, number in rows} <= {1}
    begun = {tandem for tandem, action, _ in rows if action == "begin_tandem"}
    assert begun == set(session.scalars(sa.select(Tandem.id).where(Tandem.started_at.is_not(None))))


def _check_work(session: Session) -> None:
    """Nothing that is due was left undone, and nobody holds anything."""
    late = sa.select(Tandem.id).where(
        (Tandem.due_at <= clock.now()) | Tandem.leased_until.is_not(None)
    )
    assert session.scalars(late).all() == []
    waiting = sa.select(Mail.kind).where(Mail.state == MailState.QUEUED)
    assert session.scalars(waiting).all() == []


def _check_the_day(session: Session, village: Village) -> None:
    programme = session.get_one(Programme, village.programme_id)
    shown = today.get_today(session, programme, actor=session.get_one(Account, village.staff_id))
    assert shown.figures.running == village.running()
    asked = sum(story.state is TandemState.INVITED for story in village.stories)
    assert shown.watch.invited == asked
