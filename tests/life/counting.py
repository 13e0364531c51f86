"""The yearly report counted once more: from what people did, not from any table."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from tandem.models import EndReason, OutcomeKind, Side, TandemState
from tandem.services.outcomes import OutcomeDraft
from tests.life.stories import RUNNING, ZONE, Story
from tests.life.village import Village

_DAY = 24 * 60 * 60
_FEWEST = 5
_CODES = ("asked", "answered", "in_field", "at_level", "other_work", "learning", "searching")
_STATES = ("waiting", "running", "completed", "ended_early", "declined", "expired", "withdrawn")


def without_groups(told: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of a report but for the tables that leave small numbers out."""
    return {code: figures for code, figures in told.items() if code != "groups"}


def count(village: Village, year: int) -> dict[str, Any]:
    """Return the figures of a year, each by its own definition."""
    since, until = _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))
    stories, alone = village.stories, [s for s in village.stories if s.before is None]
    begun = [s.started_at for s in stories if s.started_at and s.started_at < until]
    asked = [s for s in stories if s.invited_at and since <= s.invited_at < until]
    ended = [s for s in stories if s.started_at and s.ended_at and since <= s.ended_at < until]
    early = [s for s in ended if s.state is TandemState.ENDED_EARLY]
    return {
        "people": _people(stories, alone, since, until),
        "waits": _waits(stories, since, until),
        "coverage": {
            "approved": len(alone),
            "with_tandem": sum(bool(s.started_at and s.started_at < until) for s in alone),
        },
        "rounds": {"solved": 0, "confirmed": len(asked), "rejected": 0},
        "outcomes": [_outcomes(village, months, year) for months in (0, 3, 6, 12)],
        "invitations": _invitations(asked, until),
        "states": dict.fromkeys(_STATES, 0) | Counter(_state(s, until) for s in asked),
        "quarters": list(_quarters(stories, year)),
        "meetings": _meetings(stories, since, until),
        "endings": {
            "completed": len(ended) - len(early),
            "early": len(early),
            "reasons": {r.value: sum(s.end_reason is r for s in early) for r in EndReason},
        },
        "new_tandems": sum(since <= at for at in begun),
        "new_tandems_before": sum(at < since for at in begun),
        "surveys": [_survey(stories, side) for side in Side],
    }


def check_groups(told: dict[str, Any], village: Village, year: int) -> None:
    """What is told by group is right, sums up, and tells nothing of fewer than five."""
    since, until = _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))
    in_year = [s for s in village.stories if s.started_at and since <= s.started_at < until]
    left = [s for s in village.stories if s.started_at and s.ended_at and s.ended_at < until]
    columns = {
        "approved": Counter(
            s.mentee.gender or ""
            for s in village.stories
            if s.before is None and since <= s.approved_at < until
        ),
        "began": Counter(s.mentee.gender or "" for s in in_year),
        "early": Counter(s.mentee.gender or "" for s in left if s.state is TandemState.ENDED_EARLY),
        "in_field": Counter(s.mentee.gender or "" for s in left if _last(s) == "in_field"),
    }
    table = told["gender"]
    assert table["columns"] == list(columns)
    for place, counts in enumerate(columns.values()):
        assert table["totals"][place] == counts.total()
        cells = {row["label"]: row["cells"][place] for row in table["rows"]}
        assert all(cell is None or cell == counts[label] for label, cell in cells.items())
        assert not any(cell and cell < _FEWEST for cell in cells.values())
        assert sum(cell or 0 for cell in cells.values()) + table["rest"][place] == counts.total()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZONE)


def _people(
    stories: list[Story], alone: list[Story], since: datetime, until: datetime
) -> list[dict[str, Any]]:
    """Count everybody once: a mentee who is in two tandems came with the first."""
    return [
        *(
            _line(f"{side}s_{what}", [getattr(s, f"{what}_at") for s in theirs], since, until)
            for side, theirs in (("mentee", alone), ("mentor", stories))
            for what in ("registered", "approved")
        ),
        {"code": "companies_vetted", "new": 0, "total": 0},
    ]


def _line(code: str, dates: list[datetime], since: datetime, until: datetime) -> dict[str, Any]:
    new = sum(since <= at < until for at in dates)
    return {"code": code, "new": new, "total": sum(at < until for at in dates)}


def _waits(stories: list[Story], since: datetime, until: datetime) -> list[dict[str, Any]]:
    begun = [s for s in stories if s.started_at and since <= s.started_at < until]
    met = [s for s in stories if s.held and since <= s.held[0][0] < until]
    approval = [
        s.approved_at - s.registered_at
        for s in stories
        if since <= s.approved_at < until
        for who in s.people()
        if s.before is None or who is s.mentor
    ]
    tandem = [s.started_at - s.approved_at for s in begun if s.started_at and s.before is None]
    meeting = [s.held[0][0] - s.started_at for s in met if s.started_at]
    return [
        {"code": "approval", **_wait(approval)},
        {"code": "tandem", **_wait(tandem)},
        {"code": "meeting", **_wait(meeting)},
    ]


def _wait(spans: list[timedelta]) -> dict[str, Any]:
    days = [span.total_seconds() / _DAY for span in spans]
    enough = len(days) >= _FEWEST
    return {"number": len(days), "days": round(median(days), 1) if enough else None}


def _outcomes(village: Village, months: int, year: int) -> dict[str, int]:
    into = dict.fromkeys(_CODES, 0)
    for story in village.stories:
        if story.started_at is None or story.ended_at is None or story.erased_at is not None:
            continue
        if story.due_on(months).year != year or not story.asks_on(months, village.after(story)):
            continue
        into["asked"] += 1
        said = story.outcomes.get(months)
        if said is not None:
            into["answered"] += 1
            into[_class(said)] += 1
            into["at_level"] += said.at_level is True
    return {"months": months, **into}


def _class(said: OutcomeDraft) -> str:
    if said.kind in {OutcomeKind.WORK, OutcomeKind.SELF_EMPLOYED}:
        return "in_field" if said.in_field else "other_work"
    learning = {OutcomeKind.TRAINING, OutcomeKind.STUDY, OutcomeKind.RECOGNITION}
    return "learning" if said.kind in learning else "searching"


def _last(story: Story) -> str | None:
    """Return what a mentee answered last; answers to what was asked in the year."""
    return _class(story.outcomes[max(story.outcomes)]) if story.outcomes else None


def _invitations(asked: list[Story], until: datetime) -> dict[str, int]:
    states = Counter(
        "accepted" if s.started_at and s.started_at < until else _state(s, until) for s in asked
    )
    codes = ("accepted", "declined", "expired", "withdrawn", "waiting")
    return {"asked": len(asked), **{code: states[code] for code in codes}}


def _state(story: Story, at: datetime) -> str:
    if story.ended_at is not None and story.ended_at < at:
        assert story.state is not None
        return story.state.value
    return "running" if story.started_at and story.started_at < at else "waiting"


def _quarters(stories: list[Story], year: int) -> Iterator[dict[str, int]]:
    for place in range(8):
        in_year, number = year - 1 + place // 4, place % 4 + 1
        since = _midnight(date(in_year, 3 * number - 2, 1))
        until = _midnight(date(in_year + number // 4, 3 * number % 12 + 1, 1))
        running = [
            s.started_at
            for s in stories
            if s.started_at
            and s.started_at < until
            and (s.state in RUNNING or (s.ended_at and s.ended_at >= until))
        ]
        new = sum(at >= since for at in running)
        yield {"year": in_year, "quarter": number, "running": len(running), "new": new}


def _meetings(stories: list[Story], since: datetime, until: datetime) -> dict[str, Any]:
    met = [[(at, took) for at, took in s.held if since <= at < until] for s in stories]
    met = [each for each in met if each]
    gaps = sum(len(each) - 1 for each in met)
    apart = sum((each[-1][0] - each[0][0]).total_seconds() for each in met)
    return {
        "held": sum(map(len, met)),
        "hours": round(sum(took for each in met for _, took in each) / 60, 1),
        "tandems": len(met),
        "gaps": gaps,
        "gap_days": round(apart / _DAY / gaps, 1) if gaps else None,
    }


def _survey(stories: list[Story], side: Side) -> dict[str, Any]:
    said = [s.surveys[side] for s in stories if side in s.surveys]
    means = {
        question: round(sum(each[place] for each in said) / len(said), 1)
        if len(said) >= _FEWEST
        else None
        for place, question in enumerate(("satisfied", "reached", "supported"))
    }
    return {"side": side.value, "answered": len(said), "means": means}
