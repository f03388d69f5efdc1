"""A ward with its police, inside the test's transaction."""

import pytest
from sqlalchemy.orm import Session

from backend.permissions import Actor, Role
from backend.wards.models import Ward
from tests.alerts import facts
from tests.make import make_ward


@pytest.fixture
def ward(session: Session) -> Ward:
    return make_ward(session)


@pytest.fixture
def officer(session: Session, ward: Ward) -> Actor:
    return facts.make_police(session, ward, Role.OFFICER)


@pytest.fixture
def chief(session: Session, ward: Ward) -> Actor:
    return facts.make_police(session, ward, Role.CHIEF)
