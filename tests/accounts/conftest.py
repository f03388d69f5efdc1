"""The API as a phone sees it, and the codes that the worker would send."""

import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend import config, crypto
from mobile_api.app import create_app
from web import limits

PHONE = "0912 345 678"
E164 = "+84912345678"


@pytest.fixture(autouse=True)
def _quick(quick_argon2):
    """Hundreds of passwords are tried here."""


@pytest.fixture(scope="session")
def api_app():
    return create_app()


@pytest.fixture
def api(api_app, session) -> FlaskClient:
    limits.reset()
    return api_app.test_client()


@pytest.fixture
def demo_mode(monkeypatch):
    """Numbers of nobody are taken."""
    monkeypatch.setenv("BINHYEN_DEMO", "1")
    config.reset_settings()
    yield
    monkeypatch.undo()
    config.reset_settings()


def sent(session: Session) -> list[dict[str, str]]:
    """What the worker would send, the newest last."""
    rows = session.scalars(text("SELECT args FROM procrastinate_jobs WHERE task_name = 'otp_requested' ORDER BY id"))
    return [json.loads(crypto.open_for_worker("otp-sms", args["sealed"])) for args in rows]


@pytest.fixture
def code(api, session) -> Callable[..., str]:
    """Ask for a code and read it off the message."""

    def ask(phone: str = PHONE) -> str:
        answer = api.post("/auth/otp", json={"phone": phone})
        assert answer.status_code == 202, answer.json
        return sent(session)[-1]["code"]

    return ask


class Phone:
    """A phone on which somebody is signed in."""

    def __init__(self, api: FlaskClient, signed_in: dict) -> None:
        self.me = signed_in["resident"]
        self.token = signed_in["token"]
        self._api = api

    def __getattr__(self, method: str):
        def ask(path: str, **options):
            headers = {"Authorization": f"Bearer {self.token}"} | options.pop("headers", {})
            return self._api.open(path, method=method.upper(), headers=headers, **options)

        return ask


@pytest.fixture
def signed_in(api, code, frozen_clock) -> Callable[..., Phone]:
    """Sign in all the way."""

    def go(phone: str = PHONE, **more) -> Phone:
        answer = api.post("/auth/sessions", json={"phone": phone, "code": code(phone)} | more)
        assert answer.status_code == 201, answer.json
        return Phone(api, answer.json)

    return go
