"""Finding short lists: one's own with what may be known of each mentor, and all of a round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from tandem.clock import now
from tandem.errors import NotFound
from tandem.models import (
    Account,
    Choice,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Round,
    RoundState,
    Shortlist,
)
from tandem.services import people, permissions


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a mentee may know of a mentor before anybody was asked (TRUST A4): no name."""

    position: int
    rank: int | None
    occupation: str | None = None
    sectors: Sequence[str] = ()
    postal_code: str | None = None
    languages: Mapping[str, str] | None = None
    offers: Sequence[str] = ()

    @property
    def is_there(self) -> bool:
        """Whether the mentor still takes part."""
        return self.languages is not None


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Whether one mentee has answered, for those who coordinate the round."""

    name: str
    person_key: str
    answered_at: datetime | None
    is_called: bool
    """Whether the mentee has no account of their own, so that a coordinator fills it in."""


def get_shortlist(
    session: Session, key: str, *, programme: Programme, account: Account
) -> Shortlist:
    """Return one's own short list, with its round and choices.

    Coordinators find those of mentees whom they call.

    Raises
    ------
    NotFound
        If the programme has none under this key, or it is somebody else's.
    """
    query = (
        sa.select(Shortlist)
        .where(Shortlist.programme_id == programme.id, Shortlist.key == key)
        .options(
            joinedload(Shortlist.round),
            joinedload(Shortlist.mentee)
            .joinedload(Mentee.membership)
            .joinedload(Membership.account),
            selectinload(Shortlist.choices),
        )
    )
    shortlist = session.scalars(query).one_or_none()
    if shortlist is None:
        raise NotFound
    permissions.require_known(
        permissions.is_person(account, shortlist.mentee)
        or permissions.can_answer_for(account, shortlist.mentee)
    )
    return shortlist


def is_open(session: Session, shortlist: Shortlist) -> bool:
    """Whether the list may still be put in order: people are being asked, and this is what for."""
    newest = sa.select(sa.func.max(Shortlist.snapshot_id)).where(
        Shortlist.programme_id == shortlist.programme_id, Shortlist.round_id == shortlist.round_id
    )
    takes_part = is_in_time(shortlist.round) and shortlist.mentee.objected_at is None
    return takes_part and session.scalar(newest) == shortlist.snapshot_id


def is_in_time(round_: Round) -> bool:
    """Whether mentees may still answer, even where the worker is late."""
    return round_.is_asking and round_.asks_until is not None and now() <= round_.asks_until


def find_open(session: Session, mentee: Mentee) -> Shortlist | None:
    """Return the short list that waits for a mentee's order, or may still be changed."""
    if mentee.objected_at is not None:
        return None
    newer = aliased(Shortlist)
    query = (
        sa.select(Shortlist)
        .join(Round, Round.id == Shortlist.round_id)
        .where(
            Shortlist.programme_id == mentee.programme_id,
            Shortlist.mentee_id == mentee.id,
            Round.state == RoundState.ASKING,
            Round.asks_until >= now(),
            ~sa.exists().where(
                newer.programme_id == Shortlist.programme_id,
                newer.round_id == Shortlist.round_id,
                newer.snapshot_id > Shortlist.snapshot_id,
            ),
        )
        .options(joinedload(Shortlist.round))
        .order_by(Shortlist.id.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def find_to_fill_in(
    session: Session, person_key: str, *, programme: Programme, account: Account
) -> Shortlist | None:
    """Return the open short list of a mentee whom the coordinators call, if there is one.

    Raises
    ------
    NotFound
        If the programme has no such person.
    """
    who = people.get_person(session, person_key, programme=programme, actor=account).who
    if not isinstance(who, Mentee) or not permissions.can_answer_for(account, who):
        return None
    return find_open(session, who)


def list_cards(session: Session, shortlist: Shortlist) -> Sequence[Card]:
    """Return the mentors of a short list as they describe themselves today, without names."""
    query = (
        sa.select(Profile)
        .join(Mentor, Mentor.id == Profile.mentor_id)
        .where(
            Mentor.objected_at.is_(None),
            Profile.programme_id == shortlist.programme_id,
            Profile.mentor_id.in_([choice.mentor_id for choice in shortlist.choices]),
            Profile.state == ProfileState.APPROVED,
        )
        .options(selectinload(Profile.language_skills))
        .order_by(Profile.id)
    )
    profiles = {profile.mentor_id: profile for profile in session.scalars(query)}
    return [_card(choice, profiles.get(choice.mentor_id)) for choice in shortlist.choices]


def _card(choice: Choice, profile: Profile | None) -> Card:
    if profile is None:
        return Card(position=choice.position, rank=choice.rank)
    return Card(
        position=choice.position,
        rank=choice.rank,
        occupation=profile.occupation,
        sectors=profile.sectors,
        postal_code=profile.postal_code,
        languages=profile.languages,
        offers=profile.topics,
    )


def list_replies(session: Session, round_: Round) -> Sequence[Reply]:
    """Return who was asked last in a round, those who have answered first, then by name."""
    newest = (
        sa.select(sa.func.max(Shortlist.snapshot_id))
        .where(Shortlist.programme_id == round_.programme_id, Shortlist.round_id == round_.id)
        .scalar_subquery()
    )
    query = (
        sa.select(
            Account.first_name,
            Account.last_name,
            Mentee.key,
            Shortlist.answered_at,
            (Mentee.informed_at.is_not(None) & Account.confirmed_at.is_(None)).label("is_called"),
        )
        .select_from(Shortlist)
        .join(Mentee, Mentee.id == Shortlist.mentee_id)
        .join(Membership, Membership.id == Mentee.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Shortlist.programme_id == round_.programme_id,
            Shortlist.round_id == round_.id,
            Shortlist.snapshot_id == newest,
        )
        .order_by(
            Shortlist.answered_at.is_(None), Account.last_name, Account.first_name, Shortlist.id
        )
    )
    return [
        Reply(
            name=f"{row.first_name} {row.last_name}",
            person_key=row.key,
            answered_at=row.answered_at,
            is_called=row.is_called,
        )
        for row in session.execute(query)
    ]
