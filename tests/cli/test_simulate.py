"""`tandem simulate`: what it writes is what `tandem match` reads."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import matching
from tandem.cli import tandem
from tandem.services.matchmaking.lists import read_mentees, read_mentors
from tandem.services.matchmaking.problems import Problem
from tandem.taxonomy import locate
from tandem.taxonomy.nearest import nearest_postal_codes

KM = 1000


def run(*arguments):
    return CliRunner().invoke(tandem, [str(argument) for argument in arguments])


@pytest.mark.parametrize("region", matching.REGIONS)
def test_the_lists_hold_the_simulated_people(tmp_path, region):
    done = run("simulate", 60, 80, "--seed", 4, "--region", region, "--out", tmp_path / "new")
    paths = [tmp_path / "new" / "mentors.csv", tmp_path / "new" / "mentees.csv"]
    assert (done.exit_code, done.stdout.split()) == (0, [str(path) for path in paths])
    problems: list[Problem] = []
    read = read_mentors(paths[0], problems), read_mentees(paths[1], problems)
    assert problems == []
    mentors, mentees = matching.simulate(60, 80, seed=4, region=region)
    compare(read[0], mentors)
    compare(read[1], mentees)


def compare(people, meant):
    assert [replace(one, place=None) for one in people] == [
        replace(one, place=None) for one in meant
    ]
    away = [math.dist(a.place, b.place) for a, b in zip(people, meant, strict=True)]
    assert sorted(away)[len(away) // 2] < 5 * KM


def test_the_lists_can_be_matched(tmp_path):
    run("simulate", 12, 12, "--out", tmp_path)
    done = run("match", tmp_path / "mentors.csv", tmp_path / "mentees.csv", "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["tandems"] > 5


def test_lists_that_exist_are_kept(tmp_path):
    mine = tmp_path / "mentees.csv"
    mine.write_text("mine")
    done = run("simulate", 1, 1, "--out", tmp_path)
    assert done.exit_code == 2
    assert done.stderr == (
        f"{mine}: --out: exists already, expected a folder without mentors.csv and mentees.csv\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mentees.csv"]
    assert mine.read_text() == "mine"


def test_nobody_at_all_is_two_headers(tmp_path):
    assert run("simulate", 0, 0, "--out", tmp_path).exit_code == 0
    assert (tmp_path / "mentors.csv").read_text().startswith("id,sectors,occupation,")
    assert len((tmp_path / "mentees.csv").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-1", "1"], "No such option"),
        (["1", "100001"], "100001 is not in the range"),
        (["1", "1", "--region", "moon"], "'moon' is not one of 'district', 'state', 'germany'"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, arguments, said):
    done = run("simulate", *arguments, "--out", tmp_path)
    assert done.exit_code == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "below"
    done = run("simulate", 1, 1, "--out", folder)
    assert done.exit_code == 2
    assert f"{folder}: cannot be written (Not a directory)" in done.stderr


def test_the_nearest_postal_code_of_a_centre_is_its_own():
    codes = ["25746", "10115", "80331", "01067"]
    places = [locate(code) for code in codes]
    assert [locate(code) for code in nearest_postal_codes(places)] == places
    assert nearest_postal_codes([]) == []


def test_the_help_names_the_commands():
    assert {"match", "policy", "simulate"} <= set(run("--help").stdout.split())
    assert Path("mentors.csv").name in run("simulate", "--help").stdout
