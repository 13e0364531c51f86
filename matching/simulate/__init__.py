"""Made-up people for demonstrations, tests and benchmarks."""

from functools import cache

from matching.errors import InvalidInput
from matching.people import Mentee, Mentor
from matching.simulate.dice import Dice
from matching.simulate.people import Company, make_company, make_mentee, make_mentor
from matching.simulate.regions import REGIONS

MOST = 1_000_000
"""Most people of a side; numbers in ids have six digits."""


def simulate(
    n_mentors: int, n_mentees: int, *, seed: int, region: str
) -> tuple[list[Mentor], list[Mentee]]:
    """Make up people whose entries go together as those of real people do.

    Parameters
    ----------
    n_mentors, n_mentees : how many of each, up to a million
    seed : names one world; the same on every machine and under every version of Python
    region : ``district`` (Dithmarschen), ``state`` (Schleswig-Holstein) or ``germany``

    Returns
    -------
    mentors, mentees : lists
        Places are whole metres in ETRS89 / UTM zone 32N. The first people of a larger world
        are those of a smaller one; only the mentors that mentees have tried before may differ.

    Raises
    ------
    InvalidInput
        If a number or the region cannot be.

    Notes
    -----
    Drawn together: fields, sectors and level with the occupation; the state of recognition
    with level and whether the target is regulated; German with education; other languages
    with the first; needs with recognition and German; towns by size; mentors by companies,
    of which the early ones grow large. Age, origin, religion and family do not occur. Takes
    some 20 microseconds a person.

    Examples
    --------
    >>> [mentor], [mentee] = simulate(1, 1, seed=1, region="district")
    >>> mentor.id, mentee.id, simulate(1, 1, seed=1, region="district") == ([mentor], [mentee])
    ('M000000', 'E000000', True)
    """
    _check_count("n_mentors", n_mentors)
    _check_count("n_mentees", n_mentees)
    _check_integer("seed", seed)
    if region not in REGIONS:
        raise InvalidInput(f"region: {region!r} is not one of {', '.join(REGIONS)}")
    return (
        _mentors(n_mentors, seed=seed, region=region),
        [
            make_mentee(
                number, REGIONS[region], Dice(region, seed, "mentee", number), n_mentors=n_mentors
            )
            for number in range(n_mentees)
        ],
    )


def _mentors(count: int, *, seed: int, region: str) -> list[Mentor]:
    where = REGIONS[region]

    @cache
    def company(number: int) -> Company:
        return make_company(number, where, Dice(region, seed, "company", number))

    mentors: list[Mentor] = []
    for number in range(count):
        dice = Dice(region, seed, "mentor", number)
        workplace = company(dice.below(number // 2 + 1))
        mentors.append(make_mentor(number, where, dice, company=workplace))
    return mentors


def _check_integer(name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidInput(f"{name}: {value!r} is not an integer")


def _check_count(name: str, value: int) -> None:
    _check_integer(name, value)
    if not 0 <= value <= MOST:
        raise InvalidInput(f"{name}: {value} is not between 0 and {MOST}")
