"""What is committed before others do something to it at the same moment."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Programme
from tests.support.make import Make


@pytest.fixture
def town(database: sa.Engine) -> Iterator[tuple[Make, Programme]]:
    """A programme with its coordinator, committed."""
    with Session(database) as session:
        make = Make(session)
        programme = make.programme()
        make.coordinator(programme)
        yield make, programme
