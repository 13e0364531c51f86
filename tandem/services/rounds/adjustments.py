"""What coordinators ask of a round's next solving: pins, bans, people set aside; and undoing it."""

from collections.abc import Sequence
from typing import NoReturn

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict, NotFound
from tandem.models import (
    Account,
    Adjustment,
    AdjustmentKind,
    Membership,
    Mentee,
    Mentor,
    Programme,
    Round,
    RoundState,
    Side,
)
from tandem.services import audit, permissions
from tandem.services.matchmaking.pins import keeps_apart
from tandem.services.programmes import take_turns
from tandem.services.rounds.candidates import Candidate, find_some
from tandem.services.rounds.contents import describe
from tandem.services.rounds.contradictions import Contradiction
from tandem.services.rounds.keys import draw_keys
from tandem.services.rounds.life import hold_round
from tandem.services.rounds.snapshots import policy_of

_WITH_PEOPLE = (
    joinedload(Adjustment.mentor).joinedload(Mentor.membership).joinedload(Membership.account),
    joinedload(Adjustment.mentee).joinedload(Mentee.membership).joinedload(Membership.account),
    joinedload(Adjustment.account),
)
_REASONS = {"in_tandem": "taken", "no_place": "no_place", "set_aside": "set_aside"}
"""Why somebody is not in, as a contradiction."""


class AlreadyUndone(Conflict):
    """Somebody undid this before."""


def list_adjustments(session: Session, round_: Round) -> Sequence[Adjustment]:
    """Return what is in force in a round, the oldest first, with people and who asked for it."""
    query = (
        sa.select(Adjustment)
        .where(
            Adjustment.programme_id == round_.programme_id,
            Adjustment.round_id == round_.id,
            Adjustment.undone_at.is_(None),
        )
        .options(*_WITH_PEOPLE)
        .order_by(Adjustment.id)
    )
    return session.scalars(query).all()


def pin(
    session: Session,
    round_key: str,
    *,
    mentor_key: str,
    mentee_key: str,
    reason: str = "",
    programme: Programme,
    actor: Account,
) -> Adjustment:
    """Have the next solving make this pair, whatever it scores.

    Raises
    ------
    Contradiction
        If that cannot be, as things are.
    """
    with transaction(session):
        round_ = _hold(session, round_key, programme=programme, actor=actor)
        mentor = _mentor(session, mentor_key, programme)
        mentee = _mentee(session, mentee_key, programme)
        _check_pin(session, round_, mentor=mentor, mentee=mentee, programme=programme)
        made = Adjustment(kind=AdjustmentKind.PIN, mentor_id=mentor.id, mentee_id=mentee.id)
        return _add(session, round_, made, reason=reason, actor=actor)


def forbid(
    session: Session,
    round_key: str,
    *,
    mentor_key: str,
    mentee_key: str,
    reason: str = "",
    programme: Programme,
    actor: Account,
) -> Adjustment:
    """Keep this pair out of the next solving.

    Raises
    ------
    Contradiction
        If the pair is pinned, or forbidden already.
    """
    with transaction(session):
        round_ = _hold(session, round_key, programme=programme, actor=actor)
        mentor = _mentor(session, mentor_key, programme)
        mentee = _mentee(session, mentee_key, programme)
        for each in list_adjustments(session, round_):
            if (each.mentor_id, each.mentee_id) == (mentor.id, mentee.id):
                pinned = each.kind is AdjustmentKind.PIN
                raise Contradiction("mentee_pinned" if pinned else "same_twice", adjustment=each)
        made = Adjustment(kind=AdjustmentKind.FORBID, mentor_id=mentor.id, mentee_id=mentee.id)
        return _add(session, round_, made, reason=reason, actor=actor)


def set_aside(
    session: Session,
    round_key: str,
    *,
    person_key: str,
    reason: str = "",
    programme: Programme,
    actor: Account,
) -> Adjustment:
    """Keep one mentor or mentee out of the next solving.

    Raises
    ------
    Contradiction
        If the person is pinned, or set aside already.
    """
    with transaction(session):
        round_ = _hold(session, round_key, programme=programme, actor=actor)
        person = _person(session, person_key, programme)
        for each in list_adjustments(session, round_):
            _refuse_to_set_aside(each, person)
        who = "mentor_id" if isinstance(person, Mentor) else "mentee_id"
        made = Adjustment(kind=AdjustmentKind.SET_ASIDE, **{who: person.id})
        return _add(session, round_, made, reason=reason, actor=actor)


def undo(
    session: Session, adjustment_key: str, *, programme: Programme, actor: Account
) -> Adjustment:
    """Take an adjustment back; the next solving no longer heeds it.

    Raises
    ------
    NotFound
        If the programme has no such adjustment.
    AlreadyUndone
        If somebody was faster.
    Conflict
        If the round is closed.
    """
    permissions.require(permissions.can_coordinate(actor, programme.id))
    with transaction(session):
        take_turns(session, programme.id)
        query = sa.select(Adjustment.id, Adjustment.round_id).where(
            Adjustment.programme_id == programme.id, Adjustment.key == adjustment_key
        )
        row = session.execute(query).one_or_none()
        if row is None:
            raise NotFound
        [round_] = lock(session, Round, [row.round_id])
        [adjustment] = lock(session, Adjustment, [row.id])
        if round_.state is RoundState.CLOSED:
            raise Conflict
        if adjustment.undone_at is not None:
            raise AlreadyUndone
        adjustment.undone_at, adjustment.undone_by_id = now(), actor.id
        audit.record(session, f"undo_{adjustment.kind.value}", adjustment, actor=actor)
    return adjustment


def _hold(session: Session, key: str, *, programme: Programme, actor: Account) -> Round:
    """Lock a round that is not closed, with the programme's turn."""
    take_turns(session, programme.id)
    round_ = hold_round(session, key, programme=programme, actor=actor)
    if round_.state is RoundState.CLOSED:
        raise Conflict
    return round_


def _mentor(session: Session, key: str, programme: Programme) -> Mentor:
    query = sa.select(Mentor).where(Mentor.programme_id == programme.id, Mentor.key == key)
    return session.scalars(query).one_or_none() or _nobody()


def _mentee(session: Session, key: str, programme: Programme) -> Mentee:
    query = sa.select(Mentee).where(Mentee.programme_id == programme.id, Mentee.key == key)
    return session.scalars(query).one_or_none() or _nobody()


def _person(session: Session, key: str, programme: Programme) -> Mentor | Mentee:
    query = sa.select(Mentor).where(Mentor.programme_id == programme.id, Mentor.key == key)
    return session.scalars(query).one_or_none() or _mentee(session, key, programme)


def _nobody() -> NoReturn:
    raise NotFound


def _check_pin(
    session: Session, round_: Round, *, mentor: Mentor, mentee: Mentee, programme: Programme
) -> None:
    in_force = list_adjustments(session, round_)
    for each in in_force:
        _refuse_to_pin(each, mentor, mentee)
    pinned = [each for each in in_force if each.kind is AdjustmentKind.PIN]
    theirs = [each.mentee_id or 0 for each in pinned if each.mentor_id == mentor.id]
    found = find_some(session, programme, round_, mentors=[mentor.id], mentees=[mentee.id, *theirs])
    if (mentor.id, mentee.id) in found.ties.rejected:
        raise Contradiction("rejected")
    people = {(each.side, each.person_id): each for each in found.everyone}
    ours = _in(people.get((Side.MENTOR, mentor.id)))
    _in(people.get((Side.MENTEE, mentee.id)))
    waiting = [people.get((Side.MENTEE, each)) for each in theirs]
    if ours.places <= sum(each is not None and each.is_in for each in waiting):
        raise Contradiction("no_place", adjustment=_last_pin(pinned, mentor))
    policy = policy_of(session, round_, programme=programme)
    keys = draw_keys(found)
    content = describe(session, round_, found, keys=keys)
    pair = [keys.mentors[mentor.id], keys.mentees[mentee.id]]
    rules = keeps_apart(content, policy.content, pair)
    if rules:
        raise Contradiction("against_rules", rules=rules)


def _refuse_to_pin(each: Adjustment, mentor: Mentor, mentee: Mentee) -> None:
    is_pair = (each.mentor_id, each.mentee_id) == (mentor.id, mentee.id)
    if each.kind is AdjustmentKind.PIN and each.mentee_id == mentee.id:
        raise Contradiction("same_twice" if is_pair else "mentee_pinned", adjustment=each)
    if each.kind is AdjustmentKind.FORBID and is_pair:
        raise Contradiction("forbidden", adjustment=each)
    if each.kind is AdjustmentKind.SET_ASIDE and (
        each.mentor_id == mentor.id or each.mentee_id == mentee.id
    ):
        raise Contradiction("set_aside", adjustment=each)


def _refuse_to_set_aside(each: Adjustment, person: Mentor | Mentee) -> None:
    is_mentor = isinstance(person, Mentor)
    if person.id != (each.mentor_id if is_mentor else each.mentee_id):
        return
    if each.kind is AdjustmentKind.PIN:
        raise Contradiction("mentor_pinned" if is_mentor else "mentee_pinned", adjustment=each)
    if each.kind is AdjustmentKind.SET_ASIDE:
        raise Contradiction("same_twice", adjustment=each)


def _in(person: Candidate | None) -> Candidate:
    """Return who takes part; refuse whoever does not."""
    reason = person.reason if person is not None else "not_in_round"
    if person is None or reason is not None:
        raise Contradiction(_REASONS.get(reason or "", "not_in_round"))
    return person


def _last_pin(pinned: Sequence[Adjustment], mentor: Mentor) -> Adjustment | None:
    return next((each for each in reversed(pinned) if each.mentor_id == mentor.id), None)


def _add(
    session: Session, round_: Round, made: Adjustment, *, reason: str, actor: Account
) -> Adjustment:
    made.programme_id, made.round_id = round_.programme_id, round_.id
    made.reason, made.account = reason, actor
    session.add(made)
    audit.record(session, made.kind.value, made, actor=actor)
    return made
