"""Everything a programme holds about one person, as plain rows of each kind."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from tandem.errors import NotFound
from tandem.models import (
    Account,
    AuditEvent,
    Choice,
    Decision,
    Look,
    Mail,
    Membership,
    Mentee,
    Mentor,
    Profile,
    Programme,
    Proposal,
    Round,
    Shortlist,
    Side,
    Snapshot,
    SnapshotPerson,
    Tandem,
)
from tandem.services.erasing import find_roles, list_entries
from tandem.services.own_data.accompanying import accompanying
from tandem.services.own_data.overview import events_of, mails_of, of
from tandem.services.tandems import who_declined

Rows: TypeAlias = Sequence[dict[str, Any]]
_INNER = {"id", "programme_id", "mentor_id", "mentee_id", "version"}
"""Columns of a profile that say nothing about anybody."""


def gather(session: Session, *, actor: Account, programme: Programme) -> dict[str, Rows]:
    """Return what is held about ``actor``, by kind.

    Raises
    ------
    NotFound
        If they are neither mentor nor mentee there.
    """
    roles = find_roles(session, actor, programme)
    if not roles:
        raise NotFound
    found: dict[str, list[dict[str, Any]]] = {}
    for person in list_entries(session, roles[0]):
        for kind, rows in _of_role(session, person, person.membership.account):
            found.setdefault(kind, []).extend(rows)
    for kind in ("account", "mails", "record"):  # much the same for all roles of one account
        found[kind] = [each for at, each in enumerate(found[kind]) if each not in found[kind][:at]]
    return dict(found)


def _of_role(
    session: Session, person: Mentor | Mentee, account: Account
) -> Iterable[tuple[str, Rows]]:
    yield "account", [_account(account)]
    yield "roles", [_role(person)]
    yield "profile_versions", _profiles(session, person)
    yield "rounds", _rounds(session, person)
    yield "proposals", _proposals(session, person)
    yield "tandems", _tandems(session, person)
    yield from accompanying(session, person)
    yield "wishes", _wishes(session, person)
    yield "looks", _looks(session, person)
    yield "mails", _mails(session, person, account)
    yield "record", _record(session, person, account)


def _account(account: Account) -> dict[str, Any]:
    names = (
        "email", "first_name", "last_name", "locale", "created_at", "confirmed_at", "seen_at",
        "warned_at",
    )  # fmt: skip
    return {name: getattr(account, name) for name in names}


def _role(person: Mentor | Mentee) -> dict[str, Any]:
    return {
        "role": (Side.MENTOR if isinstance(person, Mentor) else Side.MENTEE).value,
        "since": person.created_at,
        "company": person.company.name if isinstance(person, Mentor) else None,
        "places": person.capacity if isinstance(person, Mentor) else None,
        "entered_by_staff": person.entered_by_id is not None,
        "informed_in_person_at": person.informed_at,
        "objected_at": person.objected_at,
        "turned_reminders_off_at": person.membership.quiet_at,
    }


def _profiles(session: Session, person: Mentor | Mentee) -> Rows:
    query = (
        sa.select(Profile)
        .where(Profile.id.in_(of(person, Profile)))
        .options(selectinload(Profile.language_skills))
        .order_by(Profile.number, Profile.id)
    )
    names = [each.name for each in Profile.__table__.columns if each.name not in _INNER]
    return [
        {name: _word(getattr(profile, name)) for name in names} | {"languages": profile.languages}
        for profile in session.scalars(query)
    ]


def _rounds(session: Session, person: Mentor | Mentee) -> Rows:
    query = (
        sa.select(
            Round.name, Snapshot.number, Snapshot.solved_at, Snapshot.engine, SnapshotPerson.key
        )
        .join(Snapshot, Snapshot.round_id == Round.id)
        .join(SnapshotPerson, SnapshotPerson.snapshot_id == Snapshot.id)
        .where(
            Round.programme_id == person.programme_id,
            SnapshotPerson.profile_id.in_(of(person, Profile)),
        )
        .order_by(Snapshot.id)
    )
    return [
        {
            "round": row.name,
            "calculation": row.number,
            "calculated_at": row.solved_at,
            "engine": row.engine,
            "key": row.key,
        }
        for row in session.execute(query)
    ]


def _proposals(session: Session, person: Mentor | Mentee) -> Rows:
    query = (
        sa.select(Proposal)
        .where(Proposal.id.in_(of(person, Proposal)))
        .options(
            joinedload(Proposal.round),
            joinedload(Proposal.decision).joinedload(Decision.account),
            joinedload(Proposal.mentor)
            .joinedload(Mentor.membership)
            .joinedload(Membership.account),
            joinedload(Proposal.mentor).joinedload(Mentor.company),
            joinedload(Proposal.mentee)
            .joinedload(Mentee.membership)
            .joinedload(Membership.account),
        )
        .order_by(Proposal.id)
    )
    return [_proposal(each, person) for each in session.scalars(query)]


def _proposal(proposal: Proposal, person: Mentor | Mentee) -> dict[str, Any]:
    decision = proposal.decision
    return {
        "round": proposal.round.name,
        "proposed_at": proposal.created_at,
        "state": proposal.state.value,
        "points": proposal.score,
        "points_by_criterion": proposal.parts,
        "decision": decision.verdict.value if decision else None,
        "decided_at": decision.created_at if decision else None,
        "decided_by": decision.account.name if decision else None,
        "reason": _without_the_other(decision.reason, proposal, person) if decision else None,
    }


def _without_the_other(text: str, proposal: Proposal, person: Mentor | Mentee) -> str:
    """Return a reason without what says who was across."""
    across = proposal.mentee if isinstance(person, Mentor) else proposal.mentor
    account = across.membership.account
    names = {account.first_name, account.last_name, account.email}
    if isinstance(across, Mentor):
        names.add(across.company.name)
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


def _tandems(session: Session, person: Mentor | Mentee) -> Rows:
    query = (
        sa.select(Tandem)
        .where(Tandem.id.in_(of(person, Tandem)))
        .options(joinedload(Tandem.decision).joinedload(Decision.proposal))
        .order_by(Tandem.id)
    )
    return [_tandem(session, each, person) for each in session.scalars(query).all()]


def _tandem(session: Session, tandem: Tandem, person: Mentor | Mentee) -> dict[str, Any]:
    side = Side.MENTOR if isinstance(person, Mentor) else Side.MENTEE
    said = bool(tandem.decline_reason) and who_declined(session, tandem) is side
    proposal = tandem.decision.proposal
    return {
        "key": tandem.key,
        "state": tandem.state.value,
        "asked_at": tandem.created_at,
        "you_said_yes_at": tandem.mentor_yes_at if side is Side.MENTOR else tandem.mentee_yes_at,
        "your_reason": tandem.decline_reason if said else None,
        "started_at": tandem.started_at,
        "ended_at": tandem.ended_at,
        "paused_until": tandem.paused_until,
        "you_ended_it_because": _word(tandem.end_reason) if tandem.ended_by is side else None,
        "your_note_about_it": tandem.end_note if tandem.ended_by is side else None,
        "points": proposal.score,
        "points_by_criterion": proposal.parts,
    }


def _wishes(session: Session, person: Mentor | Mentee) -> Rows:
    """Return how a mentee put short lists in order; mentors stand in them without names."""
    if isinstance(person, Mentor):
        return []
    query = (
        sa.select(
            Round.name, Shortlist.created_at, Shortlist.answered_at, Choice.position, Choice.rank
        )
        .join(Shortlist, Shortlist.round_id == Round.id)
        .join(Choice, Choice.shortlist_id == Shortlist.id)
        .where(Shortlist.programme_id == person.programme_id, Shortlist.mentee_id == person.id)
        .order_by(Shortlist.id, Choice.position)
    )
    return [
        {
            "round": row.name,
            "asked_at": row.created_at,
            "answered_at": row.answered_at,
            "place_on_the_list": row.position,
            "your_rank": row.rank,
        }
        for row in session.execute(query)
    ]


def _looks(session: Session, person: Mentor | Mentee) -> Rows:
    column = Look.mentor_id if isinstance(person, Mentor) else Look.mentee_id
    query = (
        sa.select(Look)
        .where(Look.programme_id == person.programme_id, column == person.id)
        .options(joinedload(Look.account))
        .order_by(Look.id)
    )
    return [
        {"looked_at": look.created_at, "who": look.account.name} for look in session.scalars(query)
    ]


def _mails(session: Session, person: Mentor | Mentee, account: Account) -> Rows:
    query = sa.select(Mail).where(mails_of(person, account)).order_by(Mail.id)
    names = ("kind", "subject", "created_at", "sent_at", "state", "to_address")
    return [{name: _word(getattr(mail, name)) for name in names} for mail in session.scalars(query)]


def _record(session: Session, person: Mentor | Mentee, account: Account) -> Rows:
    query = sa.select(AuditEvent).where(events_of(person, account)).order_by(AuditEvent.id)
    return [
        {"at": event.created_at, "by": _who(event, account), "action": event.action}
        for event in session.scalars(query)
    ]


def _who(event: AuditEvent, account: Account) -> str:
    if event.account_id is None:
        return "service"
    return "you" if event.account_id == account.id else "coordination"


def _word(value: Any) -> Any:
    return getattr(value, "value", value)
