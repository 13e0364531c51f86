"""Carry mails beside other work: a server that keeps one waiting holds nothing else up."""

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.config import Settings
from tandem.models import Mail
from tandem.services.mails.problems import Undelivered
from tandem.services.mails.sending import LEASE, Deliver, attempt, settle_attempt, write_out
from tandem.work import Claim, LostClaim, claim

_REST_SECONDS = (1, 5, 15, 60)
"""How long to wait after a mail server was not there once, twice, and so on."""


class Post:
    """Hands one mail at a time to the mail server, in a thread that knows no database."""

    def __init__(self, settings: Settings, deliver: Deliver) -> None:
        self._settings = settings
        self._deliver = deliver
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mails")
        self._under_way: tuple[Claim[Mail], Future[Undelivered | None]] | None = None
        self._in_vain = 0
        self._rests_until = 0.0

    def step(self, session: Session) -> bool:
        """Write down what became of a mail, or begin with the next; say whether there was either.

        Raises
        ------
        LostClaim
            If another worker has taken over.
        """
        if self._under_way is not None:
            return self._finish(session)
        if time.monotonic() < self._rests_until:
            return False
        work = claim(session, Mail, now=now(), lease=LEASE)
        if work is None:
            return False
        message = write_out(session, work, settings=self._settings)
        self._under_way = work, self._thread.submit(attempt, self._deliver, message)
        return True

    def wait(self, seconds: float) -> bool:
        """Wait for a mail that is under way, if there is one; say whether there is."""
        if self._under_way is None:
            return False
        wait([self._under_way[1]], timeout=seconds)
        return True

    def close(self, session: Session) -> None:
        """Finish what is under way, then end."""
        self._thread.shutdown()
        if self._under_way is not None:
            with suppress(LostClaim):
                self._finish(session)

    def _finish(self, session: Session) -> bool:
        assert self._under_way is not None  # noqa: S101 - just looked
        work, under_way = self._under_way
        if not under_way.done():
            return False
        self._under_way = None
        is_there = settle_attempt(
            session, work, under_way.result(), secret_key=self._settings.secret_key
        )
        self._in_vain = 0 if is_there else self._in_vain + 1
        if self._in_vain:
            rest = _REST_SECONDS[min(self._in_vain, len(_REST_SECONDS)) - 1]
            self._rests_until = time.monotonic() + rest
        return True
