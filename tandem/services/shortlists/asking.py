"""Asking mentees for their wishes, and going on with the round when the time is over."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict
from tandem.locales import day_in_words
from tandem.models import (
    Account,
    Choice,
    Membership,
    Mentee,
    Programme,
    Round,
    RoundState,
    Shortlist,
    Snapshot,
)
from tandem.services import audit, policies, rounds
from tandem.services.mails import queue_mail
from tandem.services.matchmaking.proposing import rest
from tandem.services.programmes import take_turns
from tandem.services.rounds.life import hold_round
from tandem.services.shortlists.choosing import Offer, find_plan
from tandem.services.shortlists.outlook import is_asked
from tandem.services.shortlists.reminding import remind, reminds_at
from tandem.services.shortlists.wishes import policy_to_try
from tandem.work import Claim, held

LONGEST_DAYS = 60
_LAST_MOMENT = time(23, 59, 59)


class TrialWaits(Conflict):
    """A trial waits to be taken or laid aside; ask about what the round goes by."""


class AlreadyAsked(Conflict):
    """Mentees were asked about this result before; solve again before asking again."""


class BadDeadline(Conflict):
    """The last day to answer is over, or too far away."""


class NobodyToAsk(Conflict):
    """No mentee has a choice among mentors who fit and would cost little."""


def ask(
    session: Session, round_key: str, *, until: date, programme: Programme, actor: Account
) -> Round:
    """Send each undecided mentee of a round a short list, to be put in order by a day's end.

    Raises
    ------
    BadDeadline
        If that day is over, or more than 60 days away.
    AlreadyAsked
        If mentees were asked about this result before.
    TrialWaits
        If nobody has decided yet about a trial.
    NobodyToAsk
        If nobody has a choice.
    Conflict
        If the round is not ready.
    """
    with transaction(session):
        take_turns(session, programme.id)
        round_ = hold_round(session, round_key, programme=programme, actor=actor)
        snapshot = rounds.solved_snapshot(session, round_)
        if round_.state is not RoundState.READY or snapshot is None:
            raise Conflict
        deadline = _deadline(until, programme)
        lists = _lists(session, round_, snapshot)
        _keep_policy(session, round_, programme=programme, actor=actor)
        round_.state, round_.asks_until = RoundState.ASKING, deadline
        round_.schedule(reminds_at(deadline))
        made = [
            _make(session, snapshot, mentee_id=mentee_id, offers=offers)
            for mentee_id, offers in lists.items()
        ]
        _write_to(session, made, programme=programme, until=until)
        audit.record(
            session,
            "ask_mentees",
            round_,
            actor=actor,
            details={"snapshot": snapshot.number, "mentees": len(made)},
        )
    return round_


def end_asking(session: Session, round_key: str, *, programme: Programme, actor: Account) -> Round:
    """Stop asking before the deadline, and solve again with the wishes so far, as a trial.

    Raises
    ------
    Conflict
        If nobody is being asked.
    """
    with transaction(session):
        take_turns(session, programme.id)
        round_ = hold_round(session, round_key, programme=programme, actor=actor)
        if not round_.is_asking:
            raise Conflict
        _go_on(session, round_, programme=programme, actor=actor)
    return round_


def attend(session: Session, claim: Claim[Round]) -> None:
    """Remind who has not answered, and go on once the deadline is over; may run twice.

    Raises
    ------
    LostClaim
        If another worker has taken over, or somebody ended the asking.
    """
    with transaction(session):
        programme = session.get_one(Programme, session.get_one(Round, claim.id).programme_id)
        take_turns(session, programme.id)
        round_ = held(session, claim)
        if not round_.is_asking or round_.asks_until is None:
            round_.schedule(None)
        elif now() < reminds_at(round_.asks_until):
            round_.schedule(reminds_at(round_.asks_until))
        elif now() <= round_.asks_until:
            remind(session, round_, programme=programme)
            round_.schedule(round_.asks_until)
        else:
            _go_on(session, round_, programme=programme, actor=None)


def _deadline(until: date, programme: Programme) -> datetime:
    """Return the last moment of a day, where the programme is."""
    zone = ZoneInfo(programme.zone)
    days = (until - now().astimezone(zone).date()).days
    if not 0 <= days <= LONGEST_DAYS:
        raise BadDeadline
    return datetime.combine(until, _LAST_MOMENT, tzinfo=zone)


def _lists(session: Session, round_: Round, snapshot: Snapshot) -> Mapping[int, Sequence[Offer]]:
    """Return the short lists to send, unless something stands in the way."""
    if is_asked(session, snapshot):
        raise AlreadyAsked
    if rounds.pending(session, round_) is not None:
        raise TrialWaits
    lists = find_plan(session, round_, snapshot).lists
    if not lists:
        raise NobodyToAsk
    return lists


def _make(
    session: Session, snapshot: Snapshot, *, mentee_id: int, offers: Sequence[Offer]
) -> Shortlist:
    shortlist = Shortlist(
        programme_id=snapshot.programme_id,
        round_id=snapshot.round_id,
        snapshot_id=snapshot.id,
        mentee_id=mentee_id,
    )
    session.add(shortlist)
    session.flush()
    session.add_all(
        Choice(
            programme_id=snapshot.programme_id,
            shortlist_id=shortlist.id,
            position=position,
            mentor_id=offer.mentor_id,
            mentor_profile_id=offer.profile_id,
        )
        for position, offer in enumerate(offers, start=1)
    )
    return shortlist


def _write_to(
    session: Session, shortlists: Sequence[Shortlist], *, programme: Programme, until: date
) -> None:
    query = (
        sa.select(Mentee)
        .where(
            Mentee.programme_id == programme.id,
            Mentee.id.in_([shortlist.mentee_id for shortlist in shortlists]),
        )
        .options(joinedload(Mentee.membership).joinedload(Membership.account))
        .order_by(Mentee.id)
    )
    mentees = {mentee.id: mentee for mentee in session.scalars(query)}
    for shortlist in shortlists:
        reader = mentees[shortlist.mentee_id].membership.account
        queue_mail(
            session,
            "shortlist",
            reader,
            programme=programme,
            about=shortlist.key,
            shortlist_key=shortlist.key,
            last_day=day_in_words(until, reader.locale),
        )


def _keep_policy(
    session: Session, round_: Round, *, programme: Programme, actor: Account | None
) -> str | None:
    """Keep the policy that is tried afterwards; none where wishes count already.

    It is kept when mentees are asked, so that it bears the name of who asked them.
    """
    policy = policy_to_try(rounds.policy_of(session, round_, programme=programme))
    if policy is not None:
        policies.add_trial(session, policy, programme=programme, actor=actor)
    return policy


def _go_on(session: Session, round_: Round, *, programme: Programme, actor: Account | None) -> None:
    """Make the round ready, and have it solved again with what mentees wish for."""
    round_.state = RoundState.READY
    session.flush()
    audit.record(session, "end_asking", round_, actor=actor)
    policy = _keep_policy(session, round_, programme=programme, actor=actor)
    try:
        rounds.solve_again(session, round_, programme=programme, actor=actor, policy=policy)
    except rounds.NobodyToMatch:
        rest(session, round_)
