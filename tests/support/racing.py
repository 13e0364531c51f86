"""Several at the same moment, each in a session of their own, on data that is committed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy.orm import Session

from tandem.errors import Conflict
from tests.support.make import Make


def at_once(make: Make, *acts: Callable[[Session], object]) -> list[object]:
    """Let everybody act at the same moment, each in a session of their own."""
    make.session.commit()
    database = make.session.get_bind()
    barrier = Barrier(len(acts))

    def run(act: Callable[[Session], object]) -> object:
        with Session(database) as session:
            session.connection()
            session.rollback()
            barrier.wait()
            try:
                return act(session)
            except Conflict as conflict:
                return conflict

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def conflicts(results: list[object]) -> list[Conflict]:
    """Return those who were refused."""
    return [result for result in results if isinstance(result, Conflict)]
