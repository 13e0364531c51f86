from tandem.models import AuditEvent
from tandem.services import policies


def test_a_programme_begins_with_the_default_policy_of_the_engine(session, make):
    programme = make.programme()
    added = policies.add_default(session, programme, actor=None)
    assert policies.current(session, programme) is added
    assert sum(policies.weights(added).values()) == 10_000
    assert policies.weights(added)["occupation"] == 2500


def test_the_highest_number_is_in_force(session, make):
    programme = make.programme()
    first = policies.add_default(session, programme, actor=None)
    second = make.save(
        type(first)(programme_id=programme.id, number=2, content=first.content, account_id=None)
    )
    assert policies.current(session, programme) is second


def test_who_added_it_is_written_down(session, make):
    programme = make.programme()
    actor = make.coordinator(programme)
    added = policies.add_default(session, programme, actor=actor)
    event = session.query(AuditEvent).filter_by(action="add_policy").one()
    assert (event.subject_id, event.account_id) == (added.id, actor.id)
