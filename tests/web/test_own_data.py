"""The page about one's own data: see, correct, take along, object, delete (TRUST H1)."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.models import Account, AuditEvent, Mail, Mentee, Merge, Token
from tandem.services import accounts, erasing, looks, tokens
from tests.conftest import SECRET
from tests.support import pairs, world
from tests.support.counting import statements
from tests.web.test_sealing import crawl

PAGE = "/heide/my-data/"
PASSWORD = "correct horse battery"
NEW = "new@post.example"


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", default_locale="en")


@pytest.fixture
def account(make):
    return make.account(
        first_name="Rima", last_name="Darwazeh", password_hash=accounts.hash_password(PASSWORD)
    )


@pytest.fixture
def mentee(make, programme, account):
    return make.mentee(programme, account=account)


@pytest.fixture
def mine(mentee, sign_in, account):
    return sign_in(account)


def mails(session, kind):
    return session.scalars(sa.select(Mail).where(Mail.kind == kind).order_by(Mail.id)).all()


def link_of(session):
    token = session.scalars(sa.select(Token).order_by(Token.id.desc()).limit(1)).one()
    return f"{token.key}.{tokens.secret_of(token, secret_key=SECRET)}"


def test_the_page_says_what_is_held_and_who_looked(mine, session, make, programme, mentee):
    coordinator = make.coordinator(programme, first_name="Maren", last_name="Voss")
    looks.note_look(session, mentee, account=coordinator)
    pairs.invited(make, make.mentor(programme), mentee, by=coordinator)
    text = mine.get(PAGE).text
    for part in ("Rima Darwazeh", "Maren Voss", "8,000 of 10,000 points", "Confirmed by a person",
                 "We have found a mentor for you", "Download my data"):  # fmt: skip
        assert part in text


def test_the_page_asks_few_questions(mine, session, make, programme, mentee):
    for _ in range(3):
        pairs.tandem(make, make.mentor(programme), mentee, pairs.TandemState.DECLINED)
    mine.get(PAGE)
    with statements(session) as seen:
        mine.get(PAGE)
    assert len(seen) <= 12, seen


def test_another_name_counts_at_once(mine, session, account):
    changed = mine.submit(f"{PAGE}name", {"first_name": "Reem", "last_name": "Haddad"})
    assert changed.request.path == PAGE
    assert "Reem Haddad" in changed.text
    session.refresh(account)
    assert account.name == "Reem Haddad"
    assert mine.submit(f"{PAGE}name", {"first_name": "", "last_name": "x"}).status_code == 422


def test_a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told(mine, session, account):
    old = account.email
    mine.submit(f"{PAGE}email", {"email": NEW, "password": PASSWORD})
    [asked] = mails(session, "change_email")
    assert asked.to_address == NEW
    assert account.email == old
    kept = mine.get(f"{PAGE}email/{link_of(session)}")
    assert kept.location.endswith("/my-data/email/confirm")
    mine.submit(f"{PAGE}email/confirm")
    session.refresh(account)
    assert account.email == NEW
    assert mails(session, "email_changed")[0].to_address == old
    assert mine.get(f"{PAGE}email/confirm").status_code == 410


def test_a_wrong_password_changes_no_address(mine, session):
    refused = mine.submit(f"{PAGE}email", {"email": NEW, "password": "not the password"})
    assert refused.status_code == 422
    assert mails(session, "change_email") == []


def test_a_known_address_is_not_told_apart(mine, session, make):
    other = make.account()
    known = mine.submit(f"{PAGE}email", {"email": other.email, "password": PASSWORD})
    unknown = mine.submit(f"{PAGE}email", {"email": NEW, "password": PASSWORD})
    flashed = "We have sent a link to the new address"
    assert flashed in known.text
    assert flashed in unknown.text
    assert mails(session, "already_registered")[0].to_address == other.email
    assert len(mails(session, "change_email")) == 1


def test_the_link_is_for_nobody_else_and_does_not_sign_in(mine, session, sign_in, make, account):
    mine.submit(f"{PAGE}email", {"email": NEW, "password": PASSWORD})
    link = link_of(session)
    with pytest.raises(tokens.LinkRefused):
        accounts.confirm_email(session, link, secret_key=SECRET)
    other = sign_in(make.mentee(session.scalars(sa.select(pairs.Programme)).one())
                    .membership.account)  # fmt: skip
    other.get(f"{PAGE}email/{link}")
    assert other.get(f"{PAGE}email/confirm").status_code == 410
    session.refresh(account)
    assert account.email != NEW


def test_an_address_that_somebody_took_meanwhile_is_refused(mine, session, make, account):
    mine.submit(f"{PAGE}email", {"email": NEW, "password": PASSWORD})
    mine.get(f"{PAGE}email/{link_of(session)}")
    make.account(email=NEW)
    assert mine.submit(f"{PAGE}email/confirm").status_code == 410


def test_objecting_acts_and_can_be_taken_back(mine, session, mentee):
    assert "You object to being matched" in mine.submit(PAGE, action=f"{PAGE}object").text
    session.refresh(mentee)
    assert mentee.objected_at is not None
    mine.submit(PAGE, action=f"{PAGE}object/undo")
    session.refresh(mentee)
    assert mentee.objected_at is None


def test_deleting_asks_for_the_password_and_says_what_stays(mine, session, mentee):
    page = mine.get(f"{PAGE}delete").text
    assert "Deleted at once" in page
    assert "What stays, and why" in page
    wrong = mine.submit(f"{PAGE}delete", {"password": "not the password"})
    assert wrong.status_code == 422
    gone = mine.submit(f"{PAGE}delete", {"password": PASSWORD})
    assert gone.request.path == "/heide/"
    assert "Your data are deleted" in gone.text
    session.expire_all()
    assert session.get_one(Mentee, mentee.id).erased_at is not None
    assert mine.get(PAGE).status_code == 303


def test_a_fresh_link_is_proof_enough(mine, session, mentee, account, make):
    mine.submit(f"{PAGE}delete", action=f"{PAGE}link")
    [link] = mails(session, "sign_in_link")
    assert link.to_address == account.email
    make.save(
        AuditEvent(
            account_id=account.id, action="sign_in_by_link", subject_kind="accounts",
            subject_id=account.id, details={},
        )
    )  # fmt: skip
    assert "we need no password" in mine.get(f"{PAGE}delete").text
    mine.submit(f"{PAGE}delete", {})
    session.expire_all()
    assert mentee.erased_at is not None


def test_a_link_is_fresh_for_a_quarter_of_an_hour(mine, session, account, make, monkeypatch):
    make.save(
        AuditEvent(
            account_id=account.id, action="sign_in_by_link", subject_kind="accounts",
            subject_id=account.id, details={},
        )
    )  # fmt: skip
    later = now() + timedelta(minutes=16)
    monkeypatch.setattr("tandem.services.own_data.proof.now", lambda: later)
    assert mine.submit(f"{PAGE}delete", {}).status_code == 422


def test_staff_delete_on_request(session, sign_in, make, programme, mentee):
    client = sign_in(make.coordinator(programme))
    page = f"/heide/people/{mentee.key}/erase"
    assert client.submit(page, {}).status_code == 422
    assert client.submit(page, {"asked": "y"}).request.path == "/heide/people/"
    session.expire_all()
    assert mentee.erased_at is not None


def test_the_export_holds_everything_about_me_and_nobody_else(sign_in, session, make):
    here = world.build(make)
    looks.note_look(session, here.mentee, account=here.coordinator)
    across = here.mentor.membership.account
    session.execute(sa.update(Account).where(Account.id == across.id).values(last_name="Otherone"))
    session.commit()
    client = sign_in(here.mentee.membership.account)
    answer = client.get(f"/{here.programme.slug}/my-data/export.zip")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    data = json.loads(texts["data.json"])
    assert data["account"][0]["email"] == here.mentee.membership.account.email
    assert data["profile_versions"][0]["about"] == here.canary
    assert data["profile_versions"][0]["languages"] == {"de": "B2", "ar": "C2"}
    [proposal] = data["proposals"]
    assert proposal["points"] == 8000
    assert proposal["points_by_criterion"] == {"needs": 1000}
    assert proposal["decided_by"] == here.coordinator.name
    assert data["tandems"][0]["state"] == "invited"
    assert data["looks"][0]["who"] == here.coordinator.name
    assert {mail["kind"] for mail in data["mails"]} == {"invitation"}
    assert {"data.json", "account.csv", "profile_versions.csv", "proposals.csv"} <= set(texts)
    for text in texts.values():
        assert "Otherone" not in text
        assert across.email not in text


def test_the_reason_of_a_decision_names_nobody_else(sign_in, session, make, programme, mentee):
    mentor = make.mentor(programme)
    account = mentor.membership.account
    account.first_name, account.last_name = "Jens", "O'Brien"
    make.save(account)
    decided = pairs.proposal(make, mentor, mentee)
    decided.state = pairs.ProposalState.REJECTED
    make.save(decided)
    make.save(
        pairs.Decision(
            programme_id=programme.id, proposal_id=decided.id, mentor_id=mentor.id,
            mentee_id=mentee.id, verdict=pairs.Verdict.REJECTED,
            reason=f"JENS o'brien of {mentor.company.name} knows Rima.",
            account_id=make.coordinator(programme).id,
        )
    )  # fmt: skip
    answer = sign_in(mentee.membership.account).get(f"{PAGE}export.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        [proposal] = json.loads(archive.read("data.json"))["proposals"]
    assert proposal["reason"] == "… … of … knows Rima."


def test_staff_see_first_what_goes(sign_in, make, programme, mentee):
    page = sign_in(make.coordinator(programme)).get(f"/heide/people/{mentee.key}/erase")
    assert "What stays, and why" in page.text


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_every_page_of_the_coordination_still_works(sign_in, session, make, side):
    here = world.build(make)
    person = getattr(here, side)
    name = person.membership.account.last_name
    solved = here.round
    actor = person.membership.account
    erasing.erase(
        session, person, programme=here.programme, actor=actor, asked=erasing.WhoAsked.SELF
    )
    client = sign_in(here.coordinator)
    slug = here.programme.slug
    starts = {f"/{slug}/{page}" for page in ("people/", "tandems/?view=over", "rounds/")}
    starts |= {f"/{slug}/rounds/{solved.key}", f"/{slug}/proposals/{here.proposal.key}",
               f"/{slug}/rounds/{solved.key}/record", f"/{slug}/people/{person.key}",
               f"/{slug}/tandems/{here.tandem.key}"}  # fmt: skip
    for url in sorted(starts):
        answer = client.get(url, follow_redirects=True)
        assert answer.status_code == 200, url
        assert name not in answer.text, url
    for url, text in crawl(client, starts):
        assert name not in text, url


def test_the_export_holds_entries_that_were_merged_into_mine(
    mine, session, make, programme, mentee
):
    gone = make.mentee(programme, about="What the other entry said.")
    make.save(
        Merge(
            programme_id=programme.id, kept_mentee_id=mentee.id, gone_mentee_id=gone.id,
            account_id=make.coordinator(programme).id,
        )
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(mine.get(f"{PAGE}export.zip").data)) as archive:
        data = json.loads(archive.read("data.json"))
    assert len(data["account"]) == 2
    assert "What the other entry said." in [each["about"] for each in data["profile_versions"]]
