"""The figures of a report, counted once more in another way: row by row, day by day."""

import json
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import NotAllowed
from tandem.models import LanguageSkill, Mentee, Profile, Report, Tandem
from tandem.services import reports
from tandem.services.reports import Period, Preset, preset, whole_year
from tests.support.counting import statements
from tests.support.lived import live_through, note

BERLIN = ZoneInfo("Europe/Berlin")
YEAR = now().astimezone(BERLIN).year - 1
PERIODS = [
    whole_year(YEAR),
    Period(first=date(YEAR, 3, 30), last=date(YEAR, 8, 2)),
    Period(first=date(YEAR, 5, 1), last=date(YEAR, 5, 31)),
    whole_year(YEAR + 1),
]


@pytest.fixture
def lived(session, make, programme, actor):
    """A programme, and another beside it, in which much has happened."""
    live_through(make, programme, year=YEAR, random=Random(7), tandems=18)
    live_through(make, make.programme(), year=YEAR, random=Random(8), tandems=2)
    return programme


@pytest.fixture
def little(make, programme):
    """A programme in which a little has happened."""
    live_through(make, programme, year=YEAR, random=Random(3), tandems=3)
    return programme


class Day:
    """When things happened, as days where the programme is; told by what the database holds."""

    def __init__(self, session, programme):
        self.session, self.programme = session, programme

    def rows(self, sql):
        found = self.session.execute(sa.text(sql), {"p": self.programme.id}).mappings()
        return [dict(row) for row in found]

    @staticmethod
    def instant(value):
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)

    def day(self, value):
        at = self.instant(value)
        return at.astimezone(BERLIN).date() if at else None


@pytest.fixture
def told(session, lived, actor):
    def tell(period):
        return reports.tell(session, period, programme=lived, actor=actor).figures

    return tell


@pytest.fixture
def raw(session, programme):
    return Day(session, programme)


def within(period, day):
    return day is not None and period.first <= day <= period.last


def by_then(period, day):
    return day is not None and day <= period.last


def check_people(told, raw, period):
    figures = {line["code"]: line for line in told(period)["people"]}
    for side in ("mentee", "mentor"):
        days = [raw.day(row["created_at"]) for row in raw.rows(
            f"SELECT created_at FROM {side}s WHERE programme_id = :p"
        )]  # fmt: skip
        assert figures[f"{side}s_registered"]["new"] == sum(within(period, day) for day in days)
        assert figures[f"{side}s_registered"]["total"] == sum(by_then(period, day) for day in days)
        first = approvals(raw, side)
        assert figures[f"{side}s_approved"]["new"] == sum(
            within(period, day) for day in first.values()
        )
        assert figures[f"{side}s_approved"]["total"] == sum(
            by_then(period, day) for day in first.values()
        )
    vetted = [raw.day(row["created_at"]) for row in raw.rows(
        "SELECT created_at FROM audit_events WHERE programme_id = :p AND action = 'vet_company'"
    )]  # fmt: skip
    assert figures["companies_vetted"]["new"] == sum(within(period, day) for day in vetted)


def approvals(raw, side):
    """Return the day on which each person was approved first, by walking the whole trail."""
    owners = {row["id"]: row["who"] for row in raw.rows(
        f"SELECT id, {side}_id AS who FROM profile_versions WHERE programme_id = :p AND side = '{side}'"  # noqa: E501 - fixed names
    )}  # fmt: skip
    first = {}
    for row in raw.rows(
        "SELECT subject_id, created_at FROM audit_events WHERE programme_id = :p"
        " AND action = 'approve_profile' ORDER BY created_at DESC"
    ):
        if row["subject_id"] in owners:
            first[owners[row["subject_id"]]] = raw.day(row["created_at"])
    return first


def check_tandems(told, raw, period):
    figures = told(period)
    rows = raw.rows("SELECT * FROM tandems WHERE programme_id = :p")
    states: Counter[str | None] = Counter()
    invited: Counter[str | None] = Counter()
    for row in rows:
        made, start, end = (raw.day(row[name]) for name in ("created_at", "started_at", "ended_at"))
        state = None
        if by_then(period, made):
            state = "waiting"
            if by_then(period, start):
                state = "running"
            if by_then(period, end):
                state = row["state"]
            states[state] += 1
        if within(period, made):
            invited["asked"] += 1
            invited["accepted" if by_then(period, start) else state] += 1
    assert figures["new_tandems"] == sum(within(period, raw.day(row["started_at"])) for row in rows)
    assert not_none(figures["states"]) == states
    assert not_none(figures["invitations"]) == invited
    if period.last < now().date():
        assert figures["quarters"][-1]["running"] == states["running"]


def check_endings(told, raw, period):
    ended: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for row in raw.rows("SELECT * FROM tandems WHERE programme_id = :p AND started_at IS NOT NULL"):
        if within(period, raw.day(row["ended_at"])):
            ended[row["state"]] += 1
            reasons.update([row["end_reason"]] if row["end_reason"] else [])
    found = told(period)["endings"]
    assert (found["completed"], found["early"]) == (ended["completed"], ended["ended_early"])
    assert not_none(found["reasons"]) == reasons


def not_none(counts):
    return {code: number for code, number in counts.items() if number}


def check_meetings(told, raw, period):
    held, minutes, days = 0, 0, defaultdict(list)
    for row in raw.rows("SELECT * FROM meetings WHERE programme_id = :p"):
        if row["state"] == "held" and within(period, raw.day(row["starts_at"])):
            held, minutes = held + 1, minutes + row["minutes"]
            days[row["tandem_id"]].append(raw.instant(row["starts_at"]))
    gaps = [
        (after - before) / timedelta(days=1)
        for met in map(sorted, days.values())
        for before, after in pairwise(met)
    ]
    assert told(period)["meetings"] == {
        "held": held,
        "hours": round(minutes / 60, 1),
        "tandems": len(days),
        "gaps": len(gaps),
        "gap_days": pytest.approx(sum(gaps) / len(gaps), abs=0.06) if gaps else None,
    }


def check_waits_and_coverage(told, raw, period):
    figures = told(period)
    sent: dict[Any, datetime] = {}
    decided: dict[Any, datetime] = {}
    versions = {row["id"]: (row["side"], row["mentor_id"] or row["mentee_id"]) for row in raw.rows(
        "SELECT id, side, mentor_id, mentee_id FROM profile_versions WHERE programme_id = :p"
    )}  # fmt: skip
    for row in raw.rows("SELECT * FROM audit_events WHERE programme_id = :p ORDER BY created_at"):
        if row["action"] in {"submit_profile", "approve_profile"}:
            into = sent if row["action"] == "submit_profile" else decided
            into.setdefault(versions[row["subject_id"]], raw.instant(row["created_at"]))
    approved = {who[1]: at for who, at in decided.items() if who[0] == "mentee"}
    starts, first_met = defaultdict(list), []
    met = defaultdict(list)
    for row in raw.rows("SELECT tandem_id, starts_at, state FROM meetings WHERE programme_id = :p"):
        if row["state"] == "held":
            met[row["tandem_id"]].append(raw.instant(row["starts_at"]))
    for row in raw.rows("SELECT * FROM tandems WHERE programme_id = :p AND started_at IS NOT NULL"):
        start = raw.instant(row["started_at"])
        starts[row["mentee_id"]].append(start)
        if met[row["id"]] and within(period, raw.day(min(met[row["id"]]))):
            first_met.append(min(met[row["id"]]) - start)
    approval = [at - sent[who] for who, at in decided.items() if within(period, raw.day(at))]
    matched = [
        min(found) - approved[who]
        for who, found in starts.items()
        if within(period, raw.day(min(found)))
    ]
    waits = {wait["code"]: wait for wait in figures["waits"]}
    for code, spans in (("approval", approval), ("tandem", matched), ("meeting", first_met)):
        assert waits[code]["number"] == len(spans)
        expected = median(span / timedelta(days=1) for span in spans) if len(spans) >= 5 else None
        assert waits[code]["days"] == (
            pytest.approx(expected, abs=0.06) if expected is not None else None
        )
    there = [who for who, at in approved.items() if by_then(period, raw.day(at))]
    covered = [who for who in there if any(by_then(period, raw.day(at)) for at in starts[who])]
    assert figures["coverage"] == {"approved": len(there), "with_tandem": len(covered)}


def check_outcomes(told, raw, period):
    expected: dict[int, Counter[str]] = {months: Counter() for months in (0, 3, 6, 12)}
    for row in raw.rows("SELECT * FROM outcomes WHERE programme_id = :p"):
        if within(period, date.fromisoformat(str(row["due_on"]))):
            counted = expected[row["months"]]
            counted["asked"] += 1
            if row["kind"]:
                counted["answered"] += 1
                works = row["kind"] in {"work", "self_employed"}
                learns = row["kind"] in {"training", "study", "recognition"}
                fits = "in_field" if row["in_field"] else "other_work"
                counted[fits if works else "learning" if learns else "searching"] += 1
                counted["at_level"] += bool(row["at_level"])
    for line in told(period)["outcomes"]:
        months = line.pop("months")
        assert not_none(line) == +expected[months]


def test_every_figure_is_what_an_independent_count_finds(told, raw):
    """People, tandems, meetings, waiting times and outcomes, in four periods."""
    for period in PERIODS:
        for check in (
            check_people,
            check_tandems,
            check_endings,
            check_meetings,
            check_waits_and_coverage,
            check_outcomes,
        ):
            check(told, raw, period)


def test_quarters_go_on_through_years(told, raw):
    lines = told(whole_year(YEAR))["quarters"]
    assert [(line["year"], line["quarter"]) for line in lines] == [
        (year, number) for year in (YEAR - 1, YEAR) for number in (1, 2, 3, 4)
    ]
    rows = raw.rows("SELECT * FROM tandems WHERE programme_id = :p AND started_at IS NOT NULL")
    for line in lines:
        after = date(line["year"] + line["quarter"] // 4, line["quarter"] % 4 * 3 + 1, 1)
        running = [
            row for row in rows
            if raw.day(row["started_at"]) < after
            and not (row["ended_at"] and raw.day(row["ended_at"]) < after)
        ]  # fmt: skip
        assert line["running"] == len(running)
        since = date(line["year"], line["quarter"] * 3 - 2, 1)
        assert line["new"] == sum(raw.day(row["started_at"]) >= since for row in running)


def test_a_fixed_year_stays_as_it_was(session, little, actor):
    year = whole_year(YEAR)
    told = reports.tell(session, year, programme=little, actor=actor).figures
    before = json.loads(json.dumps(told))
    report = reports.fix_year(session, YEAR, programme=little, actor=actor)
    pair = session.scalars(sa.select(Tandem).where(Tandem.programme_id == little.id)).first()
    pair.created_at = datetime(YEAR, 6, 1, tzinfo=UTC)
    session.commit()
    again = reports.tell(session, year, programme=little, actor=actor)
    assert again.has_groups
    assert again.fixed_at == report.created_at
    assert {code: again.figures[code] for code in before} == before
    assert reports.fix_year(session, YEAR, programme=little, actor=actor).id == report.id
    assert reports.list_fixed(session, programme=little) == [YEAR]


def test_groups_of_a_fixed_year_are_those_of_the_profiles(session, lived, actor, raw):
    figures = reports.fix_year(session, YEAR, programme=lived, actor=actor).figures
    versions = {
        row["id"]: row for row in raw.rows("SELECT * FROM profile_versions WHERE programme_id = :p")
    }
    began: Counter[str] = Counter()
    for row in raw.rows(
        "SELECT t.started_at, p.mentee_profile_id FROM tandems t"
        " JOIN decisions d ON d.id = t.decision_id JOIN proposals p ON p.id = d.proposal_id"
        " WHERE t.programme_id = :p AND t.started_at IS NOT NULL"
    ):
        if within(whole_year(YEAR), raw.day(row["started_at"])):
            began[versions[row["mentee_profile_id"]]["gender"] or ""] += 1
    table = figures["groups"]["gender"]
    at = table["columns"].index("began")
    assert table["totals"][at] == sum(began.values()) == figures["new_tandems"]
    for row in table["rows"]:
        assert row["cells"][at] in {None, began[row["label"]]}


def test_means_stand_on_five_answers_or_more(session, lived, actor, raw):
    figures = reports.fix_year(session, YEAR, programme=lived, actor=actor).figures
    said = defaultdict(list)
    for row in raw.rows("SELECT * FROM surveys WHERE programme_id = :p"):
        if within(whole_year(YEAR), raw.day(row["answered_at"])):
            said[row["side"]].append(row["satisfied"])
    assert len(said["mentee"]) >= 5, "the test is about something"
    for line in figures["surveys"]:
        numbers = said[line["side"]]
        assert line["answered"] == len(numbers)
        assert line["means"]["satisfied"] == pytest.approx(sum(numbers) / len(numbers), abs=0.06)


def test_fewer_answers_have_no_mean(session, little, actor):
    figures = reports.fix_year(session, YEAR, programme=little, actor=actor).figures
    assert all(line["answered"] < 5 for line in figures["surveys"])
    assert {mean for line in figures["surveys"] for mean in line["means"].values()} == {None}
    assert [wait["days"] for wait in figures["waits"] if wait["number"] < 5] != []
    assert all(wait["days"] is None for wait in figures["waits"] if wait["number"] < 5)


def test_a_year_is_fixed_only_when_it_is_over(session, programme, actor):
    for year in (YEAR + 1, YEAR + 2):
        with pytest.raises(reports.YearNotOver):
            reports.fix_year(session, year, programme=programme, actor=actor)
    assert session.scalars(sa.select(Report)).all() == []


def test_only_coordinators_of_the_programme_see_figures(session, make, programme):
    stranger = make.coordinator()
    with pytest.raises(NotAllowed):
        reports.tell(session, whole_year(YEAR), programme=programme, actor=stranger)
    with pytest.raises(NotAllowed):
        reports.fix_year(session, YEAR, programme=programme, actor=stranger)


def test_somebody_erased_still_counts_and_belongs_to_no_group(session, make, programme, actor):
    for _ in range(6):
        make.mentee(programme, gender=None, postal_code=None, languages={"ar": "A1"})
    session.execute(sa.delete(LanguageSkill).where(LanguageSkill.programme_id == programme.id))
    session.execute(sa.update(Mentee).values(created_at=datetime(YEAR, 5, 1, tzinfo=UTC)))
    for version in session.scalars(sa.select(Profile)).all():
        note(make, "approve_profile", version, datetime(YEAR, 5, 2, tzinfo=UTC), actor)
    session.commit()
    groups = reports.fix_year(session, YEAR, programme=programme, actor=actor).figures["groups"]
    for kind in ("gender", "language", "place"):
        assert groups[kind]["rows"] == [{"label": "", "cells": [6, 0, 0, 0]}]


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (Preset.THIS_YEAR, (2028, 1, 1), (2028, 12, 31)),
        (Preset.LAST_YEAR, (2027, 1, 1), (2027, 12, 31)),
        (Preset.THIS_QUARTER, (2028, 1, 1), (2028, 3, 31)),
        (Preset.LAST_QUARTER, (2027, 10, 1), (2027, 12, 31)),
        (Preset.THIS_MONTH, (2028, 2, 1), (2028, 2, 29)),
        (Preset.LAST_MONTH, (2028, 1, 1), (2028, 1, 31)),
    ],
)
def test_usual_periods(kind, first, last):
    assert preset(kind, date(2028, 2, 29)) == Period(first=date(*first), last=date(*last))


def test_a_year_is_compared_with_the_year_before_and_else_as_many_days():
    assert whole_year(2028).before == whole_year(2027)
    assert Period(first=date(2028, 3, 1), last=date(2028, 3, 10)).before == Period(
        first=date(2028, 2, 20), last=date(2028, 2, 29)
    )


def test_figures_take_few_statements(session, little, actor):
    with statements(session) as seen:
        reports.tell(session, whole_year(YEAR), programme=little, actor=actor)
    assert len(seen) <= 9  # two of them read the programme and who asks anew
