"""The terms of a policy in plain values, for those who show and change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from matching import AIMS, CEFR, CRITERIA, FULL, RULES, InvalidInput, Policy
from tandem.errors import DomainError

__all__ = [
    "AIMS",
    "CEFR",
    "CRITERIA",
    "FULL",
    "RULES",
    "NothingCounts",
    "PolicyRefused",
    "Terms",
    "read_terms",
    "scale",
    "write_terms",
]

Parameter: TypeAlias = str | int | bool


class PolicyRefused(DomainError):
    """Something is no valid policy; the message names the value that breaks a condition."""


class NothingCounts(PolicyRefused):
    """No criterion has a weight, so that all pairs would be alike."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a policy says, whatever its number.

    Attributes
    ----------
    weights : criterion to basis points, together 10,000; what counts nothing is left out
    rules : rule to its parameter, or True where it takes none; what is off is left out
    aim : ``most``, ``best`` or ``fair``
    floor : least score of a pair under the aim ``best``
    reach_km : how far people travel who do not say
    """

    weights: Mapping[str, int]
    rules: Mapping[str, Parameter]
    aim: str
    floor: int
    reach_km: float


def read_terms(content: str) -> Terms:
    """Return the terms of a policy that is written as TOML.

    Raises
    ------
    PolicyRefused
        If the text holds no valid policy.
    """
    try:
        return _terms(Policy.from_toml(content))
    except InvalidInput as error:
        raise PolicyRefused(str(error)) from error


def write_terms(terms: Terms, *, number: int) -> str:
    """Return terms as TOML, as ``tandem match --policy`` reads it; ``number`` is its version.

    Raises
    ------
    PolicyRefused
        If a term is unknown or out of its range.
    """
    try:
        policy = Policy(
            weights=terms.weights,
            rules=terms.rules,
            aim=terms.aim,
            floor=terms.floor,
            reach_km=terms.reach_km,
            version=number,
        )
    except InvalidInput as error:
        raise PolicyRefused(str(error)) from error
    return policy.to_toml()


def scale(shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Return weights that sum to 10,000 and stand to one another as the shares do.

    What is lost by rounding down goes to those that lost most, in the order of the criteria.

    Raises
    ------
    NothingCounts
        If all shares are 0.
    """
    total = sum(shares.values())
    if total <= 0:
        raise NothingCounts("weights: no criterion counts")
    exact = {name: shares.get(name, Fraction(0)) * FULL / total for name in CRITERIA}
    weights = {name: int(share) for name, share in exact.items()}
    by_loss = sorted(CRITERIA, key=lambda name: weights[name] - exact[name])
    for name in by_loss[: FULL - sum(weights.values())]:
        weights[name] += 1
    return {name: weight for name, weight in weights.items() if weight}


def _terms(policy: Policy) -> Terms:
    rules = {name: value for name, value in policy.rules.items() if value is not None}
    return Terms(
        weights=dict(policy.weights),
        rules=rules,
        aim=policy.aim,
        floor=policy.floor,
        reach_km=policy.reach_km,
    )
