"""The API as a phone meets it, inside the test's transaction."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from backend.permissions import Actor, Role
from backend.wards.models import Ward
from mobile_api.app import create_app
from mobile_api.feed_cache import FeedCache
from tests.make import make_staff, make_ward


@pytest.fixture(scope="session")
def api_app() -> Flask:
    """One app for all tests of a worker."""
    return create_app()


@pytest.fixture
def api(api_app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client that knows nothing of the tests before it."""
    monkeypatch.setattr(api_app, "wsgi_app", FeedCache(api_app.wsgi_app.app))  # type: ignore[attr-defined]
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
