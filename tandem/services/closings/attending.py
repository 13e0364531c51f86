"""What comes due around the end of a tandem: that it nears, the survey, its reminder."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.locales import day_in_words
from tandem.models import Programme, Side, Survey, Tandem, TandemState
from tandem.services import audit, notices
from tandem.services.closings.finding import NEAR, end_of, surveys_of
from tandem.services.closings.surveys import open_surveys
from tandem.services.programmes import local_day, morning_of
from tandem.services.tandems.letters import person_on, write_to

_REMIND_AFTER: Final = timedelta(days=7)
_ANNOUNCED, _ASKED, _REMINDED = "announce_closing", "ask_for_survey", "remind_of_survey"


def attend(session: Session, tandem: Tandem, programme: Programme) -> datetime | None:
    """Say that the agreed end is near; after the end ask both how it was, and remind once.

    A duty (see :mod:`tandem.services.duties`).
    """
    if tandem.started_at is None:
        return None
    if tandem.state is TandemState.ACTIVE:
        return _announce(session, tandem, programme)
    if tandem.ended_at is None:
        return None
    open_surveys(session, tandem)
    if any(person_on(tandem, side).erased_at for side in Side):
        return None  # a letter would name somebody who is forgotten; the page asks all the same
    return _ask(session, tandem, programme, ended_on=local_day(tandem.ended_at, programme))


def _announce(session: Session, tandem: Tandem, programme: Programme) -> datetime | None:
    ends_on = end_of(session, tandem, programme).ends_on
    tell_at = morning_of(ends_on - NEAR, programme)
    if now() < tell_at:
        return tell_at
    if not audit.is_recorded(session, _ANNOUNCED, tandem, since=tell_at):
        for side in Side:
            _say_near(session, tandem, side, programme=programme, ends_on=ends_on)
        notices.tell_staff(session, tandem, kind="closing_near", programme=programme)
        audit.record(session, _ANNOUNCED, tandem, actor=None)
    return None


def _say_near(
    session: Session, tandem: Tandem, side: Side, *, programme: Programme, ends_on: date
) -> None:
    write_to(
        session,
        tandem,
        side,
        kind="closing",
        programme=programme,
        about=ends_on.isoformat(),
        ends_on=day_in_words(
            ends_on, person_on(tandem, side).membership.account.locale, width="long"
        ),
    )


def _ask(
    session: Session, tandem: Tandem, programme: Programme, *, ended_on: date
) -> datetime | None:
    """Ask the morning after an early end; a completed tandem's thanks have asked already."""
    asked_on = ended_on
    if tandem.state is TandemState.ENDED_EARLY:
        asked_on += timedelta(days=1)
        ask_at = morning_of(asked_on, programme)
        if now() < ask_at:
            return ask_at
        if not audit.is_recorded(session, _ASKED, tandem):
            for survey in _open(session, tandem):
                write_to(
                    session, tandem, survey.side, kind="survey", programme=programme,
                    survey_key=survey.key,
                )  # fmt: skip
            audit.record(session, _ASKED, tandem, actor=None)
    remind_at = morning_of(asked_on + _REMIND_AFTER, programme)
    if now() < remind_at:
        return remind_at
    if not audit.is_recorded(session, _REMINDED, tandem):
        for survey in _open(session, tandem):
            write_to(
                session, tandem, survey.side, kind="survey_reminder", programme=programme,
                survey_key=survey.key,
            )  # fmt: skip
        audit.record(session, _REMINDED, tandem, actor=None)
    return None


def _open(session: Session, tandem: Tandem) -> list[Survey]:
    return [each for each in surveys_of(session, tandem) if each.answered_at is None]
