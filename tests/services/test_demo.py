"""The demo programme tells the same in its figures as on its pages."""

from datetime import timedelta

import pytest

from tandem.models import Role
from tandem.services import demo, reports
from tandem.services.programmes import today
from tests.support.town import PASSWORD


@pytest.fixture
def programme(session):
    return demo.make_dithmarschen(session, password=PASSWORD)


@pytest.fixture
def figures(session, make, programme):
    actor = make.account()
    make.membership(programme, Role.COORDINATOR, actor)
    session.refresh(actor)
    day = today(programme)
    period = reports.Period(first=day - timedelta(days=1000), last=day)
    return reports.tell(session, period, programme=programme, actor=actor).figures


def test_figures_count_whom_the_demo_has_vetted_and_approved(figures):
    people = {line["code"]: line["total"] for line in figures["people"]}
    assert people["companies_vetted"] == 12
    assert people["mentors_registered"] == people["mentors_approved"] == 30
    assert people["mentees_registered"] == people["mentees_approved"] == 45
    assert figures["coverage"] == {"approved": 45, "with_tandem": 5}


def test_people_of_the_demo_were_approved_before_their_tandems_began(figures):
    waits = {line["code"]: line for line in figures["waits"]}
    assert waits["approval"]["number"] == 75
    assert waits["tandem"]["number"] == 5
    assert waits["tandem"]["days"] > 0
