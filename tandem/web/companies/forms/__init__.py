"""What is asked about companies."""

from tandem.web.companies.forms.colleagues import ColleagueForm, InviteForm
from tandem.web.companies.forms.correcting import CorrectForm
from tandem.web.companies.forms.deciding import DecisionForm
from tandem.web.companies.forms.describing import DescribeForm
from tandem.web.companies.forms.registering import RegisterForm

__all__ = [
    "ColleagueForm",
    "CorrectForm",
    "DecisionForm",
    "DescribeForm",
    "InviteForm",
    "RegisterForm",
]
