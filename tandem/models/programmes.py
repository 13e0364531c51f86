"""Programmes: one municipality's mentoring programme each, the tenants of the service."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tandem.models.base import Base, bounded


class Programme(Base):
    """Everything local about one programme: its name, its people to ask, its places."""

    __tablename__ = "programmes"
    __table_args__ = (
        sa.UniqueConstraint("slug"),
        bounded("slug", 40, shortest=2),
        bounded("name", 80, shortest=1),
        bounded("place_name", 80, shortest=1),
        bounded("region", 80, shortest=1),
        bounded("protection_officer", 300),
        bounded("legal_basis", 600),
        sa.CheckConstraint("reminder_days BETWEEN 1 AND invitation_days", name="reminder_in_time"),
        sa.CheckConstraint("invitation_days BETWEEN 1 AND 60", name="invitation_days_range"),
        sa.CheckConstraint("check_in_first_days BETWEEN 7 AND 365", name="check_in_first_range"),
        sa.CheckConstraint("check_in_days BETWEEN 14 AND 365", name="check_in_days_range"),
        sa.CheckConstraint("tandem_months BETWEEN 1 AND 24", name="tandem_months_range"),
        sa.CheckConstraint("silent_days BETWEEN 7 AND 180", name="silent_days_range"),
    )

    slug: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(80))
    place_name: Mapped[str] = mapped_column(sa.String(80))
    """The municipality that answers for it, as it calls itself: Kreis Dithmarschen."""
    region: Mapped[str] = mapped_column(sa.String(80))
    """The region as people say it: Dithmarschen."""
    zone: Mapped[str] = mapped_column(sa.String(40), default="Europe/Berlin")
    default_locale: Mapped[str] = mapped_column(sa.String(10), default="de")
    contact_name: Mapped[str] = mapped_column(sa.String(80))
    contact_email: Mapped[str] = mapped_column(sa.String(254))
    contact_phone: Mapped[str] = mapped_column(sa.String(40))
    address: Mapped[str] = mapped_column(sa.String(300))
    """Postal address of the municipality, for the imprint."""
    protection_officer: Mapped[str] = mapped_column(sa.String(300), default="")
    """Name and address of the municipality's data protection officer."""
    legal_basis: Mapped[str] = mapped_column(sa.String(600), default="")
    """On what law the municipality handles the data of those who take part."""
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Postal codes of the region and the names of their places."""
    invitation_days: Mapped[int] = mapped_column(default=7)
    reminder_days: Mapped[int] = mapped_column(default=3)
    check_in_first_days: Mapped[int] = mapped_column(default=30)
    """On which day of a tandem both are asked how it goes."""
    check_in_days: Mapped[int] = mapped_column(default=60)
    """After how many days they are asked again."""
    tandem_months: Mapped[int] = mapped_column(default=6)
    """How long a tandem usually lasts; what an agreement suggests."""
    silent_days: Mapped[int] = mapped_column(default=21)
    """After how many days without a meeting a tandem is silent, where no rhythm is agreed."""

    def place(self, postal_code: str | None) -> str:
        """Return the name of a place, or its postal code where the programme knows no name."""
        return str(self.places.get(postal_code or "", postal_code or ""))
