"""Looking for due work, and doing it piece by piece.

Rounds are solved in a child process, so that the lease is renewed and tandems are looked
after while it computes. Mails are handed over in a thread: a mail server that keeps it
waiting holds nothing else up.
"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session, sessionmaker

from tandem.clock import now
from tandem.config import Settings
from tandem.models import Digest, Import, ImportState, Mail, Round, RoundState
from tandem.services import digests, duties, erasing, intake, mails, shortlists, smtp
from tandem.services.matchmaking import afterwards, insights, rounds
from tandem.work import Claim, LostClaim, Work, claim
from tandem.worker import children

_IDLE_SECONDS = 0.1
_LONGEST_IDLE_SECONDS = 0.4
_BREATH_SECONDS = 0.02
"""How long SQLite is free between two portions: it keeps no queue of those who wait."""
_MOST_ATTEMPTS = 5
_HOUR_SECONDS = 3600
_SOLVING = (RoundState.QUEUED, RoundState.RUNNING)
_READING = (ImportState.QUEUED, ImportState.READING)
_log = structlog.get_logger()


class Worker:
    """Does the work of one database until it is told to stop."""

    def __init__(self, settings: Settings, engine: sa.Engine) -> None:
        self._settings = settings
        self._sessions = sessionmaker(engine)
        self._has_one_writer = engine.dialect.name == "sqlite"
        self._lease = timedelta(seconds=settings.lease_seconds)
        self._deliver = smtp.delivery(settings.smtp_url)
        self._stop = threading.Event()
        self._post: mails.Post | None = None
        self._look_around_at = 0.0

    def stop(self) -> None:
        """Finish what is under way, then end."""
        self._stop.set()

    def run(self) -> None:
        """Look for work until told to stop."""
        children.make_ready()
        self._post = mails.Post(self._settings, self._deliver)
        idle = _IDLE_SECONDS
        while not self._stop.is_set():
            busy = self._carry_mails()
            if self._other_work() or busy or self.keep_house() or self._post.wait(_IDLE_SECONDS):
                idle = _IDLE_SECONDS
            else:
                self._stop.wait(idle)
                idle = min(1.1 * idle, _LONGEST_IDLE_SECONDS)
        with self._sessions() as session:
            self._post.close(session)

    def work_once(self) -> bool:
        """Do one piece of work, if any is due; say whether there was one."""
        return self._with_claim(Mail, self._send) or self._other_work()

    def _carry_mails(self) -> bool:
        """Go on with the mails beside other work; say whether there was something to do."""
        if self._post is None:
            return False
        with self._sessions() as session:
            try:
                return self._post.step(session)
            except LostClaim:
                _log.info("claim lost", kind=Mail.__name__)
                return True

    def _send(self, session: Session, work: Claim[Mail]) -> None:
        mails.send(session, work, settings=self._settings, deliver=self._deliver)

    def _other_work(self) -> bool:
        return self._small_work() or self._solve_next() or self._import_next() or self._think_next()

    def _small_work(self) -> bool:
        return (
            self._attend_to_tandems()
            or self._with_claim(Digest, digests.attend)
            or self._with_claim(Round, shortlists.attend, only=Round.state == RoundState.ASKING)
        )

    def _mind_the_rest(self) -> bool:
        """Go on with mails and small work while something large is under way."""
        busy = self._carry_mails()
        return self._small_work() or busy

    def _attend_to_tandems(self) -> bool:
        """Do what is due in some tandems, if anything is; say whether there was."""
        with self._sessions() as session:
            found = duties.attend_next(session, lease=self._lease)
        if found and self._has_one_writer:
            self._stop.wait(_BREATH_SECONDS)
        return found

    def _solve_next(self) -> bool:
        """Solve the next round, if somebody waits for one; insights wait longer."""
        return self._with_claim(Round, self._solve, only=Round.state.in_(_SOLVING))

    def _import_next(self) -> bool:
        """Read the next list that a coordinator brought, or take in who stands on one."""
        return self._with_claim(
            Import, self._read_list, only=Import.state.in_(_READING)
        ) or self._with_claim(Import, self._take_in, only=Import.state == ImportState.TAKING)

    def _think_next(self) -> bool:
        """Work out insights for the next round that goes by a new result."""
        return self._with_claim(Round, self._work_out, only=Round.state == RoundState.READY)

    def keep_house(self) -> bool:
        """Do the day's tidying of one programme, if any waits; otherwise look again in an hour."""
        if time.monotonic() < self._look_around_at:
            return False
        with self._sessions() as session:
            found = erasing.keep_house(session)
        if not found:
            self._look_around_at = time.monotonic() + _HOUR_SECONDS
        return found

    def _with_claim(
        self,
        model: type[Work],
        do: Callable[[Session, Claim[Work]], None],
        *,
        only: sa.ColumnElement[bool] | None = None,
    ) -> bool:
        with self._sessions() as session:
            work = claim(session, model, now=now(), lease=self._lease, only=only)
            if work is None:
                return False
            try:
                do(session, work)
            except LostClaim:
                _log.info("claim lost", kind=model.__name__, id=work.id)
        return True

    def _solve(self, session: Session, work: Claim[Round]) -> None:
        """Have a child solve the round, and publish what it found behind the fence."""
        task = rounds.begin(session, work, most_attempts=_MOST_ATTEMPTS)
        if task is None:
            return
        errand = self._errand(task, give_back=rounds.give_back)
        for kind, content in children.send(session, work, errand):
            if kind == "progress":
                rounds.report(session, work, *content)
            elif kind == "result":
                rounds.publish(session, work, content)
            else:
                rounds.fail(session, work, content)

    def _work_out(self, session: Session, work: Claim[Round]) -> None:
        """Have a child work out insights, unless the round is asked for something else."""
        task = afterwards.begin(session, work, most_attempts=_MOST_ATTEMPTS)
        if task is None:
            return
        errand = self._errand(task, give_back=rounds.give_back, between=self._solve_first)
        for kind, content in children.send(session, work, errand):
            if kind == "result":
                afterwards.publish(session, work, content)
            elif kind == "failed":
                _log.warning("no insights", id=work.id, problem=content)
                afterwards.publish(session, work, insights.nothing("refused"))

    def _read_list(self, session: Session, work: Claim[Import]) -> None:
        """Have a child read a list, and publish what was understood behind the fence."""
        task = intake.begin(session, work, most_attempts=_MOST_ATTEMPTS)
        if task is None:
            return
        errand = self._errand(task, give_back=intake.give_back, has_children=True)
        for kind, content in children.send(session, work, errand):
            if kind == "progress":
                intake.report(session, work, *content)
            else:
                intake.publish(session, work, content)

    def _take_in(self, session: Session, work: Claim[Import]) -> None:
        intake.take_in(
            session,
            work,
            lease=self._lease,
            most_attempts=_MOST_ATTEMPTS,
            between=self._mind_the_rest,
        )

    def _errand(
        self,
        task: dict[str, Any],
        *,
        give_back: Callable[[Session, Claim[Any]], None],
        between: Callable[[], object] | None = None,
        has_children: bool = False,
    ) -> children.Errand:
        return children.Errand(
            task=task,
            lease=self._lease,
            give_back=give_back,
            between=between or self._mind_the_rest,
            has_children=has_children,
        )

    def _solve_first(self) -> None:
        """Go on with everything that is more urgent than insights."""
        self._mind_the_rest()
        self._solve_next()
