"""Which of several workers runs which test."""

from xdist.scheduler import LoadScopeScheduling


class Journeys(LoadScopeScheduling):
    """Gives each worker one test after the other.

    Journeys on one kind of database go to one worker: it needs only one site for all of them.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid[nodeid.rfind("[") :] if nodeid.startswith("tests/e2e/") else nodeid
