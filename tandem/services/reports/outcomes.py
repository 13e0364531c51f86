"""What became of mentees, in the four classes of a report."""

from typing import Final

from tandem.models import OutcomeKind

CLASSES: Final = ("in_field", "other_work", "learning", "searching")
_WORK: Final = (OutcomeKind.WORK, OutcomeKind.SELF_EMPLOYED)
_LEARNING: Final = (OutcomeKind.TRAINING, OutcomeKind.STUDY, OutcomeKind.RECOGNITION)


def classify(kind: OutcomeKind, *, in_field: bool | None) -> str:
    """Return the class of an answer; work of which the field is not known is other work."""
    if kind in _WORK:
        return "in_field" if in_field else "other_work"
    return "learning" if kind in _LEARNING else "searching"
