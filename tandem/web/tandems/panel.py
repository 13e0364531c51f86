"""On the page of a tandem: that it rests or has ended early, and how to do either."""

from tandem.extensions import db
from tandem.models import RUNNING, Side, Tandem, TandemState
from tandem.services import tandems
from tandem.web import codes
from tandem.web.panels import Panel, Place
from tandem.web.said_by import called
from tandem.web.tandems import wording


def course(tandem: Tandem, side: Side | None) -> Panel | None:
    """Return what is to be said of a tandem that rests, or that ended before its time."""
    values: dict[str, object] = {"tandem": tandem, "across": wording.across(tandem, side)}
    if tandem.state is TandemState.PAUSED:
        return Panel(template="tandems/paused.html", values=values | {"called": called(tandem)})
    if tandem.state is not TandemState.ENDED_EARLY:
        return None
    values["reason"] = codes.END_REASONS[tandem.end_reason] if tandem.end_reason else ""
    values["ended_by"] = wording.ended_by(tandem)
    if side is None:
        written = tandems.who_wrote_down(db.session, tandem, tandems.ENDED)
        values["written_down_by"] = next(iter(written.values()), "")
    return Panel(template="tandems/ended.html", values=values)


def ways_out(tandem: Tandem, _side: Side | None) -> Panel | None:
    """Return how to take a break or to end a tandem that runs."""
    if tandem.state not in RUNNING:
        return None
    values = {"key": tandem.key, "paused": tandem.state is TandemState.PAUSED}
    return Panel(template="tandems/ways_out.html", values=values, place=Place.ASIDE)
