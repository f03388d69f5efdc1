"""The panel as a browser sees it, and people who have signed in to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from admin.app import create_app
from backend.permissions import Actor, Role
from backend.staff import sign_in
from backend.staff.models import Staff
from tests import make
from web import limits


@pytest.fixture(scope="session")
def panel() -> Flask:
    return create_app()


@pytest.fixture
def visitor(panel, session) -> FlaskClient:
    """A browser in which nobody has signed in; it speaks Vietnamese."""
    limits.reset()
    client = panel.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "vi"
    return client


@dataclass
class Seat:
    """A browser in which somebody works."""

    actor: Actor
    client: FlaskClient

    def get(self, path: str, **kwargs) -> TestResponse:
        return self.client.get(path, **kwargs)

    def follow(self, answer: TestResponse) -> TestResponse:
        """Go where the answer sends the browser; redirects name the path from the site's root."""
        return self.client.get(answer.location.removeprefix("/admin"))

    def post(self, path: str, **form) -> TestResponse:
        """Send a form as the page would: with the token that the page carries."""
        return self.client.post(path, data=form | {"csrf_token": csrf_of(self.client)})


def csrf_of(client: FlaskClient) -> str:
    """The CSRF token of this browser's pages."""
    return token_in(client.get("/sign-in/code").text)


def token_in(page: str) -> str:
    """The CSRF token that a page carries."""
    return re.search(r'<meta name="csrf-token" content="([^"]+)"', page)[1]


Sit = Callable[[Actor], Seat]


@pytest.fixture
def sit(panel, session) -> Sit:
    """Let an actor of tests.make sit down at the panel, with an open session."""
    limits.reset()

    def open_panel(actor: Actor) -> Seat:
        staff = session.get(Staff, actor.id)
        token = sign_in.open_session(session, staff, stage="open", private_key=actor.private_key)
        session.flush()
        client = panel.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "vi"
        client.set_cookie("binhyen_staff", token, path="/admin")
        return Seat(actor, client)

    return open_panel


@pytest.fixture
def ward(session):
    return make.make_ward(session)


@pytest.fixture
def officer(session, ward, sit) -> Seat:
    return sit(make.make_staff(session, ward))


@pytest.fixture
def chief(session, ward, sit) -> Seat:
    return sit(make.make_staff(session, ward, Role.CHIEF))
