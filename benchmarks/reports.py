"""How long the figures of a year take: 2,000 mentees, 1,000 tandems, 10,000 meetings.

Run ``python -m benchmarks.reports``; it fills a throwaway database with invented people and
years, then asks for the pages and documents as a coordinator would. Told is the time of the
processor, of the first try and the median of several. Nothing here is a test.
"""

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.app import create_app
from tandem.clock import now
from tandem.config import Settings
from tandem.db import harden, transaction
from tandem.migrations import upgrade
from tandem.models import (
    MONTHS,
    Account,
    AuditEvent,
    Decision,
    EndReason,
    Meeting,
    MeetingState,
    Membership,
    Outcome,
    OutcomeKind,
    PolicyVersion,
    Profile,
    Programme,
    Proposal,
    Role,
    Round,
    RoundState,
    Side,
    Snapshot,
    Source,
    Survey,
    Tandem,
    TandemState,
    Verdict,
    Way,
)
from tandem.services import accounts, demo, reports
from tandem.services.programmes import today

MENTORS, MENTEES, TANDEMS, MEETINGS = 1000, 2000, 1000, 10_000
OTHER_EVENTS = 50_000
TRIES = 7
_BATCH = 500


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/reports.sqlite"
        engine = sa.create_engine(url)
        harden(engine)
        upgrade(engine)
        with Session(engine) as session:
            programme, token = _fill(session)
            year = today(programme).year - 1
            print("| what | first, ms | median, ms |\n|---|---|---|")
            client = _client(url, token)
            whole = f"first={year}-01-01&last={year}-12-31"
            pages = {
                "page of this year": "",
                "page of last year, not fixed": f"?{whole}",
                "PDF, not fixed": f"report.pdf?{whole}",
                "XLSX, not fixed": f"figures.xlsx?{whole}",
            }
            _tell_pages(client, programme, pages)
            print(f"| fixing last year | {_once(partial(_fix, session, programme, year)):.0f} | |")
            fixed = {
                "page of last year, fixed": f"?{whole}",
                "yearly report as PDF": f"report.pdf?{whole}",
                "yearly report as XLSX": f"figures.xlsx?{whole}",
            }
            _tell_pages(client, programme, fixed)
        engine.dispose()


def _tell_pages(client: Any, programme: Programme, pages: dict[str, str]) -> None:
    for name, page in pages.items():
        get = partial(_get, client, f"/{programme.slug}/reports/{page}")
        times = [_once(get) for _ in range(TRIES)]
        print(f"| {name} | {times[0]:.0f} | {statistics.median(times):.0f} |")


def _once(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def _get(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")


def _fix(session: Session, programme: Programme, year: int) -> None:
    actor = _coordinator(session, programme)
    reports.fix_year(session, year, programme=programme, actor=actor)


def _client(url: str, token: str) -> Any:
    app = create_app(Settings(secret_key="k" * 40, database_url=url, testing=True))
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def _coordinator(session: Session, programme: Programme) -> Account:
    query = (
        sa.select(Account)
        .join(Membership)
        .where(Membership.programme_id == programme.id, Membership.role == Role.COORDINATOR)
        .order_by(Account.id)
    )
    return session.scalars(query.limit(1)).one()


@dataclass(frozen=True)
class Filling:
    """Fills a programme with invented years."""

    session: Session
    programme: Programme
    actor: Account
    random: Random


def _fill(session: Session) -> tuple[Programme, str]:
    """Invent a programme of some years; return it with the token of a coordinator's session."""
    programme = demo.make_sized(
        session, mentors=MENTORS, mentees=MENTEES, seed=1, password=secrets.token_hex()
    )
    actor = _coordinator(session, programme)
    filling = Filling(session, programme, actor, Random(1))  # noqa: S311 - invented, no secrets
    with transaction(session):
        _add(session, AuditEvent, _trail(filling))
        pairs = _pairs(filling)
        _add(session, Meeting, _meetings(pairs, filling.random))
        _add(session, Outcome, _outcomes(pairs, filling.random))
        _add(session, Survey, _surveys(pairs, filling.random))
        token = accounts.open_session(session, actor)
    return programme, token


def _add(session: Session, model: Any, rows: Iterator[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            session.execute(sa.insert(model), batch)
            batch = []
    if batch:
        session.execute(sa.insert(model), batch)


def _trail(filling: Filling) -> Iterator[dict[str, Any]]:
    programme = filling.programme
    query = sa.select(Profile.id).where(Profile.programme_id == programme.id).order_by(Profile.id)
    shared = {"programme_id": programme.id, "account_id": filling.actor.id, "details": {}}
    for version in filling.session.scalars(query).all():
        sent = _some_day(filling)
        about = shared | {"subject_kind": "profile_versions", "subject_id": version}
        yield about | {"action": "submit_profile", "created_at": sent}
        yield about | {"action": "approve_profile", "created_at": sent + timedelta(days=9)}
    for number in range(OTHER_EVENTS):
        about = {"subject_kind": "meetings", "subject_id": number, "action": "log_meeting"}
        yield shared | about | {"created_at": _some_day(filling)}


def _some_day(filling: Filling) -> datetime:
    """Return an instant of the last two years."""
    first = datetime(today(filling.programme).year - 1, 1, 1, 12, tzinfo=UTC)
    return first + timedelta(days=filling.random.uniform(-200, 280))


def _pairs(filling: Filling) -> Sequence[Tandem]:
    """Have a round propose pairs, all of them confirmed and begun, most of them over."""
    session, programme = filling.session, filling.programme
    versions = {
        side: session.scalars(
            sa.select(Profile)
            .where(Profile.programme_id == programme.id, Profile.side == side)
            .order_by(Profile.id)
            .limit(TANDEMS)
        ).all()
        for side in Side
    }
    policy = session.scalars(sa.select(PolicyVersion.id).limit(1)).one()
    mine = {"programme_id": programme.id}
    round_ = Round(**mine, name="Benchmark")
    session.add(round_)
    session.flush()
    frozen = Snapshot(
        **mine, round_id=round_.id, policy_version_id=policy, number=1, seed=0,
        engine="none", content={},
    )  # fmt: skip
    session.add(frozen)
    session.flush()
    made = []
    for mentor, mentee in zip(versions[Side.MENTOR], versions[Side.MENTEE], strict=True):
        proposal = Proposal(
            **mine, round_id=round_.id, snapshot_id=frozen.id, mentor_id=mentor.mentor_id,
            mentee_id=mentee.mentee_id, mentor_profile_id=mentor.id, mentee_profile_id=mentee.id,
            score=filling.random.randrange(3000, 9500), parts={}, facts=[], alternatives=[],
        )  # fmt: skip
        made.append(_begin(filling, proposal))
    round_.state, round_.closed_at = RoundState.CLOSED, now()
    return made


def _begin(filling: Filling, proposal: Proposal) -> Tandem:
    session, random, at = filling.session, filling.random, _some_day(filling)
    session.add(proposal)
    session.flush()
    pair = {
        "programme_id": proposal.programme_id,
        "mentor_id": proposal.mentor_id,
        "mentee_id": proposal.mentee_id,
    }
    decision = Decision(
        **pair,
        proposal_id=proposal.id,
        verdict=Verdict.CONFIRMED,
        reason="-",
        account_id=filling.actor.id,
    )
    session.add(decision)
    session.flush()
    capacity = session.execute(
        sa.text("SELECT capacity FROM mentors WHERE id = :id"), {"id": proposal.mentor_id}
    ).scalar_one()
    tandem = Tandem(
        **pair, decision_id=decision.id, capacity=capacity, slot=1, created_at=at,
        expires_at=at + timedelta(days=7), mentor_yes_at=at, mentee_yes_at=at,
    )  # fmt: skip
    session.add(tandem)
    session.flush()
    tandem.state, tandem.started_at = TandemState.ACTIVE, at
    session.flush()
    if random.random() < 0.8:
        tandem.ended_at = at + timedelta(days=random.uniform(30, 200))
        tandem.state = random.choice((TandemState.COMPLETED, TandemState.ENDED_EARLY))
        tandem.end_reason = random.choice(list(EndReason))
        session.flush()
    return tandem


def _meetings(pairs: Sequence[Tandem], random: Random) -> Iterator[dict[str, Any]]:
    for number in range(MEETINGS):
        tandem = pairs[number % len(pairs)]
        at = _known(tandem.started_at) + timedelta(days=number // len(pairs) * 14 + 3)
        yield {
            "programme_id": tandem.programme_id, "tandem_id": tandem.id, "starts_at": at,
            "state": MeetingState.HELD, "minutes": random.choice((30, 60, 90)), "way": Way.VIDEO,
            "logged_at": at,
        }  # fmt: skip


def _outcomes(pairs: Sequence[Tandem], random: Random) -> Iterator[dict[str, Any]]:
    for tandem in pairs:
        for months in MONTHS if tandem.ended_at is not None else ():
            due = _known(tandem.ended_at) + timedelta(days=30 * months)
            works = random.random() < 0.5
            yield {
                "programme_id": tandem.programme_id, "tandem_id": tandem.id, "months": months,
                "due_on": date(due.year, due.month, due.day), "answered_at": due,
                "kind": OutcomeKind.WORK if works else OutcomeKind.SEARCHING,
                "in_field": works or None, "at_level": None, "source": Source.MENTEE,
            }  # fmt: skip


def _surveys(pairs: Sequence[Tandem], random: Random) -> Iterator[dict[str, Any]]:
    for tandem in pairs:
        for side in Side if tandem.ended_at is not None else ():
            marks = {name: random.randint(1, 5) for name in ("satisfied", "reached", "supported")}
            of = {"programme_id": tandem.programme_id, "tandem_id": tandem.id, "side": side}
            yield of | marks | {"answered_at": tandem.ended_at}


def _known(at: datetime | None) -> datetime:
    if at is None:
        raise LookupError("every tandem here has begun")
    return at


if __name__ == "__main__":
    main()
