"""Mails about a tandem: to either side, and to those who coordinate the programme."""

from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.locales import day_in_words
from tandem.models import AuditEvent, Mentee, Mentor, Programme, Side, Tandem
from tandem.services import audit
from tandem.services.mails import queue_mail
from tandem.services.notices import tell_staff

_CALLS = {"invitation": "invitation", "invitation_reminder": "reminder"}
"""About which mails the coordinators are told in words of their own, when they are to call."""


def person_on(tandem: Tandem, side: Side) -> Mentor | Mentee:
    """Return who is on this side of a tandem."""
    return tandem.mentor if side is Side.MENTOR else tandem.mentee


def other(side: Side) -> Side:
    """Return the side across."""
    return Side.MENTEE if side is Side.MENTOR else Side.MENTOR


def has_mail(tandem: Tandem, side: Side) -> bool:
    """Whether a mail reaches this side."""
    return person_on(tandem, side).membership.account.has_email


def write_to(
    session: Session,
    tandem: Tandem,
    side: Side,
    *,
    kind: str,
    programme: Programme,
    about: str | None = None,
    **values: Any,
) -> bool:
    """Queue a mail to one side, unless it was before; say whether it is new.

    It knows of the other what that side may know by then. ``about`` is what of the tandem the
    mail is about, where that is not all of it; ``values`` are what its template needs besides.
    Where no mail reaches that side, the coordinators are asked to call instead. Whoever wants
    no reminders gets none (see :func:`~tandem.services.mails.queue_mail`). What waits to leave
    goes with the tandem's when one of the two is erased.
    """
    across = person_on(tandem, other(side))
    reader = person_on(tandem, side).membership.account
    if not reader.has_email:
        news = f"{kind}:{about}" if about else kind
        return _have_called(session, tandem, side, news=news, programme=programme)
    contact = across.membership.account if tandem.shows_contact_data else None
    company = tandem.mentor.company.name if contact and side is Side.MENTEE else None
    return queue_mail(
        session,
        kind,
        reader,
        programme=programme,
        about=f"{about}:{tandem.key}" if about else tandem.key,
        tandem_key=tandem.key,
        reader=side.value,
        other_first_name=across.first_name,
        other_name=contact.name if contact else None,
        other_email=contact.email if contact and contact.has_email else None,
        other_company=company,
        last_day=_last_day(tandem, programme, reader.locale),
        **values,
    )


def _have_called(
    session: Session, tandem: Tandem, side: Side, *, news: str, programme: Programme
) -> bool:
    """Ask those who coordinate to call one side about what a mail would have said, once."""
    details: dict[str, int | str] = {"side": side.value, "news": news}
    if details in session.scalars(_asked_to_call(tandem)).all():
        return False
    audit.record(session, "ask_to_call", tandem, actor=None, details=details)
    kind = f"call_{side.value}_{_CALLS.get(news, 'news')}"
    tell_staff(session, tandem, kind=kind, programme=programme)
    return True


def _asked_to_call(tandem: Tandem) -> sa.Select[Any]:
    return sa.select(AuditEvent.details).where(
        AuditEvent.programme_id == tandem.programme_id,
        AuditEvent.subject_kind == Tandem.__tablename__,
        AuditEvent.subject_id == tandem.id,
        AuditEvent.action == "ask_to_call",
    )


def _last_day(tandem: Tandem, programme: Programme, locale: str) -> str:
    """Return the last day to answer in words: Thursday, 3 December 2026."""
    day = tandem.expires_at.astimezone(ZoneInfo(programme.zone)).date()
    return day_in_words(day, locale)
