"""What people do because a mail asks them to, and what the coordination does once a week."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.orm import Session

from tandem.models import Again, Outcome, Programme, Side
from tandem.models.accounts import Account
from tandem.services import check_ins, closings, outcomes
from tandem.services.check_ins import Answers
from tests.life.stories import SECRET_WORDS, Story

if TYPE_CHECKING:
    from tests.life.village import Village

_LINK: Final = re.compile(
    r"https://tandem\.example/kreis/(check-ins|surveys|outcomes/answer)/(\S+)"
)
_MONTHS: Final = (0, 3, 6, 12)


def answer_mails(village: Village, session: Session) -> None:
    """Let everybody read what is new to them, and answer what is asked there."""
    new, village.heard = village.delivered[village.heard :], len(village.delivered)
    for each in new:
        story = village.story_of(each.reader)
        asked = _LINK.search(each.text)
        if story is None or asked is None:
            continue
        side = next(side for side in Side if story.who(side).email == each.reader)
        what, link = asked.groups()
        if what == "outcomes/answer":
            _tell_outcome(village, session, story, link=link)
        elif side in story.ways.answers:
            programme = session.get_one(Programme, village.programme_id)
            actor = session.get_one(Account, story.who(side).account_id)
            known: dict[str, Any] = {"programme": programme, "actor": actor}
            if what == "check-ins":
                check_ins.answer(session, link, _say_how_it_goes(story), **known)
            else:
                _answer_survey(session, story, side, link=link, known=known)
        session.rollback()


def coordinate(village: Village, session: Session) -> None:
    """Ask those by telephone who are called, see to low answers, write outcomes down."""
    programme = session.get_one(Programme, village.programme_id)
    known: dict[str, Any] = {
        "programme": programme,
        "actor": session.get_one(Account, village.staff_id),
    }
    for check_in in check_ins.list_waiting(session, **known):
        if check_in.answered_at is None:
            story = _story(village, check_in.tandem.key)
            check_ins.answer(session, check_in.key, _say_how_it_goes(story), **known)
        else:
            check_ins.attend_to(session, check_in.key, **known)
    for outcome in outcomes.list_open_outcomes(session, **known):
        story = _story(village, outcome.tandem.key)
        draft = _knows(story, outcome.months) if story.ways.told_by_telephone else None
        if draft is not None:
            _write_down(session, story, outcome, draft=draft, known=known)
    session.rollback()


def _write_down(session, story, outcome: Outcome, *, draft, known) -> None:
    outcomes.answer_outcome(session, outcome.key, draft, seen_version=outcome.version, **known)
    story.outcomes[outcome.months] = draft


def _say_how_it_goes(story: Story) -> Answers:
    story.low += story.ways.low
    return Answers(
        going=2 if story.ways.low else 4, helping=4, alike=3, wants_call=False, remark=SECRET_WORDS
    )


def _answer_survey(session, story: Story, side: Side, *, link: str, known) -> None:
    if side in story.surveys:
        return
    figures = (5 - story.number % 3, 4, 3 + story.number % 2)
    draft = closings.SurveyDraft(
        satisfied=figures[0],
        reached=figures[1],
        supported=figures[2],
        again=Again.YES,
        remark=SECRET_WORDS,
    )
    closings.answer_survey(session, link, draft, **known)
    story.surveys[side] = figures


def _tell_outcome(village: Village, session: Session, story: Story, *, link: str) -> None:
    """Answer the question of a mail by its link, without signing in."""
    asked = next(months for months in reversed(_MONTHS) if months in _asked_by(village, story))
    draft = _knows(story, asked)
    if draft is None or story.ways.told_by_telephone:
        return
    programme = session.get_one(Programme, village.programme_id)
    outcomes.answer_by_link(
        session, link, draft, programme=programme, secret_key=village.settings.secret_key
    )
    story.outcomes[asked] = draft


def _asked_by(village: Village, story: Story) -> list[int]:
    """Return which questions have come due, by the calendar alone."""
    then = village.after(story)
    return [
        months
        for months in _MONTHS
        if story.due_on(months) <= village.today and story.asks_on(months, then)
    ]


def _knows(story: Story, months: int):
    told = story.ways.became
    place = _MONTHS.index(months)
    return told[place] if place < len(told) else None


def _story(village: Village, key: str) -> Story:
    return next(story for story in village.stories if story.key == key)
