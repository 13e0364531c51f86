"""What can be said about two people, in the voice of each reader."""

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Words(NamedTuple):
    """How a thing is told to the coordinator, to the mentee and to the mentor, if at all."""

    good: bool
    told: LazyString
    to_mentee: LazyString | None = None
    to_mentor: LazyString | None = None


def speaks_for(
    told: LazyString, to_mentee: LazyString | None = None, to_mentor: LazyString | None = None
) -> Words:
    """Return the words for what speaks for two people."""
    return Words(good=True, told=told, to_mentee=to_mentee, to_mentor=to_mentor)


def to_know(told: LazyString) -> Words:
    """Return the words for what only the coordinator should know."""
    return Words(good=False, told=told)


WORDS = {
    "sector.same_division": speaks_for(
        _l("%(mentor)s works in the sector that %(mentee)s is looking for: %(mentor_sector)s."),
        _l("%(mentor)s works in the sector you are looking for: %(mentor_sector)s."),
        _l("%(mentee)s is looking for work in your sector: %(mentor_sector)s."),
    ),
    "sector.same_section": speaks_for(
        _l("Neighbouring sectors: %(mentor)s: %(mentor_sector)s; %(mentee)s: %(mentee_sector)s."),
        _l("%(mentor)s works in a sector next to yours: %(mentor_sector)s."),
        _l("%(mentee)s is looking for work in a sector next to yours."),
    ),
    "sector.related": speaks_for(
        _l("Related sectors: %(mentor)s: %(mentor_sector)s; %(mentee)s: %(mentee_sector)s."),
        _l("%(mentor)s works in a sector related to yours: %(mentor_sector)s."),
        _l("%(mentee)s is looking for work in a sector related to yours."),
    ),
    "sector.none": to_know(
        _l("Different sectors: %(mentor)s: %(mentor_sector)s; %(mentee)s: %(mentee_sector)s."),
    ),
    "sector.missing": to_know(_l("A sector is missing, so it counts 0.")),
    "target.same": speaks_for(
        _l("%(mentor)s works in the field that %(mentee)s aims for: %(mentor_occupation)s."),
        _l("%(mentor)s works in the field you aim for: %(mentor_occupation)s."),
        _l("%(mentee)s aims for your field: %(mentee_occupation)s."),
    ),
    "target.close": speaks_for(
        _l(
            "Close occupations: %(mentor)s: %(mentor_occupation)s;"
            " %(mentee)s aims for: %(mentee_occupation)s."
        ),
        _l("%(mentor)s works in a field close to the one you aim for: %(mentor_occupation)s."),
        _l("%(mentee)s aims for a field close to yours: %(mentee_occupation)s."),
    ),
    "target.far": to_know(
        _l(
            "Occupations only distantly related: %(mentor)s: %(mentor_occupation)s;"
            " %(mentee)s aims for: %(mentee_occupation)s."
        ),
    ),
    "past.same": speaks_for(
        _l("%(mentor)s works in the field that %(mentee)s comes from: %(mentor_occupation)s."),
        _l("%(mentor)s works in the field you have worked in before: %(mentor_occupation)s."),
    ),
    "past.close": speaks_for(
        _l(
            "Close occupations: %(mentor)s: %(mentor_occupation)s;"
            " %(mentee)s comes from: %(mentee_occupation)s."
        ),
        _l("%(mentor)s works in a field close to the one you have worked in before."),
    ),
    "past.far": to_know(
        _l(
            "Occupations only distantly related: %(mentor)s: %(mentor_occupation)s;"
            " %(mentee)s comes from: %(mentee_occupation)s."
        ),
    ),
    "occupation.none": to_know(
        _l(
            "Different occupations: %(mentor)s: %(mentor_occupation)s;"
            " %(mentee)s: %(mentee_occupation)s."
        ),
    ),
    "occupation.missing": to_know(_l("An occupation is missing, so it counts 0.")),
    "needs.met": speaks_for(
        _l("%(mentor)s offers what %(mentee)s asks for: %(topics)s."),
        _l("%(mentor)s can help you with: %(topics)s."),
        _l("%(mentee)s asks for what you offer: %(topics)s."),
    ),
    "needs.unmet": to_know(
        _l("%(mentee)s also asks for what %(mentor)s does not offer: %(topics)s.")
    ),
    "needs.missing": to_know(_l("Needs or offers are missing, so they count 0.")),
    "qualification.field": speaks_for(_l("Both learned in the same field: %(fields)s.")),
    "qualification.near": speaks_for(_l("Both have a similar level of qualification.")),
    "qualification.far": to_know(
        _l("Their levels of qualification differ: %(mentor)s %(ours)s, %(mentee)s %(theirs)s."),
    ),
    "qualification.known": speaks_for(
        _l("%(mentor)s knows how qualifications are recognised in the field of %(mentee)s."),
        _l("%(mentor)s knows how qualifications in your field are recognised."),
    ),
    "qualification.unknown": to_know(
        _l("%(mentor)s does not know the way to recognition in the field of %(mentee)s."),
    ),
    "qualification.missing": to_know(_l("Qualifications are missing, so they count 0.")),
    "language.shared": speaks_for(
        _l("%(mentor)s and %(mentee)s can both work in: %(languages)s."),
        _l("You both speak: %(languages)s."),
        _l("You both speak: %(languages)s."),
    ),
    "language.none": to_know(_l("They share no language in which both can work.")),
    "reach.online": speaks_for(
        _l("Both can meet online."),
        _l("You can both meet online."),
        _l("You can both meet online."),
    ),
    "reach.near": speaks_for(
        _l("Both are in the same place."),
        _l("You are close to each other."),
        _l("You are close to each other."),
    ),
    "reach.distance": speaks_for(
        _l("%(km)s km lie between them; up to %(limit)s km is fine."),
        _l("You are about %(km)s km apart."),
        _l("You are about %(km)s km apart."),
    ),
    "reach.too_far": to_know(
        _l("%(km)s km lie between them, more than the %(limit)s km that are fine.")
    ),
    "reach.no_shared_mode": to_know(_l("One can only meet online, the other only in person.")),
    "reach.missing": to_know(_l("A place is missing, so the distance counts 0.")),
    "wishes.first": speaks_for(
        _l("%(mentee)s put %(mentor)s first on the short list."),
        _l("You put %(mentor)s first on your short list."),
    ),
    "wishes.second": speaks_for(
        _l("%(mentee)s put %(mentor)s second on the short list."),
        _l("You put %(mentor)s second on your short list."),
    ),
    "wishes.third": speaks_for(
        _l("%(mentee)s put %(mentor)s third on the short list."),
        _l("You put %(mentor)s third on your short list."),
    ),
    "wishes.met": speaks_for(
        _l("%(mentee)s fits what %(mentor)s wished for: %(wishes)s."),
    ),
    "wishes.none": to_know(_l("No wish of either side is met.")),
    "wishes.missing": to_know(_l("Neither side has said a wish, so wishes count 0.")),
    "availability.shared": speaks_for(
        _l("Times that suit both: %(slots)s."),
        _l("Times that suit you both: %(slots)s."),
        _l("Times that suit you both: %(slots)s."),
    ),
    "availability.none": to_know(_l("They have no time of the week in common.")),
    "availability.missing": to_know(_l("Times are missing, so they count 0.")),
    "waiting.once": speaks_for(_l("%(mentee)s was left without a tandem in one earlier round.")),
    "waiting.often": speaks_for(
        _l("%(mentee)s was left without a tandem in %(rounds)s earlier rounds.")
    ),
}
