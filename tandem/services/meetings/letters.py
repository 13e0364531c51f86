"""Mails about meetings, with an entry for the calendar where one is out."""

from collections.abc import Collection, Iterable
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tandem.locales import day_in_words, hour_in_words
from tandem.models import Meeting, MeetingState, Programme, Side, Tandem
from tandem.services import calendars
from tandem.services.tandems.letters import has_mail, other, person_on, write_to


def tell(
    session: Session,
    meeting: Meeting,
    tandem: Tandem,
    *,
    kind: str,
    programme: Programme,
    by: Side | None,
    told: Collection[Side] = tuple(Side),
) -> None:
    """Tell the other side what ``by`` did, or both where it was neither of them.

    Once an entry is in the calendars, both get every change of it, so that both calendars
    stay right.
    """
    session.flush()
    for side in _readers(meeting, tandem, by=by, told=told):
        write_to(
            session,
            tandem,
            side,
            kind=kind,
            programme=programme,
            about=f"{meeting.key}.{meeting.version}",
            calendar=_entry(meeting, tandem, reader=side, programme=programme),
            did_it=side is by,
            by_first_name=person_on(tandem, by).first_name if by else None,
            **_facts(meeting, tandem, reader=side, programme=programme),
        )


def remind_of(
    session: Session, meeting: Meeting, tandem: Tandem, *, side: Side, programme: Programme
) -> bool:
    """Remind one side of a meeting tomorrow, once; say whether the mail is new."""
    return write_to(
        session,
        tandem,
        side,
        kind="meeting_reminder",
        programme=programme,
        about=f"{meeting.key}.{meeting.starts_at:%Y%m%d%H%M}",
        **_facts(meeting, tandem, reader=side, programme=programme),
    )


def _readers(
    meeting: Meeting, tandem: Tandem, *, by: Side | None, told: Collection[Side]
) -> Iterable[Side]:
    """Return who is told; who did it and is called knows what they said."""
    if by and not meeting.sequence:
        return (other(by),)
    return (side for side in told if side is not by or has_mail(tandem, side))


def _entry(meeting: Meeting, tandem: Tandem, *, reader: Side, programme: Programme) -> str:
    if not meeting.sequence:
        return ""
    if meeting.state is MeetingState.CANCELLED:
        return calendars.cancellation(meeting, tandem, programme=programme, reader=reader)
    return calendars.request(meeting, tandem, programme=programme, reader=reader)


def _facts(
    meeting: Meeting, tandem: Tandem, *, reader: Side, programme: Programme
) -> dict[str, object]:
    locale = person_on(tandem, reader).membership.account.locale
    local = meeting.starts_at.astimezone(ZoneInfo(programme.zone))
    return {
        "day": day_in_words(local.date(), locale),
        "hour": hour_in_words(local.time(), locale),
        "minutes": meeting.minutes,
        "way": meeting.way.value,
        "place": meeting.place,
        "topic": meeting.topic,
    }
