"""Reading all mails of a year: each makes sense, comes once, and says nothing too early."""

import re
from collections import Counter
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from babel.support import Translations
from sqlalchemy.orm import Session

from tandem.mail import KINDS, Stop
from tandem.models import Mail, MailState
from tests.life.stories import SECRET_WORDS, Someone, Story
from tests.life.village import AWAY, Delivered, Village

_CATALOGUES: Final = Path(__file__).parents[2] / "tandem" / "translations"
_WHY: Final = (
    "You receive this message because you take part in %(programme)s, offered by %(place)s."
)
_WHY_STAFF: Final = "You receive this message because you coordinate %(programme)s."
_SIGNATURE: Final = "\n-- \n"
_LEFT_OPEN: Final = re.compile(r"__[A-Z]+__|\{[{%]|%\(|\bNone\b|Undefined|\bnan\b")
_ADDRESS: Final = re.compile(r"https://tandem\.example/[^\s\"<]+")
_WORDS: Final = {
    "de": re.compile(r"\b(und|die|der|das|Sie|Ihr|Ihre|ist|mit|haben|nicht|eine?)\b"),
    "en": re.compile(r"\b(and|the|you|your|is|with|have|not|an?|of|to)\b"),
}
_OF_THE_YEAR: Final = {
    "agreement_in_force", "agreement_proposed", "agreement_reminder", "check_in",
    "check_in_reminder", "closing", "digest", "invitation", "invitation_declined",
    "invitation_expired", "invitation_reminder", "invitation_withdrawn", "meeting_accepted",
    "meeting_proposed", "meeting_reminder", "outcome", "outcome_reminder", "survey",
    "survey_reminder", "tandem_active", "tandem_ended", "tandem_left", "tandem_paused",
    "tandem_resumed", "thanks",
}  # fmt: skip


def read_all(village: Village) -> None:
    """Read every mail as its reader got it."""
    assert village.delivered
    for each in village.delivered:
        _reads_well(each)
        _says_why_it_came(each, village)
        _names_only_whom_its_reader_may_know(each, village)
    _nothing_twice(village)
    _nobody_was_reminded_who_wants_no_reminders(village)
    _nothing_after_erasing(village)
    _whoever_cannot_be_reached_holds_nobody_up(village)
    assert all(each.at.date() != AWAY for each in village.delivered)
    foreign = [e.text for e in village.delivered if not _is_in_its_readers_language(e, village)]
    assert foreign == []


def find_every_kind(village: Village) -> None:
    """Check that the year had every kind of mail that a tandem can lead to."""
    with Session(village.database) as session:
        found = set(session.scalars(sa.select(Mail.kind).distinct()))
    assert _OF_THE_YEAR - found == set()


def _reads_well(each: Delivered) -> None:
    subject = str(each.message["Subject"])
    html = each.message.get_body(("html",))
    assert html is not None
    assert 5 < len(subject) < 120
    for words in (subject, each.text, str(html.get_content())):
        assert not _LEFT_OPEN.search(_ADDRESS.sub("", words)), words
        assert SECRET_WORDS not in words
    paragraphs = each.text.partition(_SIGNATURE)[0].strip().split("\n\n")
    assert len(paragraphs) > 1, each.text
    links = [line for line in paragraphs if line.startswith("https://")]
    assert links, each.text


def _says_why_it_came(each: Delivered, village: Village) -> None:
    story = village.story_of(each.reader)
    locale = _someone(story, each).locale if story else "en"
    known = {"programme": village.name, "place": village.place}
    sentence = Translations.load(_CATALOGUES, [locale]).gettext(_WHY if story else _WHY_STAFF)
    footer = each.text.partition(_SIGNATURE)[2]
    assert sentence % known in " ".join(footer.split())
    assert len(footer.strip().split("\n\n")) > 1, "how to stop it"


def _is_in_its_readers_language(each: Delivered, village: Village) -> bool:
    story = village.story_of(each.reader)
    locale = _someone(story, each).locale if story else "en"
    body = each.text.partition(_SIGNATURE)[0]
    ours, other = (len(_WORDS[code].findall(body)) for code in _ordered(locale))
    return ours > other


def _ordered(locale: str) -> tuple[str, str]:
    return ("de", "en") if locale == "de" else ("en", "de")


def _names_only_whom_its_reader_may_know(each: Delivered, village: Village) -> None:
    """Last names, companies and addresses of the other only once both had said yes (A4)."""
    words = each.message.as_string() + each.text + str(each.message["Subject"])
    known: set[str] = set()
    named: set[str] = set()
    for story in village.stories:
        of_mentor, of_mentee = story.mentor.canaries, story.mentee.canaries
        readers = {who.email for who in story.people()}
        if each.reader == village.staff_address:
            known |= of_mentor | of_mentee
        elif each.reader in readers:
            met = story.started_at is not None and story.started_at <= each.at
            known |= of_mentor | of_mentee if met else _someone(story, each).canaries
        named |= {canary for canary in of_mentor | of_mentee if canary in words}
    assert named <= known, (each.at, words)


def _someone(story: Story, each: Delivered) -> Someone:
    return next(who for who in story.people() if who.email == each.reader)


def _nothing_twice(village: Village) -> None:
    """Neither by its Message-ID nor by what it says, whoever sent it how often (E12)."""
    ids = Counter(each.message["Message-ID"] for each in village.delivered)
    assert set(ids.values()) == {1}
    said = Counter(
        (each.reader, each.message["Subject"], each.text)
        for each in village.delivered
        if each.reader != village.staff_address  # the same may happen on another day
    )
    twice = [mail for mail, times in said.items() if times > 1]
    assert twice == []
    with Session(village.database) as session:
        sent = session.scalars(sa.select(Mail.message_id).where(Mail.state == MailState.SENT))
        assert set(sent) <= set(ids), "a mail that is said to be sent has arrived"


def _nobody_was_reminded_who_wants_no_reminders(village: Village) -> None:
    """A mail that can be stopped says so to mail programs; these two have stopped them all."""
    quiet = {story.who(side).email for story in village.stories for side in story.ways.quiet}
    for each in village.delivered:
        assert each.reader not in quiet or each.message["List-Unsubscribe"] is None
    reminders = [kind for kind, about in KINDS.items() if about.stop is Stop.REMINDERS]
    with Session(village.database) as session:
        query = sa.select(Mail.id).where(Mail.to_address.in_(quiet), Mail.kind.in_(reminders))
        assert session.scalars(query).all() == []


def _nothing_after_erasing(village: Village) -> None:
    """Nobody hears of, and nothing goes to, whoever had everything deleted."""
    for story in village.stories:
        if story.erased_at is None:
            continue
        before = [each for each in village.delivered if each.at < story.erased_at]
        after = [each for each in village.delivered if each.at > story.erased_at]
        assert any(each.reader == story.mentee.email for each in before)
        assert after
        for each in after:
            assert each.reader != story.mentee.email
            named = each.message.as_string() + each.text
            assert not any(canary in named for canary in story.mentee.canaries)


def _whoever_cannot_be_reached_holds_nobody_up(village: Village) -> None:
    """What was refused for good is on the coordination's list, and nothing else failed."""
    with Session(village.database) as session:
        failed = set(
            session.scalars(sa.select(Mail.to_address).where(Mail.state == MailState.FAILED))
        )
    assert failed == village.refused
    assert not any(each.reader in village.refused for each in village.delivered)
