"""What the page of a tandem says of its agreement: the goals, and beside them the rest."""

from flask import g

from tandem.models import Side, Tandem
from tandem.services.tandems import agreed_topics
from tandem.web import codes
from tandem.web.agreements import wording
from tandem.web.agreements.forms import OPEN, REACHED, GoalForm
from tandem.web.agreements.pages import Reading
from tandem.web.panels import Panel, Place


def goals(tandem: Tandem, side: Side | None) -> Panel | None:
    """Return the goals, or what the tandem is about as long as nothing is agreed on."""
    if tandem.started_at is None:
        return None
    reading = _read(tandem)
    return Panel(
        template="agreements/goals.html",
        values={
            "reading": reading,
            "key": tandem.key,
            "side": side.value if side else None,
            "in_force": reading.wordings.in_force,
            "proposed": reading.proposed,
            "topics": [codes.TOPICS[topic] for topic in agreed_topics(tandem)],
            "marks": bool(reading.voices) and tandem.is_live,
            "reached": GoalForm(formdata=None, now=REACHED),
            "open": GoalForm(formdata=None, now=OPEN),
            "wording": wording,
        },
        waits=side is not None and reading.may_agree,
    )


def terms(tandem: Tandem, _side: Side | None) -> Panel | None:
    """Return the rhythm and the end of the agreement in force, and its document."""
    if tandem.started_at is None:
        return None
    agreement = _read(tandem).wordings.in_force
    if agreement is None:
        return None
    return Panel(
        template="agreements/terms.html",
        values={"key": tandem.key, "agreement": agreement, "wording": wording},
        place=Place.ASIDE,
    )


def _read(tandem: Tandem) -> Reading:
    """Ask the database once for both panels of a page."""
    known: dict[int, Reading] = g.setdefault("agreements_read", {})
    return known.setdefault(tandem.id, Reading(tandem))
