"""What every table shares."""

import secrets
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from tandem.clock import now
from tandem.db import UtcDateTime

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

new_key = partial(secrets.token_urlsafe, 12)
"""Make the random key under which a row appears in addresses: 96 bits."""


def _one_of(kind: type[Enum], **options: Any) -> sa.Enum:
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda kind: [item.value for item in kind],
        **options,
    )


def one_of(kind: type[Enum], name: str) -> sa.Enum:
    """Return the type of a column where a table has several of one kind; ``name`` is its check."""
    return _one_of(kind, name=name)


class Base(DeclarativeBase):
    """Names every constraint, so that migrations and error handling can rely on it."""

    metadata = sa.MetaData(naming_convention=_NAMING)
    type_annotation_map = {
        datetime: UtcDateTime,
        list[Any]: sa.JSON(none_as_null=True),
        dict[str, Any]: sa.JSON(none_as_null=True),
        Enum: _one_of(Enum),
    }

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)
    """Never given again, even when its row is gone: the trail and the outbox still name it."""
    created_at: Mapped[datetime] = mapped_column(default=now)

    def __init_subclass__(cls, **options: Any) -> None:
        """Have SQLite keep to that too, as PostgreSQL does."""
        super().__init_subclass__(**options)
        table = cls.__table__
        assert isinstance(table, sa.Table)  # noqa: S101 - every model has one
        table.dialect_options["sqlite"]["autoincrement"] = True


class Addressed:
    """A row that people reach under an address of its own."""

    key: Mapped[str] = mapped_column(sa.String(24), default=new_key, unique=True, sort_order=-9)


class InProgramme:
    """A row that belongs to one programme and can only be joined to rows of the same one."""

    @declared_attr
    def programme_id(cls) -> Mapped[int]:  # noqa: N805 - a class, as declared_attr passes it
        """Carry the programme's id, as every row of a programme does."""
        return mapped_column(sa.ForeignKey("programmes.id", ondelete="RESTRICT"), sort_order=-8)


def same_programme(column: str, target: str, *, ondelete: str = "RESTRICT") -> sa.Constraint:
    """Return a foreign key to ``target`` that holds only within one programme."""
    return sa.ForeignKeyConstraint(
        ["programme_id", column], [f"{target}.programme_id", f"{target}.id"], ondelete=ondelete
    )


def one_programme() -> sa.Constraint:
    """Return the key that lets others refer to a row together with its programme."""
    return sa.UniqueConstraint("programme_id", "id")


def bounded(column: str, longest: int, *, shortest: int = 0) -> sa.CheckConstraint:
    """Return the check that a text keeps its length, in characters."""
    return sa.CheckConstraint(
        f"length({column}) BETWEEN {shortest} AND {longest}", name=f"{column}_length"
    )
