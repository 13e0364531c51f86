"""Companies: the employers of the region whose people become mentors."""

from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tandem.models.base import Addressed, Base, InProgramme, bounded, one_programme
from tandem.models.guards import keep, life


class CompanyState(Enum):
    """The life of a company in a programme."""

    REGISTERED = "registered"
    VETTED = "vetted"
    DECLINED = "declined"
    LEFT = "left"


COMPANY_MOVES = {
    CompanyState.REGISTERED: {CompanyState.VETTED, CompanyState.DECLINED},
    CompanyState.VETTED: {CompanyState.LEFT},
    CompanyState.DECLINED: set[CompanyState](),
    CompanyState.LEFT: set[CompanyState](),
}


class CompanySize(Enum):
    """How many people work there, in the classes of the statistical offices."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Company(Addressed, InProgramme, Base):
    """An employer of the region; its mentors take part once a coordinator has vetted it."""

    __tablename__ = "companies"
    __table_args__ = (
        one_programme(),
        bounded("name", 120, shortest=1),
        bounded("website", 200),
        bounded("decision_reason", 500),
        bounded("phone", 40),
        bounded("vacancies", 600),
    )

    name: Mapped[str] = mapped_column(sa.String(120))
    sector: Mapped[str] = mapped_column(sa.String(2))
    """Division of WZ 2025."""
    postal_code: Mapped[str] = mapped_column(sa.String(5))
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    size: Mapped[CompanySize | None]
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    export_languages: Mapped[list[Any]] = mapped_column(default=list)
    """Languages of the markets it sells to."""
    internships: Mapped[bool] = mapped_column(default=False)
    vacancies: Mapped[str] = mapped_column(sa.String(600), default="")
    """Open positions in its own words; shown to tandems, never the other way round."""
    state: Mapped[CompanyState] = mapped_column(default=CompanyState.REGISTERED)
    decision_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_vetted(self) -> bool:
        """Whether mentors of this company may take part."""
        return self.state is CompanyState.VETTED


keep(
    Company.__table__,
    *life(Company.__tablename__, COMPANY_MOVES, first={CompanyState.REGISTERED}),
)
