"""What is asked about a policy: how much each criterion counts, what must hold, the aim."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import DataRequired, InputRequired, NumberRange

from tandem.services import policies
from tandem.services.policies import CEFR, CRITERIA, FULL, Terms
from tandem.web import codes
from tandem.web.fields import OneOf
from tandem.web.forms import BaseForm, VersionedForm, required
from tandem.web.policies import wording
from tandem.web.terms import AIM, RULE

LEVELS_BELOW = range(8)
MOST_SLOTS = 21
_FARTHEST_KM = 1000
_ALWAYS = ("capacity", "forbidden")
"""Rules without which proposals could not be kept; nobody is asked about them."""


class WholeNumber(IntegerField):
    """A whole number within bounds."""

    def __init__(self, label: Any, *, low: int = 0, high: int, **kwargs: Any) -> None:
        super().__init__(
            label,
            validators=[
                InputRequired(wording.NO_NUMBER),
                NumberRange(low, high, _l("Enter a number from %(min)d to %(max)d.")),
            ],
            render_kw={"inputmode": "numeric", "class": "t-tiny"},
            **kwargs,
        )

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Refuse what is no whole number, in the reader's words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(wording.NO_NUMBER) from error


class PolicyForm(VersionedForm):
    """A policy in words."""

    occupation = WholeNumber(codes.CRITERION["occupation"], high=FULL)
    sector = WholeNumber(codes.CRITERION["sector"], high=FULL)
    needs = WholeNumber(codes.CRITERION["needs"], high=FULL)
    qualification = WholeNumber(codes.CRITERION["qualification"], high=FULL)
    language = WholeNumber(codes.CRITERION["language"], high=FULL)
    reach = WholeNumber(codes.CRITERION["reach"], high=FULL)
    wishes = WholeNumber(codes.CRITERION["wishes"], high=FULL)
    availability = WholeNumber(codes.CRITERION["availability"], high=FULL)
    waiting = WholeNumber(codes.CRITERION["waiting"], high=FULL)

    language_floor_on = BooleanField(RULE["language_floor"])
    language_floor = OneOf(
        _l("At which level?"),
        required=True,
        choices=[SelectChoice(level, level) for level in CEFR],
    )
    reach_on = BooleanField(RULE["reach"])
    reach_km = WholeNumber(_l("Kilometres for those who do not say"), high=_FARTHEST_KM)
    same_gender_on = BooleanField(RULE["same_gender"])
    conflict_on = BooleanField(RULE["conflict"])
    previous_on = BooleanField(RULE["previous"])
    level_floor_on = BooleanField(RULE["level_floor"])
    level_floor = WholeNumber(
        _l("How many levels lower a mentor's qualification may be"), high=LEVELS_BELOW[-1]
    )
    availability_floor_on = BooleanField(RULE["availability_floor"])
    availability_floor = WholeNumber(_l("Times they must share"), low=1, high=MOST_SLOTS)

    aim = RadioField(
        _l("What should the round aim for?"),
        choices=[SelectChoice(code, name) for code, name in AIM.items()],
        validators=[DataRequired(_l("Please choose one."))],
    )
    floor = WholeNumber(_l("Minimum points of a pair"), high=FULL)

    @classmethod
    def of(cls, terms: Terms, *, number: int) -> Self:
        """Return the form as a policy answers it; ``number`` is the version in force."""
        rules = terms.rules
        answers: dict[str, Any] = {name: terms.weights.get(name, 0) for name in CRITERIA}
        answers |= {f"{rule}_on": rule in rules for rule in RULE}
        answers |= {
            "language_floor": rules.get("language_floor", "B1"),
            "level_floor": int(rules.get("level_floor", 0)),
            "availability_floor": int(rules.get("availability_floor", 1)),
            "aim": terms.aim,
            "floor": terms.floor,
            "reach_km": round(terms.reach_km),
            "version": str(number),
        }
        return cls(formdata=None, data=answers)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Ask for one criterion at least that counts."""
        valid = bool(super().validate(extra_validators))
        if valid and not any(self._shares().values()):
            self.form_errors.append(_l("Give at least one criterion more than 0 points."))
            return False
        return valid

    def to_terms(self) -> Terms:
        """Return what was entered, its weights scaled; call it on a valid form only."""
        with_parameter = {
            "language_floor": self.language_floor.data,
            "level_floor": self.level_floor.data,
            "availability_floor": self.availability_floor.data,
        }
        chosen = {rule: with_parameter.get(rule, True) for rule in RULE if self._has(rule)}
        return Terms(
            weights=policies.scale(self._shares()),
            rules=chosen | dict.fromkeys(_ALWAYS, True),
            aim=required(self.aim.data),
            floor=required(self.floor.data),
            reach_km=required(self.reach_km.data),
        )

    def sent(self) -> list[tuple[str, str]]:
        """Return what was entered, to be sent again: names and values as a browser has them."""
        answers = {name: value for name, value in self.data.items() if name != "csrf_token"}
        return [
            (name, "y" if value is True else str(value))
            for name, value in answers.items()
            if value is not False and value is not None
        ]

    def weights(self) -> list[Any]:
        """Return the fields of the criteria, in their order."""
        return [self[name] for name in codes.CRITERION]

    def _shares(self) -> dict[str, Fraction]:
        return {name: Fraction(required(self[name].data)) for name in CRITERIA}

    def _has(self, rule: str) -> bool:
        return bool(self[f"{rule}_on"].data)


class SidesForm(BaseForm):
    """Which two policies to look at side by side."""

    a = SelectField(_l("First policy"))
    b = SelectField(_l("Second policy"))

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Say what there is to choose from."""
        for side in (self.a, self.b):
            side.choices = [SelectChoice(code, name) for code, name in choices]
