"""What is worth a glance about a proposal, as codes and in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from tandem.models import Proposal, ProposalState
from tandem.services import permissions, proposals
from tandem.web import codes
from tandem.web.context import number

CLOSE_CALL = 100
"""A margin, in points, below which a pair is called a close call."""
_LONG_WAY = 0.8
"""The part of what two people find fine from which on their way is called long."""
_LEAST_LONG_WAY_KM = 15
NOTE = {
    "confirmed": _l("Confirmed"),
    "rejected": _l("Rejected"),
    "stale": _l("No longer possible"),
    "pinned": _l("Pinned"),
    "pinned_elsewhere": _l("Pinned with somebody else from the next solving on"),
    "forbidden": _l("Ruled out from the next solving on"),
    "set_aside": _l("Set aside from the next solving on"),
    "close": _l("Close call"),
    "online": _l("Online only"),
    "other_work": _l("0 points for sector and occupation"),
    "missing": _l("Entries missing"),
    "called": _l("Without an account: please call"),
}
NOTE_KIND = {"confirmed": "success", "rejected": "info", "stale": "warning"}
Facts = Mapping[str, Mapping[str, Any]]


def notes(proposal: Proposal, asked: Sequence[str] = ()) -> list[str]:
    """Return what is worth a glance about a proposal, as codes; ``asked`` are adjustments."""
    if proposal.state is not ProposalState.OPEN:
        return [proposal.state.value]
    if not proposals.holds(proposal):
        return ["stale"]
    facts = {fact["criterion"]: fact for fact in proposal.facts}
    found = list(asked)
    if proposal.margin is not None and proposal.margin < CLOSE_CALL:
        found.append("close")
    if _is_far(facts):
        found.append("online")
    if _is_other_work(facts):
        found.append("other_work")
    if any(_lacks_entries(fact) for fact in proposal.facts):
        found.append("missing")
    if permissions.is_called(proposal.mentee) or permissions.is_called(proposal.mentor):
        found.append("called")
    return found


def words(proposal: Proposal, codes_: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return flags in words, each with the kind of its badge where it has one."""
    said = [(str(NOTE[code]), NOTE_KIND.get(code)) for code in codes_]
    if proposal.state is not ProposalState.OPEN:
        return said
    facts = {fact["criterion"]: fact for fact in proposal.facts}
    more = (_long_way(facts), _only_language(facts), _waited(facts))
    return [*said, *((text, None) for text in more if text)]


def room(margin: int | None) -> str:
    """Say in a few words how firmly a pair belongs to the best result."""
    if margin is None:
        return str(_("whatever its points"))
    if margin == 0:
        return str(_("as good without it"))
    return str(
        ngettext("one point to spare", "%(points)s points to spare", margin, points=number(margin))
    )


def _is_far(facts: Facts) -> bool:
    """Whether two people can meet online, and only so."""
    reach = facts.get("reach")
    if reach is None or reach["code"] != "online":
        return False
    km, limit = reach["values"]["km"], reach["values"]["limit_km"]
    return km is None or km > limit


def _lacks_entries(fact: Mapping[str, Any]) -> bool:
    """Whether something is missing that is asked of everybody; nobody needs to have a wish."""
    return bool(fact["code"] == "missing" and fact["criterion"] != "wishes")


def _is_other_work(facts: Facts) -> bool:
    """Whether neither the sector nor the occupation speaks for the two, though both count."""
    work = [facts[name] for name in ("sector", "occupation") if name in facts]
    return bool(work) and not any(fact["points"] for fact in work)


def _long_way(facts: Facts) -> str | None:
    reach = facts.get("reach")
    if reach is None or reach["code"] != "distance":
        return None
    km, limit = reach["values"]["km"], reach["values"]["limit_km"]
    if km < max(_LEAST_LONG_WAY_KM, _LONG_WAY * limit):
        return None
    return str(_("Long way: %(km)s km", km=number(round(km))))


def _only_language(facts: Facts) -> str | None:
    """Name the one language two people can work in, where one of them only just can."""
    fact = facts.get("language")
    if fact is None or fact["code"] != "one":
        return None
    values = fact["values"]
    if values["floor"] not in {values["mentor_levels"][0], values["mentee_levels"][0]}:
        return None
    named = codes.language(values["languages"][0])
    return str(
        _("Only %(language)s in common, at %(level)s", language=named, level=values["floor"])
    )


def _waited(facts: Facts) -> str | None:
    fact = facts.get("waiting")
    rounds = fact["values"]["rounds"] if fact else 0
    if not rounds:
        return None
    return str(ngettext("Waited one round", "Waited %(num)d rounds", rounds))
