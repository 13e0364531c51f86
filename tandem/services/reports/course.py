"""The course of tandems in a period: invitations, states, meetings, endings."""

from collections import Counter
from typing import Any, Final

from tandem.models import EndReason, TandemState
from tandem.services.programmes import today
from tandem.services.reports.found import DAY_SECONDS, Found
from tandem.services.reports.periods import Period, bounds, quarters

QUARTERS: Final = 8
"""How many quarters are told, up to the end of the period."""
_STATES: Final = (
    "waiting", "running", "completed", "ended_early", "declined", "expired", "withdrawn",
)  # fmt: skip


def count_course(found: Found) -> dict[str, Any]:
    """Return the figures about tandems, in plain values."""
    return {
        "invitations": _invitations(found),
        "states": _states(found),
        "quarters": _quarters(found),
        "meetings": _meetings(found),
        "endings": _endings(found),
        "new_tandems": _began(found, found.period),
        "new_tandems_before": _began(found, found.period.before),
    }


def _invitations(found: Found) -> dict[str, int]:
    asked = [each for each in found.pairs if found.is_in(each.invited_at)]
    states = Counter(
        "accepted"
        if each.started_at is not None and each.started_at < found.until
        else each.state_at(found.until)
        for each in asked
    )
    codes = ("accepted", "declined", "expired", "withdrawn", "waiting")
    return {"asked": len(asked), **{code: states[code] for code in codes}}


def _states(found: Found) -> dict[str, int]:
    states = Counter(each.state_at(found.until) for each in found.pairs)
    return {state: states[state] for state in _STATES}


def _quarters(found: Found) -> list[dict[str, int]]:
    until = max(min(found.period.last, today(found.programme)), found.period.first)
    told = []
    for each in quarters(until, count=QUARTERS):
        since, end = bounds(each.period, found.programme)
        running = [pair for pair in found.pairs if pair.is_running(end)]
        new = sum(pair.started_at is not None and pair.started_at >= since for pair in running)
        told.append(
            {"year": each.year, "quarter": each.number, "running": len(running), "new": new}
        )
    return told


def _meetings(found: Found) -> dict[str, Any]:
    met = [each for each in found.pairs if each.meetings]
    gaps = sum(each.meetings - 1 for each in met)
    seconds = sum(
        (each.last_meeting_at - each.first_meeting_at).total_seconds()
        for each in met
        if each.last_meeting_at is not None and each.first_meeting_at is not None
    )
    return {
        "held": sum(each.meetings for each in met),
        "hours": round(sum(each.minutes for each in met) / 60, 1),
        "tandems": len(met),
        "gaps": gaps,
        "gap_days": round(seconds / DAY_SECONDS / gaps, 1) if gaps else None,
    }


def _endings(found: Found) -> dict[str, Any]:
    ended = [
        each for each in found.pairs if each.started_at is not None and found.is_in(each.ended_at)
    ]
    early = [each for each in ended if each.state is TandemState.ENDED_EARLY]
    reasons = Counter(each.end_reason for each in early)
    return {
        "completed": len(ended) - len(early),
        "early": len(early),
        "reasons": {reason.value: reasons[reason] for reason in EndReason},
    }


def _began(found: Found, period: Period) -> int:
    since, until = bounds(period, found.programme)
    return sum(
        each.started_at is not None and since <= each.started_at < until for each in found.pairs
    )
