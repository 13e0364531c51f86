"""What a coordinator decides about a list: its columns, answers, doubles, gaps of companies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import transaction
from tandem.errors import NotFound
from tandem.models import Account, Import, Programme
from tandem.models import Reading as Remembered
from tandem.services import audit
from tandem.services.imports import (
    LEAVE_OUT,
    NOTE,
    ROLES,
    Answers,
    Corrections,
    Key,
    accepts,
)
from tandem.services.imports.roles import LANGUAGE_ROLE
from tandem.services.intake.lists import hold, read_again, require_asking
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import take_turns
from tandem.taxonomy import is_language


class Double(Enum):
    """What becomes of somebody who seems to be known already, or to stand in a list twice."""

    SKIP = "skip"
    NOTE = "note"
    """What the list says becomes a note about the person who is known."""
    TAKE = "take"
    """They are somebody else."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What was decided about one list so far; lines are those of the sheet."""

    answers: Answers = field(default_factory=dict)
    doubles: Mapping[int, Double] = field(default_factory=dict)
    companies: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Sector and postal code of companies for which the list has none."""
    welcomes: bool = False
    """Whether everybody taken in gets a mail."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the coordinator says the list is, and what its columns hold."""

    sheet: str | None
    header_line: int | None
    roles: Mapping[int, str]


def corrections_of(import_: Import) -> Corrections:
    """Return what the coordinator knows better about where things stand."""
    plain = import_.columns or {}
    roles = {int(index): role for index, role in plain.get("roles", {}).items()}
    return Corrections(
        sheet=plain.get("sheet"), header_line=plain.get("header_line"), columns=roles
    )


def choices_of(import_: Import) -> Choices:
    """Return what was decided about an import."""
    plain = import_.answers or {}
    return Choices(
        answers={(kind, text): value for kind, text, value in plain.get("answers", ())},
        doubles={int(line): Double(each) for line, each in plain.get("doubles", {}).items()},
        companies={int(line): each for line, each in plain.get("companies", {}).items()},
        welcomes=plain.get("welcomes", False),
    )


def keep_choices(import_: Import, **changed: Any) -> None:
    """Write down what was decided, beside what was before."""
    import_.answers = (import_.answers or {}) | changed


def answers_for(session: Session, import_: Import) -> Answers:
    """Return all that texts are known to mean: from earlier files, and from this one."""
    query = sa.select(Remembered).where(Remembered.programme_id == import_.programme_id)
    known = {(each.field, each.text): each.value["value"] for each in session.scalars(query)}
    return known | dict(choices_of(import_).answers)


def lay_out(
    session: Session,
    key: str,
    layout: Layout,
    *,
    programme: Programme,
    actor: Account,
    seen_version: int,
) -> None:
    """Say what the columns hold; the file is then read again.

    Raises
    ------
    Stale
        If somebody changed the import meanwhile.
    NotFound
        If there is no such role.
    """
    with transaction(session):
        import_ = hold(session, key, programme=programme, actor=actor, seen_version=seen_version)
        require_asking(import_)
        if not all(is_role(import_, role) for role in layout.roles.values()):
            raise NotFound
        import_.columns = {
            "sheet": layout.sheet,
            "header_line": layout.header_line,
            "roles": {str(index): role for index, role in layout.roles.items()},
        }
        read_again(import_)
        audit.record(session, "correct_import", import_, actor=actor)


def is_role(import_: Import, role: str) -> bool:
    """Whether a column of this kind of list can hold that."""
    language = role.removeprefix(LANGUAGE_ROLE)
    if language != role:
        return is_language(language)
    return role in {NOTE, LEAVE_OUT} or role in ROLES[import_.kind]


def answer(
    session: Session,
    key: str,
    answers: Answers,
    *,
    programme: Programme,
    actor: Account,
    seen_version: int,
) -> None:
    """Say what texts mean, here and in every list to come; the file is then read again.

    Raises
    ------
    Stale
        If somebody changed the import meanwhile.
    NotFound
        If an answer is none of those that can be.
    """
    if not all(accepts(field_, value) for (field_, _), value in answers.items()):
        raise NotFound
    with transaction(session):
        import_ = hold(session, key, programme=programme, actor=actor, seen_version=seen_version)
        require_asking(import_)
        both = dict(choices_of(import_).answers) | dict(answers)
        keep_choices(import_, answers=[[*each, value] for each, value in both.items()])
        _remember(session, answers, programme=programme, actor=actor)
        read_again(import_)
        audit.record(
            session, "answer_import", import_, actor=actor, details={"answers": len(answers)}
        )


def _remember(session: Session, answers: Answers, *, programme: Programme, actor: Account) -> None:
    query = sa.select(Remembered).where(Remembered.programme_id == programme.id)
    known = {(each.field, each.text): each for each in session.scalars(query)}
    for key, value in answers.items():
        row = known.get(key) or _new_reading(key, programme)
        row.value, row.account_id = {"value": value}, actor.id
        session.add(row)


def _new_reading(key: Key, programme: Programme) -> Remembered:
    return Remembered(programme_id=programme.id, field=key[0], text=key[1])


def choose_doubles(
    session: Session,
    key: str,
    doubles: Mapping[int, Double],
    *,
    programme: Programme,
    actor: Account,
    seen_version: int,
) -> None:
    """Say what becomes of people who seem to be known, or to stand in the list twice."""
    with transaction(session):
        import_ = hold(session, key, programme=programme, actor=actor, seen_version=seen_version)
        require_asking(import_)
        both = dict(choices_of(import_).doubles) | dict(doubles)
        keep_choices(import_, doubles={str(line): each.value for line, each in both.items()})
        audit.record(session, "choose_doubles", import_, actor=actor)


def complete_companies(
    session: Session,
    key: str,
    companies: Mapping[int, Mapping[str, str]],
    *,
    programme: Programme,
    actor: Account,
    seen_version: int,
) -> None:
    """Say sector and postal code of companies for which the list has none."""
    with transaction(session):
        import_ = hold(session, key, programme=programme, actor=actor, seen_version=seen_version)
        require_asking(import_)
        both = dict(choices_of(import_).companies) | dict(companies)
        keep_choices(import_, companies={str(line): dict(each) for line, each in both.items()})
        audit.record(session, "complete_companies", import_, actor=actor)


def list_remembered(
    session: Session, *, programme: Programme, actor: Account
) -> Sequence[Remembered]:
    """Return what this programme's lists have taught so far, kind by kind."""
    require(can_coordinate(actor, programme.id))
    query = (
        sa.select(Remembered)
        .where(Remembered.programme_id == programme.id)
        .order_by(Remembered.field, Remembered.text)
    )
    return session.scalars(query).all()


def forget_reading(session: Session, key: Key, *, programme: Programme, actor: Account) -> None:
    """Ask again from now on what a text means."""
    with transaction(session):
        take_turns(session, programme.id)
        known = {
            (each.field, each.text): each
            for each in list_remembered(session, programme=programme, actor=actor)
        }
        if key not in known:
            raise NotFound
        audit.record(session, "forget_reading", known[key], actor=actor)
        session.delete(known[key])
