"""What counts in a match, how much, and what must hold: decided by people."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from matching import codes
from matching.checks import LARGEST_KM
from matching.errors import InvalidInput

FULL: Final = 10_000
"""Basis points of a perfect fit, of all weights together, and of a perfect score."""
CRITERIA: Final = (
    "occupation",
    "sector",
    "needs",
    "qualification",
    "language",
    "reach",
    "wishes",
    "availability",
    "waiting",
)
RULES: Final = (
    "language_floor",
    "reach",
    "same_gender",
    "conflict",
    "capacity",
    "level_floor",
    "availability_floor",
    "forbidden",
    "previous",
)
AIMS: Final = ("most", "best", "fair")
DEFAULT_FLOOR: Final = "B1"
DEFAULT_WEIGHTS: Final[Mapping[str, int]] = {
    "occupation": 2500,
    "sector": 2000,
    "needs": 2000,
    "qualification": 1500,
    "language": 1000,
    "reach": 1000,
}
Parameter: TypeAlias = str | int | bool
"""What a rule needs to know: a level, a number, or only that it is on."""
DEFAULT_PARAMETERS: Final[Mapping[str, str | int]] = {
    "language_floor": DEFAULT_FLOOR,
    "level_floor": 0,
    "availability_floor": 1,
}
"""What True stands for in rules that take a parameter."""
_OFF_BY_DEFAULT: Final = ("level_floor", "availability_floor")
DEFAULT_RULES: Final[Mapping[str, Parameter]] = {
    rule: DEFAULT_PARAMETERS.get(rule, True) for rule in RULES if rule not in _OFF_BY_DEFAULT
}
_NUMBERS: Final = {"level_floor": range(8), "availability_floor": range(1, len(codes.SLOTS) + 1)}


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Weights, rules and aim of a matching.

    Attributes
    ----------
    weights : criterion to basis points; together 10,000. What is not named counts 0
    rules : rule to its parameter, or True where it has none; False, None or absent is off.
        ``language_floor``: lowest CEFR level of a shared language (True: B1).
        ``level_floor``: EQF levels by which a mentor may stand below the mentee, 0 to 7
        (True: 0). ``availability_floor``: least number of shared weekly slots, 1 to 21
        (True: 1)
    aim : ``most`` (most tandems, then the highest total), ``best`` (the highest total of
        pairs that score at least `floor`, then most tandems) or ``fair`` (most tandems, then
        the worst-off mentee as well off as possible, then the next, and so on)
    floor : least score of a pair under the aim ``best``, 0 to 10,000
    reach_km : how far people travel who do not say
    version : number of this policy, for the record

    Raises
    ------
    InvalidInput
        Naming the value that breaks one of these conditions.

    Examples
    --------
    >>> Policy(weights={"sector": 6000, "needs": 4000}, aim="best", floor=3000).weights
    {'sector': 6000, 'needs': 4000}
    """

    weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    rules: Mapping[str, Parameter | None] = field(default_factory=lambda: dict(DEFAULT_RULES))
    aim: str = "most"
    floor: int = 0
    reach_km: float = 25
    version: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", _checked_weights(self.weights))
        object.__setattr__(self, "rules", _checked_rules(self.rules))
        if self.aim not in AIMS:
            raise InvalidInput(f"aim: {self.aim!r} is not one of {', '.join(AIMS)}")
        _check_integer("floor", self.floor, high=FULL)
        _check_km("reach_km", self.reach_km)
        _check_integer("version", self.version, high=2**53)

    @property
    def language_floor(self) -> str:
        """Level from which a language can be worked in; B1 where the rule is off.

        Examples
        --------
        >>> Policy(rules={"language_floor": "B2"}).language_floor
        'B2'
        """
        return str(self.rules.get("language_floor", DEFAULT_FLOOR))

    def number(self, rule: str) -> int:
        """Return the number that a rule takes, its default where the rule is off.

        Examples
        --------
        >>> Policy(rules={"level_floor": 2}).number("level_floor")
        2
        """
        return int(self.rules.get(rule) or DEFAULT_PARAMETERS[rule])

    def to_toml(self) -> str:
        """Write the policy so that :meth:`from_toml` reads the same one.

        Examples
        --------
        >>> Policy(aim="fair").to_toml().splitlines()[0]
        'aim = "fair"'
        """
        head = [
            f'aim = "{self.aim}"',
            f"floor = {self.floor}",
            f"reach_km = {self.reach_km}",
            f"version = {self.version}",
        ]
        weights = [f"{name} = {weight}" for name, weight in self.weights.items()]
        rules = [f"{name} = {_toml_value(self.rules.get(name))}" for name in RULES]
        return "\n".join([*head, "", "[weights]", *weights, "", "[rules]", *rules, ""])

    @classmethod
    def from_toml(cls, text: str) -> "Policy":
        """Read a policy; what the text does not name keeps its default.

        A table ``[weights]`` replaces all default weights; ``[rules]`` changes only the rules
        that it names.

        Raises
        ------
        InvalidInput
            If the text is not TOML, has an unknown key, or the policy is not valid.

        Examples
        --------
        >>> policy = Policy.from_toml("rules = {level_floor = 1}")
        >>> policy.rules["level_floor"], policy.weights["occupation"]
        (1, 2500)
        """
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InvalidInput(f"not TOML: {error}") from error
        unknown = sorted(table.keys() - cls.__dataclass_fields__.keys())
        if unknown:
            raise InvalidInput(f"unknown key: {unknown[0]!r}")
        if isinstance(table.get("rules"), dict):
            table["rules"] = {**DEFAULT_RULES, **table["rules"]}
        return cls(**table)


def _checked_weights(weights: Any) -> dict[str, int]:
    if not isinstance(weights, Mapping):
        raise InvalidInput(f"weights: {weights!r} is not a table")
    for name, weight in weights.items():
        if name not in CRITERIA:
            raise InvalidInput(f"weights: unknown criterion {name!r}")
        _check_integer(f"weights: {name}", weight, high=FULL)
    total = sum(weights.values())
    if total != FULL:
        raise InvalidInput(f"weights: sum to {total}, not to {FULL}")
    return {name: weights[name] for name in CRITERIA if weights.get(name)}


def _checked_rules(rules: Any) -> dict[str, Parameter]:
    if not isinstance(rules, Mapping):
        raise InvalidInput(f"rules: {rules!r} is not a table")
    for name, parameter in rules.items():
        if name not in RULES:
            raise InvalidInput(f"rules: unknown rule {name!r}")
        if not _is_off(parameter):
            _check_parameter(name, parameter)
    on = {name: rules[name] for name in RULES if not _is_off(rules.get(name))}
    return {
        name: DEFAULT_PARAMETERS.get(name, True) if parameter is True else parameter
        for name, parameter in on.items()
    }


def _is_off(parameter: object) -> bool:
    return parameter is False or parameter is None


def _check_parameter(rule: str, parameter: object) -> None:
    if parameter is True:
        return
    if rule in _NUMBERS:
        _check_integer(f"rules: {rule}", parameter, low=_NUMBERS[rule][0], high=_NUMBERS[rule][-1])
        return
    if rule != "language_floor":
        raise InvalidInput(f"rules: {rule} takes no parameter, not {parameter!r}")
    if parameter not in codes.CEFR:
        raise InvalidInput(f"rules: language_floor {parameter!r} is not a CEFR level")


def _check_integer(name: str, value: object, *, low: int = 0, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidInput(f"{name}: {value!r} is not an integer")
    if not low <= value <= high:
        raise InvalidInput(f"{name}: {value} is not between {low} and {high}")


def _check_km(name: str, value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise InvalidInput(f"{name}: {value!r} is not a number")
    if not 0 <= value <= LARGEST_KM:
        raise InvalidInput(f"{name}: {value} is not between 0 and {LARGEST_KM}")


def _toml_value(parameter: object) -> str:
    if isinstance(parameter, str):
        return f'"{parameter}"'
    is_number = isinstance(parameter, int) and not isinstance(parameter, bool)
    return str(parameter) if is_number else str(bool(parameter)).lower()
