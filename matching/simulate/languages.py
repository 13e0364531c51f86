"""Which languages made-up people speak together, and how well."""

from typing import Final

from matching.simulate.dice import Dice, Loaded

FIRST: Final = Loaded(
    {
        "ar": 26,
        "uk": 23,
        "fa": 8,
        "prs": 7,
        "tr": 8,
        "kmr": 5,
        "ru": 5,
        "ti": 4,
        "en": 4,
        "so": 3,
        "es": 3,
        "fr": 3,
        "sq": 3,
        "hi": 3,
        "sr": 2,
        "vi": 2,
        "pt": 2,
    }
)
"""First languages of mentees."""

BESIDE: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "ar": (("en", 50), ("fr", 12), ("kmr", 8), ("tr", 8)),
    "uk": (("ru", 85), ("en", 45), ("pl", 14)),
    "fa": (("en", 50), ("tr", 12), ("ar", 8)),
    "prs": (("fa", 60), ("ps", 40), ("en", 30), ("ur", 15)),
    "tr": (("en", 50), ("kmr", 12)),
    "kmr": (("ar", 55), ("tr", 40), ("en", 25)),
    "ru": (("en", 45), ("uk", 15)),
    "ti": (("en", 40), ("ar", 35), ("am", 30)),
    "en": (("fr", 15), ("ar", 5)),
    "so": (("ar", 35), ("en", 35)),
    "es": (("en", 55), ("pt", 12)),
    "fr": (("en", 35), ("ar", 30)),
    "sq": (("en", 40), ("it", 20), ("sr", 15)),
    "hi": (("en", 95),),
    "sr": (("en", 50), ("ru", 10)),
    "vi": (("en", 35),),
    "pt": (("en", 40), ("es", 35), ("fr", 10)),
}
"""First language to the others that go with it, each in so many cases of a hundred."""

LEARNT: Final = Loaded({"en": 45, "fr": 14, "es": 9, "ru": 7, "tr": 5, "ar": 4, "pl": 4, "da": 3})
"""What mentors speak besides German."""

_HIGHER_EDUCATION: Final = 6
_GERMAN: Final = Loaded({"A1": 7, "A2": 17, "B1": 33, "B2": 29, "C1": 11, "C2": 3})
_GERMAN_OF_GRADUATES: Final = Loaded({"A1": 4, "A2": 11, "B1": 30, "B2": 34, "C1": 17, "C2": 4})
_NEAR: Final = Loaded({"B1": 10, "B2": 25, "C1": 35, "C2": 30})
_FOREIGN: Final = Loaded({"A2": 15, "B1": 30, "B2": 33, "C1": 18, "C2": 4})
_NEIGHBOURS: Final = frozenset({("uk", "ru"), ("prs", "fa"), ("kmr", "ar"), ("kmr", "tr")})
_AT_HOME_IN_GERMAN: Final = 88


def mentee_languages(dice: Dice, level: int) -> dict[str, str]:
    """Draw German by education, a first language, and those that go with it."""
    german = _GERMAN_OF_GRADUATES if level >= _HIGHER_EDUCATION else _GERMAN
    first = dice.pick(FIRST)
    spoken = {"de": dice.pick(german), first: "C2"}
    for other, percent in BESIDE[first]:
        if dice.chance(percent):
            spoken[other] = dice.pick(_NEAR if (first, other) in _NEIGHBOURS else _FOREIGN)
    return spoken


def mentor_languages(dice: Dice, level: int) -> dict[str, str]:
    """Draw German, as a first language or learnt to C1, and more with more education."""
    spoken = {"de": "C2"}
    if not dice.chance(_AT_HOME_IN_GERMAN):
        spoken = {"de": "C1", dice.pick(FIRST): "C2"}
    for other in dice.several(LEARNT, tries=dice.below(2 if level < _HIGHER_EDUCATION else 3)):
        spoken.setdefault(other, dice.pick(_FOREIGN))
    return spoken
