"""What is worked out after the proposals are there: stability, groups, whom to look for."""

import pytest

from tandem.services import rounds
from tests.support.pages import parse
from tests.support.solving import solve

WANTED = {
    "occupation": "72", "sectors": ["C"], "languages": ["de", "vi"], "level": 4, "gender": "f",
    "modes": [], "postal_code": "25746", "places": 2, "tandems": 2, "points": 9000,
}  # fmt: skip


@pytest.fixture
def round_(session, make, programme, actor):
    make.mentor(programme)
    for _ in range(2):
        make.mentee(programme)
    round_ = make.round(programme, name="Autumn")
    solve(session, round_, actor=actor)
    return round_


def write(session, round_, **values):
    """Write down what the worker would have worked out."""
    snapshot = rounds.solved_snapshot(session, round_)
    [pair] = snapshot.result["proposals"]
    [left] = snapshot.result["unmatched"]["mentees"]
    snapshot.insights = {
        "problem": None, "draws": 100, "stability": {pair["mentee"]: 0.55}, "groups": [],
        "recruit": [WANTED | {"for": [left["id"]]}],
    } | values  # fmt: skip
    session.commit()


def url(round_, programme, step=""):
    return f"/{programme.slug}/rounds/{round_.key}{step}"


def test_until_it_is_there_the_page_says_that_it_is_being_worked_out(staff, programme, round_):
    page = staff.get(url(round_, programme)).text
    assert "whom to look for next; it appears here" in page
    late = [each.get("id") for each in parse(page).iter() if each.get("data-late") is not None]
    assert {"late-note", "late-wanted", "late-groups"} < set(late)
    assert staff.get(url(round_, programme, "/progress")).json["insights"] is False


def test_stability_shows_beside_each_pair(session, staff, programme, round_):
    write(session, round_)
    page = staff.get(url(round_, programme)).text
    assert "This pair stays in 55% of the weightings tried." in page
    assert "55%, uncertain" in page
    assert "data-late" not in page
    assert staff.get(url(round_, programme, "/progress")).json["insights"] is True


def test_whom_to_look_for_is_said_with_what_it_adds_and_for_whom(session, staff, programme, round_):
    write(session, round_)
    panel = staff.get(url(round_, programme)).text.partition('id="wanted"')[2]
    for said in (
        "Metal, machinery and related trades workers", "Manufacturing", "German or Vietnamese",
        "in or near Heide", "time for 2 mentees", "gender: Woman", "+9,000", "for <a",
        "qualification: Vocational training of three years (level 4) or similar",
    ):  # fmt: skip
        assert said in panel


def test_the_way_down_the_page_leads_to_what_is_there(session, staff, programme, round_):
    def led_to():
        page = parse(staff.get(url(round_, programme)).text)
        [way] = [each for each in page.iter("div") if each.get("id") == "late-below"]
        ids = {each.get("id") for each in page.iter()}
        targets = [link.get("href").removeprefix("#") for link in way.iter("a")]
        assert set(targets) <= ids
        return targets

    assert led_to() == ["left-mentees"]
    write(session, round_)
    assert led_to() == ["left-mentees", "wanted"]


def test_the_call_to_companies_points_at_nobody(session, staff, make, programme, round_):
    write(session, round_)
    page = staff.get(url(round_, programme, "/call")).text
    main = page.partition("<main")[2].partition("</main")[0]
    assert "Metal, machinery and related trades workers" in main
    assert "speaks German" in main
    for telling in ("Vietnamese", "Heide,", "near Heide", "Woman", "Last", "people/"):
        assert telling not in main


def test_without_anybody_to_look_for_there_is_no_call(session, staff, programme, round_):
    write(session, round_, recruit=[])
    assert staff.get(url(round_, programme, "/call")).status_code == 303
    assert "Whom to look for next" not in staff.get(url(round_, programme)).text


def test_groups_show_with_coverage_and_mean_points(session, staff, programme, round_):
    groups = [
        {"label": "f", "people": 8, "tandems": 6, "mean_score": 7123},
        {"label": "others", "people": 5, "tandems": 0, "mean_score": None},
    ]
    others = [
        {"kind": kind, "groups": [{"label": label, "people": 9, "tandems": 9, "mean_score": 1}]}
        for kind, label in (("language", "uk"), ("place", "Heide"), ("recognition", "applied"))
    ]
    write(session, round_, groups=[{"kind": "gender", "groups": groups}, *others])
    panel = staff.get(url(round_, programme)).text.partition('id="groups"')[2]
    for said in ("Woman", "6 of 8", "7,123", "all others", "0 of 5", "Ukrainian", "Applied for"):
        assert said in panel
    assert "do not affect the points and are no aim" in panel
