"""The figures of a period about everybody; tandem/web/reports says what each of them means."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import MONTHS, AuditEvent, Company, Decision, Outcome, Snapshot, Verdict
from tandem.services.programmes import today
from tandem.services.reports.course import count_course
from tandem.services.reports.found import DAY_SECONDS, Found
from tandem.services.reports.outcomes import classify
from tandem.services.reports.small import FEWEST


def count(session: Session, found: Found) -> dict[str, Any]:
    """Return the figures of a period in plain values."""
    others = _others(session, found)
    return {
        "people": _people(found, others),
        "waits": _waits(found),
        "coverage": _coverage(found),
        "rounds": {code: others[code] for code in ("solved", "confirmed", "rejected")},
        "outcomes": _outcomes(session, found),
        **count_course(found),
    }


def _others(session: Session, found: Found) -> dict[str, int]:
    """Return what is counted in the database itself, in one statement."""
    of = found.programme.id
    vetted = sa.select(sa.func.count(sa.distinct(AuditEvent.subject_id))).where(
        AuditEvent.programme_id == of,
        AuditEvent.subject_kind == Company.__tablename__,
        AuditEvent.action == "vet_company",
        AuditEvent.created_at < found.until,
    )
    solved = sa.select(sa.func.count(sa.distinct(Snapshot.round_id))).where(
        Snapshot.programme_id == of, _between(Snapshot.taken_at, found)
    )
    decided = sa.select(sa.func.count(Decision.id)).where(
        Decision.programme_id == of, _between(Decision.created_at, found)
    )
    row = session.execute(
        sa.select(
            vetted.scalar_subquery().label("vetted"),
            vetted.where(AuditEvent.created_at >= found.since).scalar_subquery().label("new"),
            solved.scalar_subquery().label("solved"),
            decided.where(Decision.verdict == Verdict.CONFIRMED).scalar_subquery().label("yes"),
            decided.where(Decision.verdict == Verdict.REJECTED).scalar_subquery().label("no"),
        )
    ).one()
    codes = ("vetted", "newly_vetted", "solved", "confirmed", "rejected")
    return dict(zip(codes, row, strict=True))


def _between(column: Any, found: Found) -> sa.ColumnElement[bool]:
    return sa.and_(column >= found.since, column < found.until)


def _people(found: Found, others: dict[str, int]) -> list[dict[str, Any]]:
    def line(code: str, dates: Iterable[datetime | None]) -> dict[str, Any]:
        known = [at for at in dates if at is not None and at < found.until]
        return {"code": code, "new": sum(at >= found.since for at in known), "total": len(known)}

    return [
        line("mentees_registered", (each.registered_at for each in found.mentees)),
        line("mentees_approved", (each.approved_at for each in found.mentees)),
        line("mentors_registered", (each.registered_at for each in found.mentors)),
        line("mentors_approved", (each.approved_at for each in found.mentors)),
        {"code": "companies_vetted", "new": others["newly_vetted"], "total": others["vetted"]},
    ]


def _waits(found: Found) -> list[dict[str, Any]]:
    approval = [
        (each.sent_at, each.approved_at)
        for each in (*found.mentees, *found.mentors)
        if found.is_in(each.approved_at)
    ]
    first = _first_begin(found)
    tandem = [
        (each.approved_at, first[each.id])
        for each in found.mentees
        if each.id in first and found.is_in(first[each.id])
    ]
    meeting = [
        (each.started_at, each.met_first_at)
        for each in found.pairs
        if found.is_in(each.met_first_at)
    ]
    return [
        {"code": "approval", **_wait(approval)},
        {"code": "tandem", **_wait(tandem)},
        {"code": "meeting", **_wait(meeting)},
    ]


def _wait(spans: Iterable[tuple[datetime | None, datetime | None]]) -> dict[str, Any]:
    days = [
        max((end - start).total_seconds(), 0) / DAY_SECONDS
        for start, end in spans
        if start is not None and end is not None
    ]
    return {"number": len(days), "days": round(median(days), 1) if len(days) >= FEWEST else None}


def _first_begin(found: Found) -> dict[int, datetime]:
    """Return when the first tandem of each mentee began."""
    first: dict[int, datetime] = {}
    for each in found.pairs:
        if each.started_at is not None:
            known = first.get(each.mentee_id, each.started_at)
            first[each.mentee_id] = min(known, each.started_at)
    return first


def _coverage(found: Found) -> dict[str, int]:
    first = _first_begin(found)
    approved = [
        each.id
        for each in found.mentees
        if each.approved_at is not None and each.approved_at < found.until
    ]
    covered = sum(each in first and first[each] < found.until for each in approved)
    return {"approved": len(approved), "with_tandem": covered}


def _outcomes(session: Session, found: Found) -> list[dict[str, Any]]:
    until = min(found.period.last, today(found.programme))
    query = (
        sa.select(Outcome.months, Outcome.kind, Outcome.in_field, Outcome.at_level, sa.func.count())
        .where(
            Outcome.programme_id == found.programme.id,
            Outcome.due_on.between(found.period.first, until),
        )
        .group_by(Outcome.months, Outcome.kind, Outcome.in_field, Outcome.at_level)
        .order_by(Outcome.months)
    )
    told: dict[int, Counter[str]] = {months: Counter() for months in MONTHS}
    for months, kind, in_field, at_level, number in session.execute(query):
        into = told[months]
        into["asked"] += number
        if kind is not None:
            into["answered"] += number
            into[classify(kind, in_field=in_field)] += number
            into["at_level"] += number if at_level else 0
    codes = ("asked", "answered", "in_field", "at_level", "other_work", "learning", "searching")
    return [
        {"months": months, **{code: into[code] for code in codes}} for months, into in told.items()
    ]
