"""A ward that takes tips, its officer, and the API as a phone sees it."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend import config
from backend.permissions import Actor, Role
from mobile_api.app import create_app
from tests import make
from web import limits


@pytest.fixture
def ward(session):
    return make.make_ward(session)


@pytest.fixture
def officer(session, ward) -> Actor:
    return make.make_staff(session, ward)


@pytest.fixture
def chief(session, ward) -> Actor:
    return make.make_staff(session, ward, Role.CHIEF)


@pytest.fixture
def settings_demo(monkeypatch):
    """Demo mode, in which a push may go to the console."""
    monkeypatch.setenv("BINHYEN_DEMO", "1")
    config.reset_settings()
    yield
    monkeypatch.undo()
    config.reset_settings()


@pytest.fixture(scope="session")
def api_app():
    return create_app()


@pytest.fixture
def api(api_app, session) -> FlaskClient:
    limits.reset()
    return api_app.test_client()


TIP = {"ward_code": make.WARD, "category": "noise", "text": "Quán hát karaoke mở loa quá mười một giờ đêm."}
Send = Callable[..., TestResponse]


@pytest.fixture
def send(api, officer) -> Send:
    """Send a tip; keyword arguments replace its fields, `photos` are (name, bytes)."""

    def post(*, photos: list[tuple[str, bytes]] = (), key: str | None = None, headers: Any = None, **fields: Any):
        form = {"tip": json.dumps(TIP | fields), "photos": [(BytesIO(data), name) for name, data in photos]}
        sent = {"Idempotency-Key": key or str(uuid4())} | (headers or {})
        return api.post("/tips", data=form, headers=sent, content_type="multipart/form-data")

    return post


@pytest.fixture
def receipt(send) -> str:
    return send().json["receipt"]


@pytest.fixture
def open_it(api):
    return lambda receipt: api.post("/tips/open", json={"receipt": receipt})
