"""Made-up people are the same everywhere, usable, and believable as a whole."""

from collections import Counter

import pytest

import matching
from matching.digest import describe_person, fingerprint
from matching.simulate.careers import CAREERS
from matching.simulate.dice import Dice, Loaded
from matching.simulate.regions import REGIONS

CAREER_OF = {career.occupation: career for career in CAREERS}
SIZE = 2000


@pytest.fixture(name="germany", scope="module")
def germany_fixture():
    return matching.simulate(SIZE, SIZE, seed=7, region="germany")


def share(people, holds) -> float:
    return sum(1 for one in people if holds(one)) / len(people)


@pytest.mark.parametrize(
    ("region", "known"),
    [
        ("district", "47271649c2b11321893e1337a96f4e003ac9013744115c231b2cdc1e3317bf34"),
        ("state", "252ae7a787c0cb5764b7ae487fbf368e3e94732eb401003f93b25c9b9fe83593"),
        ("germany", "47416e6944f4dcc5025004c1c801fe889dfe722ef0a964e73c78ad18c77f0903"),
    ],
)
def test_a_seed_gives_the_same_people_on_every_machine(region, known):
    mentors, mentees = matching.simulate(40, 60, seed=5, region=region)
    people = [describe_person(person) for side in (mentors, mentees) for person in side]
    assert fingerprint(people) == known


@pytest.mark.parametrize("region", matching.REGIONS)
def test_everybody_can_take_part_and_most_find_somebody(region):
    mentors, mentees = matching.simulate(150, 150, seed=2, region=region)
    result = matching.match(mentors, mentees, matching.Policy())
    assert result.set_aside == ()
    assert result.tandems > 75


def test_another_seed_or_region_gives_other_people():
    worlds = [(1, "district"), (2, "district"), (1, "state")]
    first = [matching.simulate(1, 1, seed=seed, region=where) for seed, where in worlds]
    assert first[0] != first[1]
    assert first[0] != first[2]


def test_a_larger_world_begins_with_the_smaller_one():
    mentors, mentees = matching.simulate(30, 40, seed=3, region="state")
    more_mentors, more_mentees = matching.simulate(30, 50, seed=3, region="state")
    assert more_mentees[:40] == mentees
    assert matching.simulate(35, 1, seed=3, region="state")[0][:30] == more_mentors == mentors


def test_ids_are_unique_and_mentors_tried_before_exist(germany):
    mentors, mentees = germany
    known = {mentor.id for mentor in mentors}
    assert len(known) == len({mentee.id for mentee in mentees}) == SIZE
    tried = [name for mentee in mentees for name in mentee.previous]
    assert tried
    assert set(tried) <= known


def test_nobody_was_tried_before_where_there_are_no_mentors():
    mentors, mentees = matching.simulate(0, 300, seed=1, region="district")
    assert mentors == []
    assert not any(mentee.previous for mentee in mentees)
    assert any(mentee.waiting for mentee in mentees)


def test_fields_and_level_go_with_what_was_learnt(germany):
    for person in (*germany[0], *germany[1]):
        learnt = CAREER_OF[getattr(person, "past_occupation", person.occupation)]
        assert set(person.fields) <= set(learnt.fields)
        assert person.level in learnt.levels


def test_recognition_goes_with_what_the_target_asks_for(germany):
    regulated = [one for one in germany[1] if CAREER_OF[one.occupation].regulated]
    others = [one for one in germany[1] if not CAREER_OF[one.occupation].regulated]
    assert all(one.recognition != "not_needed" for one in regulated)
    assert share(others, lambda one: one.recognition == "not_needed") > 0.2
    assert share(regulated, lambda one: one.recognition == "applied") > 2 * share(
        others, lambda one: one.recognition == "applied"
    )


def test_languages_go_with_each_other(germany):
    mentees = germany[1]
    ukrainian = [one for one in mentees if one.languages.get("uk") == "C2"]
    arabic = [one for one in mentees if one.languages.get("ar") == "C2"]
    assert share(ukrainian, lambda one: "ru" in one.languages) > 0.75
    assert share(arabic, lambda one: "ru" in one.languages) == 0
    assert all("de" in person.languages for person in (*germany[0], *mentees))


def test_german_goes_with_education(germany):
    graduates = [one for one in germany[1] if one.level >= 6]
    others = [one for one in germany[1] if one.level < 6]
    fluent = ("B2", "C1", "C2")
    assert share(graduates, lambda one: one.languages["de"] in fluent) > 0.05 + share(
        others, lambda one: one.languages["de"] in fluent
    )


def test_larger_towns_have_more_people(germany):
    def near(town: str):
        [at] = [one for one in REGIONS["germany"].towns.items if one.name == town]
        return share(
            germany[1], lambda one: max(abs(one.place[0] - at.x), abs(one.place[1] - at.y)) < 9000
        )

    assert near("Berlin") > near("Hamburg") > near("Flensburg") > 0


def test_people_live_in_their_region():
    _, mentees = matching.simulate(0, 400, seed=1, region="district")
    east, north = zip(*(mentee.place for mentee in mentees), strict=True)
    assert max(east) - min(east) < 60_000
    assert max(north) - min(north) < 80_000
    assert all(value.is_integer() for value in (*east, *north))


def test_companies_share_a_sector_and_the_early_ones_are_large(germany):
    of_company = Counter(mentor.company for mentor in germany[0] if mentor.company)
    sectors = {(mentor.company, mentor.sectors) for mentor in germany[0] if mentor.company}
    assert len(sectors) == len(of_company)
    assert max(of_company.values()) > 5 * sum(of_company.values()) / len(of_company) / 2
    assert any(mentor.company is None for mentor in germany[0])


def test_online_is_as_rare_as_the_region_says(germany):
    assert 0.03 < share(germany[0] + germany[1], lambda one: "online" in one.modes) < 0.07


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"n_mentors": -1}, "n_mentors: -1 is not between"),
        ({"n_mentees": 1_000_001}, "n_mentees: 1000001 is not between"),
        ({"n_mentees": 1.5}, "n_mentees: 1.5 is not an integer"),
        ({"n_mentors": True}, "n_mentors: True is not an integer"),
        ({"seed": "x"}, "seed: 'x' is not an integer"),
        ({"seed": False}, "seed: False is not an integer"),
        ({"region": "moon"}, "region: 'moon' is not one of district, state, germany"),
    ],
)
def test_what_cannot_be_is_refused_by_name(changed, said):
    asked = {"n_mentors": 1, "n_mentees": 1, "seed": 1, "region": "district"} | changed
    with pytest.raises(matching.InvalidInput, match=said):
        matching.simulate(
            asked.pop("n_mentors"),
            asked.pop("n_mentees"),
            seed=asked["seed"],
            region=asked["region"],
        )


def test_draws_follow_their_weights():
    dice = Dice("a", 1)
    drawn = Counter(dice.pick(Loaded({"often": 3, "rarely": 1, "never": 0})) for _ in range(4000))
    assert set(drawn) == {"often", "rarely"}
    assert 0.72 < drawn["often"] / 4000 < 0.78
    assert {dice.below(3) for _ in range(100)} == {0, 1, 2}
    assert {dice.around(1) for _ in range(100)} == {-1, 0, 1}
    assert set(dice.several(Loaded({"a": 1, "b": 1}), 50)) == {"a", "b"}
