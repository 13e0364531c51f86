"""The record of a round in the reader's words, the same for its page and its document."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from tandem.models import Adjustment, AdjustmentKind, Proposal, Round, Side, Snapshot, Verdict
from tandem.services import policies
from tandem.services.records import Record
from tandem.web import codes, terms
from tandem.web.context import moment, number
from tandem.web.rounds import wording
from tandem.web.rounds.record_people import Naming
from tandem.web.scope import current_programme

Table: TypeAlias = dict[str, list[Any]]


def title(round_: Round) -> str:
    """Name the record."""
    return str(_("Record of the round %(round)s", round=round_.name))


def tell(record: Record, name: Naming) -> dict[str, Any]:
    """Return everything the record says, sentences and tables of plain text."""
    said = policies.terms(record.snapshot.policy_version)
    return {
        "title": title(record.round),
        "lead": _lead(record),
        "footer": str(_("%(programme)s, %(place)s", **_who())),
        "words": _words(),
        "facts": _facts(record),
        "weights": _weights(said),
        "rules": terms.holds(said),
        "aim": str(_("Aim: %(aim)s.", aim=terms.aim(said))),
        "proof": _proof(record),
        "proposals": _proposals(record, name),
        "figures": figures(record),
        "decisions": _decisions(record, name),
        "adjustments": _adjustments(record, name),
        "trials": _trials(record),
        "left_out": _left_out(record, name),
        "limits": _limits(),
    }


def _who() -> dict[str, str]:
    programme = current_programme()
    return {"programme": programme.name, "place": programme.place_name}


def _lead(record: Record) -> str:
    closed_at = record.round.closed_at
    if closed_at is None:
        return str(_("The round is still open; this is how things stand."))
    return str(_("The round was closed on %(day)s.", day=format_date(closed_at)))


def _words() -> dict[str, str]:
    said = {
        "contents": _("Contents"),
        "round": _("The round"),
        "policy": _("The policy"),
        "policy_lead": _(
            "How much each criterion counts, out of %(all)s points.", all=number(policies.FULL)
        ),
        "proof": _("What is proved"),
        "proposals": _("Proposals"),
        "proposals_lead": _("All pairs of the result that the round goes by, the strongest first."),
        "decisions": _("Decisions"),
        "adjustments": _("What coordinators asked for before solving"),
        "trials": _("How often it was solved"),
        "left_out": _("People without a proposal"),
        "nobody_left_out": _("Everyone has a proposal."),
        "limits": _("What points mean, and what they do not"),
    }
    return {code: str(text) for code, text in said.items()}


def _facts(record: Record) -> list[list[str]]:
    result, snapshot = record.result, record.snapshot
    faces = record.faces.values()
    mentors = sum(face.side is Side.MENTOR for face in faces)
    rows = [
        (_("Opened"), format_date(record.round.created_at)),
        (_("Solved"), _moment(snapshot)),
        (_("Mentees who took part"), number(len(record.faces) - mentors)),
        (_("Mentors who took part"), number(mentors)),
        (_("Proposals"), number(result["tandems"])),
        (_("Points together"), number(result["score"])),
        (_("Policy"), _("version %(number)s", number=snapshot.policy_version.number)),
        (_("Seed"), str(snapshot.seed)),
        (_("Engine"), snapshot.engine),
        (_("Fingerprint of input and result"), snapshot.digest or ""),
    ]
    return [[str(term), str(value)] for term, value in rows]


def _moment(snapshot: Snapshot) -> str:
    return moment(snapshot.solved_at) if snapshot.solved_at else ""


def _weights(said: policies.Terms) -> Table:
    rows = [
        [str(name), number(said.weights[code])]
        for code, name in codes.CRITERION.items()
        if said.weights.get(code)
    ]
    return {"head": [str(_("Criterion")), str(_("Points at most"))], "rows": rows}


def _proof(record: Record) -> list[str]:
    certificate = record.result["certificate"]
    return [
        wording.proof(certificate["aim"]),
        str(
            _(
                "The proof gives every person a price, such that no pair is worth more than its "
                "two prices. All prices together are %(bound)s, the pairs twice over are worth "
                "%(worth)s: as the two are equal, nothing better is possible.",
                bound=number(certificate["bound"]),
                worth=number(certificate["worth"]),
            )
        ),
        str(
            _(
                "Whoever runs this service can check it: the command “tandem round replay "
                "%(key)s” solves the same input again and compares the fingerprints.",
                key=record.round.key,
            )
        ),
    ]


def _proposals(record: Record, name: Naming) -> Table:
    head = [_("No."), _("Mentee"), _("Mentor"), _("Points"), _("made up of")]
    listed = [each for each in record.proposals if each.snapshot_id == record.snapshot.id]
    rows = [
        [number(at), *_pair(each, name), number(each.score), _parts(each.parts)]
        for at, each in enumerate(listed, start=1)
    ]
    return {"head": [str(text) for text in head], "rows": rows}


def _pair(each: Proposal, name: Naming) -> list[str]:
    return [name((Side.MENTEE, each.mentee.key)), name((Side.MENTOR, each.mentor.key))]


def _parts(parts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{label} {number(parts[code])}"
        for code, label in codes.CRITERION.items()
        if parts.get(code)
    )


def figures(record: Record) -> list[str]:
    """Say how people decided: how many, how often otherwise than proposed, and how fast."""
    found = record.figures
    if not found.decided:
        return [str(_("Nobody has decided on any proposal yet."))]
    said = [
        ngettext(
            "%(num)d proposal was decided on, by one person with a reason.",
            "%(num)d proposals were decided on, each by one person with a reason.",
            found.decided,
        ),
        ngettext(
            "%(num)d decision was other than the engine proposed (%(share)s%%).",
            "%(num)d decisions were other than the engine proposed (%(share)s%%).",
            found.overridden,
            share=number(found.overridden_per_cent),
        ),
    ]
    if found.median_seconds is not None:
        said.append(
            _(
                "The median time from the first look to the decision was %(minutes)s min "
                "%(seconds)s s.",
                minutes=number(found.median_seconds // 60),
                seconds=number(found.median_seconds % 60),
            )
        )
    return [str(sentence) for sentence in said]


def _decisions(record: Record, name: Naming) -> Table:
    head = [_("Mentee and mentor"), _("Decided by"), _("When"), _("Decision"), _("Reason")]
    rows = []
    for each in record.decisions:
        decision = each.decision
        if decision is None:
            continue
        mentee, mentor = _pair(each, name)
        verdict = _("Confirmed") if decision.verdict is Verdict.CONFIRMED else _("Rejected")
        rows.append(
            [
                str(_("%(mentee)s and %(mentor)s", mentee=mentee, mentor=mentor)),
                decision.account.name,
                moment(decision.created_at),
                str(verdict),
                decision.reason,
            ]
        )
    return {"head": [str(text) for text in head], "rows": rows}


def _adjustments(record: Record, name: Naming) -> Table:
    head = [_("What"), _("Asked by"), _("When"), _("Reason")]
    rows = [
        [
            _asked(each, name),
            each.account.name,
            moment(each.created_at),
            each.reason,
        ]
        for each in record.adjustments
    ]
    return {"head": [str(text) for text in head], "rows": rows}


def _asked(each: Adjustment, name: Naming) -> str:
    mentee = name((Side.MENTEE, each.mentee.key)) if each.mentee else ""
    mentor = name((Side.MENTOR, each.mentor.key)) if each.mentor else ""
    if each.kind is AdjustmentKind.PIN:
        text = _("%(mentee)s and %(mentor)s were pinned", mentee=mentee, mentor=mentor)
    elif each.kind is AdjustmentKind.FORBID:
        text = _("%(mentee)s and %(mentor)s were ruled out", mentee=mentee, mentor=mentor)
    else:
        text = _("%(person)s was set aside", person=mentee or mentor)
    if each.undone_at is not None:
        day = moment(each.undone_at)
        text = _("%(what)s (undone %(moment)s)", what=text, moment=day)
    return str(text)


def _trials(record: Record) -> Table:
    head = [_("No."), _("Solved"), _("Proposals"), _("Points together"), _("What became of it")]
    rows = [
        [
            number(each.number),
            _moment(each),
            number(each.result["tandems"]) if each.result else "",
            number(each.result["score"]) if each.result else "",
            _fate(each, record.snapshot),
        ]
        for each in record.trials
    ]
    return {"head": [str(text) for text in head], "rows": rows if len(rows) > 1 else []}


def _fate(each: Snapshot, current: Snapshot) -> str:
    if each.id == current.id:
        return str(_("Taken; the round goes by it"))
    if each.taken_at is not None:
        return str(_("Taken, and replaced later"))
    if each.hypothetical:
        return str(_("Only looked at: it supposes something that is not so"))
    if each.dropped_at is not None:
        return str(_("Discarded"))
    return str(_("Waits to be taken or discarded") if each.solved_at else _("Not solved"))


def _left_out(record: Record, name: Naming) -> Table:
    head = [_("Person"), _("Role"), _("Why")]
    sides = (("mentees", _("Mentee")), ("mentors", _("Mentor")))
    rows = [
        [
            name(record.person_of(each["id"])),
            str(label),
            " ".join(wording.unmatched(each["reasons"], side)),
        ]
        for side, label in sides
        for each in record.result["unmatched"][side]
    ]
    return {"head": [str(text) for text in head], "rows": rows}


def _limits() -> list[str]:
    said = (
        _(
            "Points say how well what people told us fits together, by weights that people set. "
            "They are no judgement of a person, and nobody is ranked by them."
        ),
        _(
            "Evidence for exact weights is weak. Small differences in points mean little; that "
            "is why alternatives with their cost stand beside every proposal."
        ),
        _(
            "Origin, nationality, religion, age, health and family count for nothing. Gender "
            "counts only where a mentee wishes for a mentor of the same gender."
        ),
        _(
            "Nothing here decides by itself: each tandem needs the decision of a named person, "
            "then the yes of both sides."
        ),
    )
    return [str(text) for text in said]
