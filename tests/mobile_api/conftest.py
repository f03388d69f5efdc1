"""The API as a phone meets it, inside the test's transaction."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from backend.permissions import Actor, Role
from backend.wards.models import Ward
from mobile_api.app import create_app
from mobile_api.shell.answer_cache import AnswerCache
from tests.make import make_staff, make_ward


@pytest.fixture(scope="session")
def api_app() -> Flask:
    """One app for all tests of a worker."""
    return create_app()


@pytest.fixture
def api(api_app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client that knows nothing of the tests before it."""
    used: Any = api_app.wsgi_app
    monkeypatch.setattr(api_app, "wsgi_app", AnswerCache(used.app, used.kinds))
    return api_app.test_client()


@pytest.fixture
def ward(session: Session) -> Ward:
    return make_ward(session)


@pytest.fixture
def officer(session: Session, ward: Ward) -> Actor:
    return make_staff(session, ward, Role.OFFICER, grant=False)


@pytest.fixture
def chief(session: Session, ward: Ward) -> Actor:
    return make_staff(session, ward, Role.CHIEF, grant=False)
