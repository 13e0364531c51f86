"""Why something that a coordinator asks of a round cannot be kept."""

from collections.abc import Sequence

from tandem.errors import Conflict
from tandem.models import Adjustment


class Contradiction(Conflict):
    """What is asked contradicts what already holds.

    Attributes
    ----------
    reason : one of

        - ``mentee_pinned``, ``mentor_pinned``: the person is pinned, see `adjustment`
        - ``no_place``: every place of the mentor is taken or pinned
        - ``forbidden``: a coordinator forbade the pair, see `adjustment`
        - ``rejected``: a coordinator rejected the pair in this round
        - ``set_aside``: one of the two is set aside
        - ``taken``: the mentee is in a live tandem
        - ``not_in_round``: one of the two takes no part for another reason
        - ``same_twice``: the very same is in force already, see `adjustment`
        - ``against_rules``: `rules` of the policy keep the two apart
    adjustment : what stands in the way, if it is an adjustment
    rules : codes of the engine; ``unusable`` is an entry that it cannot use
    """

    def __init__(
        self, reason: str, *, adjustment: Adjustment | None = None, rules: Sequence[str] = ()
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.adjustment = adjustment
        self.rules = tuple(rules)
