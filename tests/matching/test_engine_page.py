"""The page on the engine: its examples run, its converters read what they say they read."""

import re
from pathlib import Path

import pytest

import matching

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data to run on are not here")

MENTORS = """\
first name,last name,email address,both mentor and mentee,job title,grade,organisation,\
profession,characteristics,biography
a,1,a@x,no,r,SCS4,Joy,DDaT,Gay,I
b,2,b@x,no,r,EO,Love,Policy,,I
"""
MENTEES = """\
first name,last name,email address,both mentor and mentee,job title,grade,organisation,\
profession,match with similar identity,identity to match,biography
c,3,c@x,no,r,AA,Joy,DDaT,yes,Gay,I
d,4,d@x,no,r,HEO,Fun,DDaT,no,,I
"""


@pytest.fixture(name="page", scope="module")
def page_fixture():
    names: dict[str, object] = {}
    blocks = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs" / "engine.md").read_text(), re.DOTALL
    )
    assert len(blocks) == 7
    for block in blocks:
        exec(block, names)  # noqa: S102 - our own page
    return names


def test_the_page_names_every_criterion_rule_and_aim():
    text = (ROOT / "docs" / "engine.md").read_text()
    names = {*matching.CRITERIA, *matching.RULES, *matching.AIMS}
    assert {name for name in names if f"`{name}`" not in text} == set()


def test_mentor_match_people_are_read_without_their_characteristics(page, tmp_path):
    (tmp_path / "mentors.csv").write_text(MENTORS)
    (tmp_path / "mentees.csv").write_text(MENTEES)
    mentors, mentees = page["read_mentor_match"](tmp_path)
    assert [(one.id, one.level, one.occupation, one.company) for one in mentors] == [
        ("a@x", 8, "25", "Joy"),
        ("b@x", 3, "2422", "Love"),
    ]
    assert "Gay" not in repr((mentors, mentees))
    result = matching.match(mentors, mentees, page["MENTOR_MATCH"])
    assert [(pair.mentor, pair.mentee) for pair in result.proposals] == [
        ("a@x", "d@x"),
        ("b@x", "c@x"),
    ]


def test_lern_fair_pupils_get_students_of_their_subjects_and_classes(page, tmp_path):
    head = "uuid,Mathematik,Deutsch\n"
    (tmp_path / "students_lower_bound.csv").write_text(head + "s1,1,0\ns2,5,5\n")
    (tmp_path / "students_upper_bound.csv").write_text(head + "s1,4,0\ns2,9,9\n")
    (tmp_path / "pupils.csv").write_text(head + "p1,3,3\np2,6,6\np3,0,7\np4,12,0\n")
    (tmp_path / "dissolved_matches.csv").write_text("matchUUID,studentID,pupilID\nm,s2,p2\n")
    assert page["match_lern_fair"](tmp_path) == [("s1", "p1"), ("s2", "p3")]
    assert page["match_lern_fair"](tmp_path, pupils_each=2) == [("s1", "p1"), ("s2", "p3")]
    (tmp_path / "dissolved_matches.csv").write_text("matchUUID,studentID,pupilID\n")
    assert len(page["match_lern_fair"](tmp_path, pupils_each=2)) == 3


@needs_data
def test_the_public_lists_of_mentor_match_are_matched(page):
    mentors, mentees = page["read_mentor_match"](DATA / "mentor-match")
    result = matching.match(mentors, mentees, page["MENTOR_MATCH"])
    assert (len(mentors), len(mentees), result.set_aside) == (50, 50, ())
    of = {person.id: person for person in (*mentors, *mentees)}
    assert result.tandems > 40
    for pair in result.proposals:
        mentor, mentee = of[pair.mentor], of[pair.mentee]
        assert mentor.level >= mentee.level
        assert mentee.avoid != (f"company:{mentor.company}",)


@needs_data
def test_the_public_lists_of_lern_fair_are_matched(page):
    students, pupils, _, allowed = page["read_lern_fair"](DATA / "lern-fair")
    assert allowed.shape == (len(students), len(pupils)) == (10, 42)
    assert len(page["match_lern_fair"](DATA / "lern-fair")) == 10
    assert len(page["match_lern_fair"](DATA / "lern-fair", pupils_each=3)) > 20
