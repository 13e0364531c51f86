"""Closings: the end of a tandem, what both say of it, and the certificate."""

from tandem.services.closings.certificates import (
    ENOUGH,
    Afterwards,
    Certificate,
    afterwards,
    get_certificate,
)
from tandem.services.closings.closing import (
    ClosingDraft,
    OddDay,
    close,
    wish_to_close,
)
from tandem.services.closings.finding import (
    NEAR,
    End,
    end_of,
    is_wished,
    list_again,
    surveys_of,
)
from tandem.services.closings.surveys import (
    AnsweredAlready,
    Asked,
    SurveyDraft,
    answer_survey,
    attend_to_survey,
    get_survey,
)

__all__ = [
    "ENOUGH",
    "NEAR",
    "Afterwards",
    "AnsweredAlready",
    "Asked",
    "Certificate",
    "ClosingDraft",
    "End",
    "OddDay",
    "SurveyDraft",
    "afterwards",
    "answer_survey",
    "attend_to_survey",
    "close",
    "end_of",
    "get_certificate",
    "get_survey",
    "is_wished",
    "list_again",
    "surveys_of",
    "wish_to_close",
]
