"""Who gets a certificate, and what it says."""

import pytest

from tandem import clock
from tandem.errors import NotFound
from tandem.models import (
    Side,
)
from tandem.services import closings
from tests.support import endings, pairs


@pytest.mark.parametrize(("meetings", "certified"), [(2, False), (3, True)])
def test_an_early_end_makes_a_certificate_after_three_meetings(
    session, make, programme, tandem, meetings, certified
):
    endings.met(make, tandem, times=meetings, minutes=90)
    endings.ended_early(make, tandem)
    mentor, _mentee = pairs.accounts_of(tandem)
    assert closings.afterwards(session, tandem).is_certified is certified
    if certified:
        made = closings.get_certificate(
            session, tandem.key, programme=programme, actor=mentor, side=Side.MENTOR
        )
        assert (made.name, made.meetings, made.minutes) == (mentor.name, 3, 270)
    else:
        with pytest.raises(NotFound):
            closings.get_certificate(
                session, tandem.key, programme=programme, actor=mentor, side=Side.MENTOR
            )


def test_a_certificate_is_ones_own_and_coordinators_get_either(
    session, make, programme, coordinator, tandem, close
):
    def of(actor, side=Side.MENTOR):
        return closings.get_certificate(
            session, tandem.key, programme=programme, actor=actor, side=side
        )

    mentor, mentee = pairs.accounts_of(tandem)
    with pytest.raises(NotFound):
        of(mentor)
    close()
    assert of(mentor, Side.MENTEE).name == mentor.name
    assert of(mentee).name == mentee.name
    assert of(coordinator, Side.MENTEE).name == mentee.name
    assert of(coordinator, Side.MENTOR).name == mentor.name
    assert {of(mentor).began_on, of(mentor).ended_on} == {clock.now().date()}
