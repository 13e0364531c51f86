"""The report of a year that is over: counted once, and kept as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import Account, Programme, Report, Side, Survey
from tandem.services import audit
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import take_turns, today
from tandem.services.reports.found import Found, find
from tandem.services.reports.groups import count_groups
from tandem.services.reports.periods import Period, whole_year
from tandem.services.reports.small import FEWEST
from tandem.services.reports.totals import count

QUESTIONS = ("satisfied", "reached", "supported")


class YearNotOver(Conflict):
    """The year has not ended yet, so its report cannot be fixed."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """The figures of a period, as a page or a document tells them."""

    period: Period
    figures: dict[str, Any]
    """Totals; of a year whose report was fixed also what is told by group."""
    fixed_at: datetime | None

    @property
    def has_groups(self) -> bool:
        """Whether what is only told of fixed years is there."""
        return self.fixed_at is not None


def tell(session: Session, period: Period, *, programme: Programme, actor: Account) -> Told:
    """Return the figures of a period: those of a fixed year as they were fixed.

    Raises
    ------
    NotAllowed
        If ``actor`` does not coordinate the programme.
    """
    require(can_coordinate(actor, programme.id))
    report = _find(session, period.year, programme) if period.year is not None else None
    if report is not None:
        return Told(period=period, figures=report.figures, fixed_at=report.created_at)
    figures = count(session, find(session, programme, period))
    return Told(period=period, figures=figures, fixed_at=None)


def fix_year(session: Session, year: int, *, programme: Programme, actor: Account) -> Report:
    """Count a year that is over, for good; a second time returns what was counted the first.

    Raises
    ------
    NotAllowed
        If ``actor`` does not coordinate the programme.
    YearNotOver
        If it is not over where the programme is.
    """
    with transaction(session):
        require(can_coordinate(actor, programme.id))
        take_turns(session, programme.id)
        known = _find(session, year, programme)
        if known is not None:
            return known
        if not is_over(year, programme):
            raise YearNotOver
        found = find(session, programme, whole_year(year))
        kept = {"groups": count_groups(session, found), "surveys": _surveys(session, found)}
        report = Report(
            programme_id=programme.id,
            year=year,
            figures=count(session, found) | kept,
            account_id=actor.id,
        )
        session.add(report)
        audit.record(session, "fix_report", report, actor=actor, details={"year": year})
    return report


def list_fixed(session: Session, *, programme: Programme) -> Sequence[int]:
    """Return the years whose reports were fixed, the latest first."""
    query = (
        sa.select(Report.year)
        .where(Report.programme_id == programme.id)
        .order_by(Report.year.desc())
    )
    return session.scalars(query).all()


def is_over(year: int, programme: Programme) -> bool:
    """Whether a year has ended where the programme is."""
    return year < today(programme).year


def _find(session: Session, year: int, programme: Programme) -> Report | None:
    query = sa.select(Report).where(Report.programme_id == programme.id, Report.year == year)
    return session.scalars(query).one_or_none()


def _surveys(session: Session, found: Found) -> list[dict[str, Any]]:
    """Return how many answered of each side, and the means of what five or more have said."""
    columns = [getattr(Survey, question) for question in QUESTIONS]
    query = (
        sa.select(
            Survey.side,
            sa.func.count(),
            *(part for each in columns for part in (sa.func.count(each), sa.func.sum(each))),
        )
        .where(
            Survey.programme_id == found.programme.id,
            Survey.answered_at >= found.since,
            Survey.answered_at < found.until,
        )
        .group_by(Survey.side)
        .order_by(Survey.side)
    )
    rows = {row[0]: row[1:] for row in session.execute(query)}
    return [_survey(side, rows.get(side, (0,) * (1 + 2 * len(QUESTIONS)))) for side in Side]


def _survey(side: Side, row: Sequence[int]) -> dict[str, Any]:
    means = {
        question: round(total / number, 1) if number >= FEWEST else None
        for question, number, total in zip(QUESTIONS, row[1::2], row[2::2], strict=True)
    }
    return {"side": side.value, "answered": row[0], "means": means}
