"""Short lists in words: who could be chosen, without a name, and what was chosen."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.clock import now
from tandem.models import Programme, Round
from tandem.services.shortlists import Card
from tandem.web import codes

LETTERS = "ABC"
PLACES = {1: _l("First choice"), 2: _l("Second choice"), 3: _l("Third choice")}
_USUAL_DAYS = 7


def called(position: int) -> str:
    """Return what a person without a name is called."""
    name: str = _("Mentor %(letter)s", letter=LETTERS[position - 1])
    return name


def work(card: Card) -> str:
    """Return the field of work."""
    return codes.occupation(card.occupation) if card.occupation else ""


def rows(card: Card, programme: Programme) -> list[tuple[str, str]]:
    """Return what may be known of a mentor before anybody was asked, term by term."""
    said = [
        (_("Sector"), codes.sectors(card.sectors)),
        (_("Place"), _town(card, programme)),
        (_("Languages"), codes.languages(dict(card.languages or {}))),
        (_("Offers"), codes.topics(card.offers)),
    ]
    return [(term, text) for term, text in said if text]


def _town(card: Card, programme: Programme) -> str:
    """Return the name of the town; a postal code would say too much."""
    return str(programme.places.get(card.postal_code or "", ""))


def order(cards: Sequence[Card]) -> list[tuple[str, str]]:
    """Return whom the mentee has chosen, place by place."""
    chosen = sorted((card.rank, card.position) for card in cards if card.rank is not None)
    return [(str(PLACES[rank]), called(position)) for rank, position in chosen]


def last_day(round_: Round) -> str:
    """Return until when mentees are asked: Thursday, December 3, 2026."""
    day: str = format_date(round_.asks_until, "full")
    return day


def usual_last_day(programme: Programme) -> date:
    """Return the day that is proposed: a week from now."""
    return now().astimezone(ZoneInfo(programme.zone)).date() + timedelta(days=_USUAL_DAYS)
