"""Reports: a page for any period, a document, a workbook; a year is fixed with one button."""

import io
from datetime import timedelta
from random import Random

import pytest
from openpyxl import load_workbook

from tandem.clock import now
from tandem.models import Report
from tandem.services import reports
from tandem.services.programmes import today
from tandem.services.reports.small import publish
from tandem.web.reports import district
from tandem.web.reports.wording import NOT_TOLD
from tests.support.counting import statements
from tests.support.lived import live_through
from tests.support.pages import parse


@pytest.fixture
def programme(make):
    return make.programme(
        places={"25746": "Heide", "25541": "Brunsbüttel", "25704": "Meldorf", "25761": "Büsum"}
    )


@pytest.fixture
def year(programme):
    return today(programme).year - 1


@pytest.fixture
def lived(make, programme, year):
    live_through(make, programme, year=year, random=Random(5), tandems=8)
    return programme


@pytest.fixture
def fixed(session, lived, actor, year):
    reports.fix_year(session, year, programme=lived, actor=actor)
    return lived


def url(programme, page="", **days):
    asked = "&".join(f"{name}={day}" for name, day in days.items())
    return f"/{programme.slug}/reports/{page}?{asked}"


def whole(year):
    return {"first": f"{year}-01-01", "last": f"{year}-12-31"}


def table(page, section):
    """Return the rows of a section's table, the head first."""
    [found] = [each for each in page.iter("section") if each.get("aria-labelledby") == section]
    return [
        ["".join(cell.itertext()).strip() for cell in row]
        for row in found.find(".//table").iter("tr")
    ]


def test_a_programme_in_which_nothing_happened_has_a_report_too(staff, programme):
    page = staff.get(url(programme)).text
    assert "0 new tandems" in page
    assert "Yearly report" in page


def test_the_page_tells_what_the_service_counts(session, staff, lived, actor, year):
    told = reports.tell(session, reports.whole_year(year), programme=lived, actor=actor).figures
    page = parse(staff.get(url(lived, **whole(year))).text)
    rows = dict(row for row in table(page, "meetings") if len(row) == 2)
    assert rows["Meetings held"] == str(told["meetings"]["held"])
    assert rows["Tandems that met"] == str(told["meetings"]["tandems"])
    assert [int(row[1]) for row in table(page, "quarters")[1:]] == [
        line["running"] for line in told["quarters"]
    ]
    pictures = [each for each in page.iter("svg") if each.get("role") == "img"]
    assert all("".join(each.find("title").itertext()).strip() for each in pictures)


def test_any_period_has_totals_and_nothing_by_group(staff, lived, year):
    page = staff.get(url(lived, first=f"{year}-03-30", last=f"{year}-08-02"))
    assert page.status_code == 200
    assert "Mentees by gender" not in page.text
    assert "shown for whole years only" in page.text
    assert "Make the report" not in page.text


def test_a_period_that_cannot_be_is_refused_beside_its_field(staff, programme, year):
    for days in (
        {"first": f"{year}-05-02", "last": f"{year}-05-01"},
        {"first": "yesterday", "last": f"{year}-05-01"},
        {"first": "0001-01-01", "last": "9999-12-31"},
        {"first": f"{year}-05-01"},
    ):
        page = staff.get(url(programme, **days))
        assert page.status_code == 422, days
        assert staff.get(url(programme, "report.pdf", **days)).status_code == 404
        assert staff.get(url(programme, "figures.xlsx", **days)).status_code == 404
    assert "The last day comes before the first." in staff.get(
        url(programme, first=f"{year}-05-02", last=f"{year}-05-01")
    ).text  # fmt: skip


def test_a_year_that_is_over_is_fixed_with_one_button(session, staff, lived, actor, year):
    before = staff.get(url(lived, **whole(year))).text
    assert f"Make the report of {year} final" in before
    page = staff.submit(url(lived, **whole(year)), action=f"/{lived.slug}/reports/")
    assert f"The report of {year} is final" in page.text
    for part in ("Mentees by gender", "Where the mentees live", "What people said at the end"):
        assert part in page.text
    assert f"Make the report of {year} final" not in page.text
    [report] = session.query(Report).all()
    assert (report.year, report.account_id) == (year, actor.id)


def test_a_year_that_is_not_over_is_not_fixed(session, staff, programme, year):
    page = staff.get(url(programme)).text
    assert "Make the report" not in page
    token = parse(page).find(".//input[@name='csrf_token']").get("value")
    answer = staff.post(
        url(programme), data={"year": str(year + 1), "csrf_token": token}, follow_redirects=True
    )
    assert "only once its year is over" in answer.text
    assert staff.post(url(programme), data={"csrf_token": token}).status_code == 422
    assert session.query(Report).count() == 0


def test_a_fixed_year_does_not_change_with_what_is_entered_later(make, staff, fixed, year):
    before = staff.get(url(fixed, **whole(year))).text
    live_through(make, fixed, year=year, random=Random(6), tandems=2)
    after = staff.get(url(fixed, **whole(year))).text
    assert table(parse(after), "people") == table(parse(before), "people")
    assert table(parse(after), "gender") == table(parse(before), "gender")


def test_no_small_number_stands_in_a_table_by_group(staff, fixed, year):
    page = parse(staff.get(url(fixed, **whole(year))).text)
    for section in ("gender", "language", "place", "scores"):
        rows = table(page, section)
        told = [row for row in rows[1:-1] if row[0] != "Not shown separately"]
        for cell in (cell for row in told for cell in row[1:]):
            assert cell in {NOT_TOLD, "0"} or int(cell) >= 5, (section, rows)


def test_scores_stand_beside_outcomes_and_say_what_they_are_not(staff, fixed, year):
    page = staff.get(url(fixed, **whole(year))).text
    assert "never change any weight by themselves" in page


def test_the_document_is_tagged_and_the_same_each_time(staff, fixed, year):
    first = staff.get(url(fixed, "report.pdf", **whole(year)))
    assert first.headers["Content-Type"] == "application/pdf"
    assert f"report-{year}.pdf" in first.headers["Content-Disposition"]
    assert b"/StructTreeRoot" in first.data
    assert staff.get(url(fixed, "report.pdf", **whole(year))).data == first.data


@pytest.mark.parametrize("locale", ["de", "en"])
def test_the_document_of_an_empty_period_can_be_made(staff, programme, locale):
    staff.get(f"/{programme.slug}/reports/?lang={locale}")
    answer = staff.get(url(programme, "report.pdf", first="2024-02-29", last="2024-02-29"))
    assert answer.data.startswith(b"%PDF")


def test_the_workbook_has_a_sheet_for_each_table_and_says_what_figures_mean(staff, fixed, year):
    answer = staff.get(url(fixed, "figures.xlsx", **whole(year)))
    book = load_workbook(io.BytesIO(answer.data), read_only=True)
    names = book.sheetnames
    assert names[0] == "Definitions"
    told = list(book[names[0]].iter_rows(min_row=5, values_only=True))
    assert len(told) == len(names) - 1 == 15
    assert all(title and meaning for title, meaning in told)
    gender = next(name for name in names if "by gender" in name)
    rows = list(book[gender].iter_rows(values_only=True))
    assert rows[0][:3] == ("Gender", "Approved", "New tandems")
    assert all(cell is None or isinstance(cell, int) for row in rows[1:] for cell in row[1:])


def test_the_page_asks_the_database_at_most_twelve_times(session, staff, fixed, year):
    for days in (whole(year), whole(year + 1)):
        session.commit()
        staff.before_each = lambda: None
        with statements(session) as seen:
            assert staff.get(url(fixed, **days)).status_code == 200
        assert len(seen) <= 12, seen


def test_the_day_on_which_a_period_ends_is_the_programmes(session, make, staff, programme, actor):
    """Half past midnight in Kiritimati is the day before in UTC."""
    programme.zone = "Pacific/Kiritimati"
    session.commit()
    make.mentee(programme)
    local = (now() + timedelta(hours=14)).date()
    page = parse(staff.get(url(programme, first=local, last=local)).text)
    assert table(page, "people")[1][1:] == ["1", "1"]
    before = local - timedelta(days=1)
    page = parse(staff.get(url(programme, first=before, last=before)).text)
    assert table(page, "people")[1][1:] == ["0", "0"]


def told_of(began, year):
    """Return a fixed report in which so many tandems began in each place."""
    groups = {"place": publish({"approved": {}, "began": began})}
    period = reports.whole_year(year)
    return reports.Told(period=period, figures={"groups": groups}, fixed_at=now())


def test_the_map_lies_on_its_paper_north_up_with_all_places_inside(programme, year):
    drawn = district.draw(told_of({"Heide": 12, "Büsum": 6, "Elsewhere": 7}, year), programme)
    assert [(place.label, place.count) for place in drawn.places] == [("Heide", 12), ("Büsum", 6)]
    heide, buesum = drawn.places
    assert buesum.x < heide.x, "Büsum lies at the sea in the west"
    corners = [*drawn.dots, *drawn.outline]
    assert all(0 < x < district.WIDTH and 0 < y < district.HEIGHT for x, y in corners)
    assert len(drawn.dots) == 4
    lowest, highest = max(y for _x, y in drawn.dots), min(y for _x, y in drawn.dots)
    assert max(y for _x, y in drawn.outline) > lowest
    assert min(y for _x, y in drawn.outline) < highest
    assert drawn.path.startswith("M")


def test_places_with_hidden_numbers_are_not_on_the_map(programme, year):
    drawn = district.draw(told_of({"Heide": 12, "Büsum": 6, "Meldorf": 2}, year), programme)
    assert [place.label for place in drawn.places] == ["Heide"]
    assert district.draw(told_of({"Heide": 3, "Büsum": 1}, year), programme) is None
