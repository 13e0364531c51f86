"""The policy under which a round is solved again once mentees have named their wishes."""

from dataclasses import replace
from fractions import Fraction

from tandem.models import PolicyVersion
from tandem.services import policies
from tandem.services.matchmaking.policy_terms import FULL, read_terms, scale, write_terms

POINTS = 1500
"""What wishes count where they are only tried; everything else counts so much less in all."""


def do_wishes_count(version: PolicyVersion) -> bool:
    """Whether a policy gives points for wishes."""
    return bool(policies.weights(version).get("wishes"))


def policy_to_try(version: PolicyVersion) -> str | None:
    """Return a policy in which wishes count beside the weights of another; none where they do."""
    if do_wishes_count(version):
        return None
    terms = read_terms(version.content)
    rest = {
        name: Fraction(weight * (FULL - POINTS), FULL) for name, weight in terms.weights.items()
    }
    weights = scale(rest | {"wishes": Fraction(POINTS)})
    return write_terms(replace(terms, weights=weights), number=version.number)
