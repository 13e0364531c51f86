"""Programmes full of tandems in every stage of their life, written without ceremony."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import (
    Account,
    Base,
    Company,
    Decision,
    Membership,
    Mentee,
    Mentor,
    PolicyVersion,
    Profile,
    Programme,
    Proposal,
    Role,
    Round,
    Side,
    Snapshot,
    Tandem,
    TandemState,
    Verdict,
)
from tandem.models.base import new_key

_NOTHING_KNOWN = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$none"
_BEGAN_DAYS = (None, 31, 15, 275)
"""Since when a tandem runs; none: both are still being asked."""
_ENDED_DAYS = 93
"""More than three months ever have: the question after three months is due on any date."""
_ASKED = timedelta(days=3, hours=12)


def settle(session: Session, *, tandems: int, programmes: int) -> None:
    """Write tandems, evenly in each stage, so that each has something due at once."""
    with transaction(session):
        _place(session, programmes)
        rows = [_rows(number, programme=number % programmes + 1) for number in range(tandems)]
        for model in (Account, Membership, Company, Mentor, Mentee, Profile, Proposal, Decision):
            _write(session, model, [row for each in rows for row in each[model]])
        _write(session, Tandem, [row for each in rows for row in each[Tandem]])
        for number in range(len(_BEGAN_DAYS)):
            _live(session, number)


def _write(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    session.execute(sa.insert(model), rows)


def _place(session: Session, programmes: int) -> None:
    ids = range(1, programmes + 1)
    place = {"region": "R", "address": "A", "contact_phone": "0", "contact_name": "C"}
    _write(
        session,
        Programme,
        [
            {"id": id_, "slug": f"p-{id_}", "name": f"P {id_}", "place_name": "P", **place}
            | {"contact_email": "c@programme.example"}
            for id_ in ids
        ],
    )
    staff = [_account(id_, "Maren") for id_ in ids]
    _write(session, Account, staff)
    _write(session, Membership, [_membership(id_, id_, Role.COORDINATOR) for id_ in ids])
    _write(
        session,
        PolicyVersion,
        [{"id": id_, "programme_id": id_, "number": 1, "content": ""} for id_ in ids],
    )
    _write(session, Round, [{"id": id_, "programme_id": id_, "name": "R"} for id_ in ids])
    frozen = {"number": 1, "seed": 0, "engine": "none", "content": {}}
    _write(
        session,
        Snapshot,
        [
            {"id": id_, "programme_id": id_, "round_id": id_, "policy_version_id": id_, **frozen}
            for id_ in ids
        ],
    )


def _rows(number: int, *, programme: int) -> dict[type[Base], list[dict[str, Any]]]:
    """Return all rows of one tandem and its two people."""
    id_ = number + 1
    mentor, mentee = 1_000_000 + id_, 2_000_000 + id_
    ours = {"programme_id": programme}
    pair = ours | {"mentor_id": id_, "mentee_id": id_}
    sides = {Side.MENTOR: mentor, Side.MENTEE: mentee}
    return {
        Account: [_account(mentor, "Uwe"), _account(mentee, "Rima")],
        Membership: [
            _membership(mentor, programme, Role.MENTOR),
            _membership(mentee, programme, Role.MENTEE),
        ],
        Company: [ours | {"id": id_, "name": f"C {id_}", "sector": "43", "postal_code": "25746"}],
        Mentor: [ours | {"id": id_, "membership_id": mentor, "company_id": id_}],
        Mentee: [ours | {"id": id_, "membership_id": mentee}],
        Profile: [
            ours
            | {"id": profile, "side": side, "mentor_id": None, "mentee_id": None}
            | {f"{side.value}_id": id_}
            for side, profile in sides.items()
        ],
        Proposal: [
            pair
            | {"id": id_, "round_id": programme, "snapshot_id": programme, "score": 1}
            | {"mentor_profile_id": mentor, "mentee_profile_id": mentee}
            | {"parts": {}, "facts": [], "alternatives": [], "margin": None}
        ],
        Decision: [
            pair
            | {"id": id_, "proposal_id": id_, "verdict": Verdict.CONFIRMED, "reason": "R"}
            | {"account_id": programme}
        ],
        Tandem: [
            pair
            | {"id": id_, "decision_id": id_, "capacity": 1, "slot": 1, "key": new_key()}
            | {"created_at": now() - _ASKED, "expires_at": now() + _ASKED, "due_at": now()}
        ],
    }


def _account(id_: int, name: str) -> dict[str, Any]:
    return {
        "id": id_,
        "email": f"person{id_}@people.example",
        "first_name": name,
        "last_name": f"No. {id_}",
        "password_hash": _NOTHING_KNOWN,
        "locale": "de",
        "confirmed_at": now(),
    }


def _membership(id_: int, programme: int, role: Role) -> dict[str, Any]:
    return {"id": id_, "programme_id": programme, "account_id": id_, "role": role}


def _live(session: Session, stage: int) -> None:
    """Have the tandems of one stage begin, and those of the last one end."""
    days = _BEGAN_DAYS[stage]
    if days is None:
        return
    began: datetime = now() - timedelta(days=days)
    theirs = sa.update(Tandem).where(Tandem.id % len(_BEGAN_DAYS) == stage)
    session.execute(
        theirs.values(
            state=TandemState.ACTIVE, mentor_yes_at=began, mentee_yes_at=began, started_at=began
        )
    )
    if days > _ENDED_DAYS:
        ended = now() - timedelta(days=_ENDED_DAYS)
        session.execute(theirs.values(state=TandemState.COMPLETED, ended_at=ended))
