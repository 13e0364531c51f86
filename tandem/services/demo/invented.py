"""More invented people, for demo programmes of another size.

Each is one of the written people with another name, home, languages and topics, so that
occupation, sector, field and level keep going together.
"""

from collections.abc import Iterator
from random import Random

from tandem.services.demo.content import Entry

_LEVELS = ("B1", "B1", "B2", "B2", "B2", "C1")


def vary(
    people: list[Entry], number: int, *, places: dict[str, str], random: Random
) -> list[Entry]:
    """Return ``number`` people after the pattern of ``people``, every address used once.

    The same ``random`` state gives the same people.
    """
    return [_variant(people, index, places=places, random=random) for index in range(number)]


def _variant(people: list[Entry], index: int, *, places: dict[str, str], random: Random) -> Entry:
    pattern = random.choice(people)
    first, last = random.choice(people)["first_name"], random.choice(people)["last_name"]
    return pattern | {
        "first_name": first,
        "last_name": last,
        "email": f"person{index + 1}@{_domain(pattern)}",
        "postal_code": random.choice(sorted(places)),
        "reach_km": random.choice((10, 15, 20, 25, 30, 40)),
        "languages": dict(_languages(pattern["languages"], random)),
    }


def _domain(pattern: Entry) -> str:
    side = "mentors" if "company" in pattern else "mentees"
    return f"{side}.example"


def _languages(spoken: dict[str, str], random: Random) -> Iterator[tuple[str, str]]:
    """Keep the languages, and let the level of German differ where it is being learned."""
    for language, level in spoken.items():
        learned = language == "de" and level != "C2"
        yield language, random.choice(_LEVELS) if learned else level
