"""People are found by name however it is written, and by what is known of them."""

import pytest

from tandem.clock import now
from tandem.models import ProfileState, Side
from tandem.services import people


@pytest.fixture
def find(session, programme, coordinator):
    """List the names that a search finds."""

    def names(**search):
        listing = people.list_people(session, programme, people.Search(**search), actor=coordinator)
        return [person.who.name for person in listing.people]

    return names


@pytest.mark.parametrize("typed", ["özd", "ÖZD", "Özd", "emir özdemir", "ÖZDEMIR", "zdemi"])
def test_a_name_is_found_however_it_is_written(make, programme, find, typed):
    make.mentee(programme, account=make.account(first_name="Emir", last_name="Özdemir"))
    make.mentee(programme, account=make.account(first_name="Rima", last_name="Azizi"))
    assert find(name=typed) == ["Emir Özdemir"]


@pytest.mark.parametrize("typed", ["ozdemir", "oezdemir", "Özdemir Emir", "EMIR OZ", "dem"])
def test_a_name_is_found_without_its_accents_and_in_any_order(make, programme, find, typed):
    make.mentee(programme, account=make.account(first_name="Emir", last_name="Özdemir"))
    make.mentee(programme, account=make.account(first_name="Rima", last_name="Azizi"))
    assert find(name=typed) == ["Emir Özdemir"]


@pytest.mark.parametrize(
    ("typed", "name"), [("محمد", "محمد"), ("олена", "Олена"), ("o brien", "O'Brien")]
)
def test_a_name_is_found_in_its_own_script(make, programme, find, typed, name):
    make.mentee(programme, account=make.account(first_name="A", last_name=name))
    assert find(name=typed) == [f"A {name}"]


@pytest.mark.parametrize("place", ["25746", "257", "heide", "25746 Heide"])
def test_people_are_found_by_place(make, programme, find, place):
    make.mentee(programme, account=make.account(first_name="A", last_name="Here"))
    make.mentor(
        programme, account=make.account(first_name="B", last_name="There"), postal_code="25541"
    )
    make.mentee(programme, account=make.account(last_name="Nowhere"), postal_code=None)
    assert find(place=place) == ["A Here"]
    assert find(place="Nirgendwo an der Au") == []


def test_people_are_found_by_their_field_of_work(make, programme, find):
    make.mentee(
        programme, account=make.account(first_name="A", last_name="Nurse"), occupation="2221"
    )
    make.mentor(
        programme, account=make.account(first_name="B", last_name="Doctor"), occupation="2212"
    )
    make.mentee(programme, account=make.account(last_name="Electrician"), occupation="7411")
    assert find(occupation="22") == ["B Doctor", "A Nurse"]
    assert find(occupation="22", side=Side.MENTEE) == ["A Nurse"]


def test_people_are_found_by_how_they_came(make, programme, find, coordinator):
    entered = make.mentee(programme, account=make.account(first_name="A", last_name="Entered"))
    entered.entered_by_id = coordinator.id
    make.save(entered)
    make.mentor(
        programme,
        account=make.account(first_name="B", last_name="Mute", email="x@no-mail.invalid"),
    )
    make.mentee(
        programme,
        account=make.account(first_name="C", last_name="New", confirmed_at=None),
        state=None,
    )
    assert find(among=people.Among.ENTERED) == ["A Entered"]
    assert find(among=people.Among.NO_MAIL) == ["B Mute"]
    assert find(among=people.Among.UNCONFIRMED) == ["C New"]


def test_who_was_erased_is_not_listed(make, programme, find):
    erased = make.mentee(programme)
    erased.erased_at = now()
    make.save(erased)
    assert find() == []


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'"])
def test_signs_of_the_search_language_are_only_signs(make, programme, find, typed):
    make.mentee(programme, account=make.account(last_name="Azizi"))
    assert find(name=typed) == []


def test_a_state_is_that_of_the_version_that_counts_or_of_the_newest(make, programme, find):
    edited = make.mentee(programme, account=make.account(first_name="A", last_name="Edited"))
    make.profile(edited, number=2, state=ProfileState.SUBMITTED)
    make.mentee(
        programme,
        account=make.account(first_name="B", last_name="Paused"),
        state=ProfileState.PAUSED,
    )
    replaced = make.mentee(
        programme,
        account=make.account(first_name="C", last_name="Returned"),
        state=ProfileState.DECLINED,
    )
    make.profile(replaced, number=2, state=ProfileState.RETURNED)
    assert find(state=ProfileState.APPROVED) == ["A Edited"]
    assert find(state=ProfileState.SUBMITTED) == ["A Edited"]
    assert find(state=ProfileState.PAUSED) == ["B Paused"]
    assert find(state=ProfileState.RETURNED) == ["C Returned"]
    assert find(state=ProfileState.DECLINED) == []
