"""How fast the day's page of a large programme is: 2,000 people and 500 live tandems.

Run ``python -m benchmarks.today``; it fills a throwaway database, signs in as a coordinator,
asks for the page again and again, and prints medians of wall and processor time and the
number of statements. Nothing here is a test.
"""

import secrets
import statistics
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.app import create_app
from tandem.clock import now
from tandem.config import Settings
from tandem.extensions import db
from tandem.models import (
    Account,
    Agreement,
    AgreementState,
    Base,
    CheckIn,
    CheckInState,
    Decision,
    Meeting,
    MeetingState,
    Membership,
    Mentee,
    Mentor,
    PolicyVersion,
    Profile,
    ProfileState,
    Programme,
    Proposal,
    Role,
    Round,
    Side,
    Snapshot,
    Tandem,
    TandemState,
    Todo,
    Verdict,
    Way,
)
from tandem.services import accounts, demo

MENTORS, MENTEES = 700, 1300
RUNNING, INVITED, OVER = 440, 60, 30
REPEATS = 21


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'today.db'}"
        settings = Settings(secret_key=secrets.token_urlsafe(32), database_url=url, testing=True)
        app = create_app(settings)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            programme, account = fill(db.session)
            slug, token = programme.slug, accounts.open_session(db.session, account)
            db.session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        report(app, client, f"/{slug}/today/")


def report(app: Any, client: Any, path: str) -> None:
    """Ask for a page again and again, and print what it took."""
    seen: list[str] = []
    with app.app_context():
        sa.event.listen(
            db.engine,
            "before_cursor_execute",
            lambda _c, _k, statement, *_: seen.append(statement),
        )
    wall, cpu, size = [], [], 0
    for _ in range(REPEATS):
        seen.clear()
        start, work = time.perf_counter(), time.process_time()
        answer = client.get(path)
        wall.append(1000 * (time.perf_counter() - start))
        cpu.append(1000 * (time.process_time() - work))
        size = len(answer.data)
        if answer.status_code != 200:
            raise RuntimeError(answer.status)
    print("| what | |\n|---|---|")
    print(f"| wall time, median | {statistics.median(wall):.0f} ms |")
    print(f"| processor time, median | {statistics.median(cpu):.0f} ms |")
    print(f"| statements | {sum(not each.startswith('BEGIN') for each in seen)} |")
    print(f"| page | {size / 1000:.0f} kB |")


def fill(session: Session) -> tuple[Programme, Account]:
    """Make a large programme in which much waits; return it and who coordinates it."""
    programme = demo.make_sized(
        session, mentors=MENTORS, mentees=MENTEES, seed=1, password=secrets.token_urlsafe(16)
    )
    account = session.scalars(
        sa.select(Account)
        .join(Membership)
        .where(Membership.programme_id == programme.id, Membership.role == Role.COORDINATOR)
    ).first()
    if account is None:
        raise LookupError("no coordinator")
    ids = _pairs(session, programme, account)
    _live_on(session, programme, ids)
    session.add_all(
        Todo(
            programme_id=programme.id,
            tandem_id=ids[at],
            text="Anrufen",
            due_on=now().date(),
            account_id=account.id,
        )
        for at in range(12)
    )
    session.commit()
    return programme, account


def _pairs(session: Session, programme: Programme, account: Account) -> list[int]:
    """Make the tandems of one solved round; return the ids of those that run, then the others."""
    number = RUNNING + INVITED + OVER
    mentors = session.execute(_people(Mentor, Profile.mentor_id, programme, number=number)).all()
    mentees = session.execute(_people(Mentee, Profile.mentee_id, programme, number=number)).all()
    policy = session.scalars(sa.select(PolicyVersion.id)).first()
    round_ = Round(programme_id=programme.id, name="Benchmark")
    session.add(round_)
    session.flush()
    snapshot = Snapshot(
        programme_id=programme.id, round_id=round_.id, policy_version_id=policy, number=1,
        seed=0, engine="none", content={},
    )  # fmt: skip
    session.add(snapshot)
    session.flush()
    tandems = []
    for at, (mentor, mentee) in enumerate(zip(mentors, mentees, strict=True)):
        proposal = Proposal(
            programme_id=programme.id, round_id=round_.id, snapshot_id=snapshot.id,
            mentor_id=mentor.id, mentee_id=mentee.id, mentor_profile_id=mentor.profile_id,
            mentee_profile_id=mentee.profile_id, score=8000, parts={"needs": 8000}, facts=[],
            alternatives=[], margin=None,
        )  # fmt: skip
        session.add(proposal)
        session.flush()
        decision = Decision(
            programme_id=programme.id, proposal_id=proposal.id, mentor_id=mentor.id,
            mentee_id=mentee.id, verdict=Verdict.CONFIRMED, reason="Fits.", account=account,
        )  # fmt: skip
        session.add(decision)
        session.flush()
        tandem = Tandem(
            programme_id=programme.id, decision_id=decision.id, mentor_id=mentor.id,
            mentee_id=mentee.id, capacity=mentor.capacity, slot=1,
            expires_at=now() + timedelta(days=at % 7, hours=1),
        )  # fmt: skip
        session.add(tandem)
        tandems.append(tandem)
    session.flush()
    for at, tandem in enumerate(tandems):
        _begin(tandem, at)
    session.flush()
    return [tandem.id for tandem in tandems]


def _begin(tandem: Tandem, at: int) -> None:
    if at < RUNNING:
        began = now() - timedelta(days=10 + at % 200)
        tandem.mentor_yes_at = tandem.mentee_yes_at = tandem.started_at = began
        tandem.state = TandemState.ACTIVE
    elif at >= RUNNING + INVITED:
        tandem.state, tandem.ended_at = TandemState.DECLINED, now() - timedelta(days=at % 20)


def _people(
    model: type[Mentor | Mentee], column: Any, programme: Programme, *, number: int
) -> sa.Select[*tuple[Any, ...]]:
    """Select people with a free place and the profile that counts."""
    columns: list[Any] = [model.id, Profile.id.label("profile_id")]
    query = (
        sa.select(*columns, *([Mentor.capacity] if model is Mentor else []))
        .join(Profile, (column == model.id) & (Profile.state == ProfileState.APPROVED))
        .where(model.programme_id == programme.id)
    )
    if model is Mentor:
        query = query.where(Mentor.capacity > 0)
    return query.order_by(model.id).limit(number)


def _live_on(session: Session, programme: Programme, ids: list[int]) -> None:
    """Let those that run agree, meet and say how it goes."""
    for at, tandem_id in enumerate(ids[:RUNNING]):
        last = now() - timedelta(days=at % 40)
        if at % 4:
            session.add(_agreement(programme, tandem_id, last))
        session.add_all(
            Meeting(
                programme_id=programme.id,
                tandem_id=tandem_id,
                state=MeetingState.MISSED if at % 25 == 0 and not back else MeetingState.HELD,
                starts_at=last - timedelta(days=14 * back),
                minutes=60,
                way=Way.IN_PERSON,
                logged_at=last,
            )
            for back in range(8)
        )
        session.add(
            CheckIn(
                programme_id=programme.id, tandem_id=tandem_id, side=Side.MENTEE, number=1,
                due_on=last.date(),
            )
        )  # fmt: skip
    session.flush()
    both = {"mentor_yes_at": now(), "mentee_yes_at": now()}
    session.execute(sa.update(Agreement).values(state=AgreementState.IN_FORCE, **both))
    low = sa.case((CheckIn.id % 20 == 0, 1), else_=4)
    session.execute(
        sa.update(CheckIn).values(
            state=CheckInState.ANSWERED, answered_at=now(), going=low, helping=4, alike=4
        )
    )


def _agreement(programme: Programme, tandem_id: int, last: datetime) -> Agreement:
    return Agreement(
        programme_id=programme.id, tandem_id=tandem_id, number=1, proposed_by=Side.MENTOR,
        every_weeks=2, begins_on=last.date() - timedelta(days=90),
        ends_on=last.date() + timedelta(days=90),
    )  # fmt: skip


if __name__ == "__main__":
    main()
