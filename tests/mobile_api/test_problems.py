"""Whatever a stranger sends: one shape of refusal, in the reader's language, and never a crash."""

from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from backend.errors import DomainError, Kind
from mobile_api.shell.field_errors import field_errors
from mobile_api.shell.problems import TITLES
from web.statuses import STATUS

RECEIPTS = f"/alerts/{UUID(int=1)}/receipts"
JSON = "application/json"
MEMBERS = {"type", "title", "status", "code", "detail", "reference"}


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("GET", "/nowhere", {}, 404, "not_found"),
        ("GET", "/alerts/not-a-uuid", {}, 404, "not_found"),
        ("GET", "/alerts/%00", {}, 404, "not_found"),
        ("GET", "/alerts/" + "a" * 5000, {}, 404, "not_found"),
        ("DELETE", "/alerts", {}, 405, "method_not_allowed"),
        ("POST", RECEIPTS, {"data": "x=1", "content_type": "application/x-www-form-urlencoded"}, 415, "not_json"),
        ("POST", RECEIPTS, {"data": "{}", "content_type": "text/plain"}, 415, "not_json"),
        ("POST", RECEIPTS, {"data": b"{}"}, 415, "not_json"),
        ("POST", RECEIPTS, {"data": b"", "content_type": JSON}, 400, "bad_json"),
        ("POST", RECEIPTS, {"data": b"{", "content_type": JSON}, 400, "bad_json"),
        ("POST", RECEIPTS, {"data": b"\xff\xfe{}", "content_type": JSON}, 400, "bad_json"),
        ("POST", RECEIPTS, {"data": b'{"event": NaN}', "content_type": JSON}, 400, "bad_json"),
        ("POST", RECEIPTS, {"data": b'{"event": Infinity}', "content_type": JSON}, 400, "bad_json"),
        ("POST", RECEIPTS, {"data": b"1" * 5000, "content_type": JSON}, 400, "bad_json"),
        ("POST", RECEIPTS, {"data": b"[" * 100_000, "content_type": JSON}, 400, "bad_json"),
        ("POST", RECEIPTS, {"data": b"[" * 30 + b"]" * 30, "content_type": JSON}, 400, "bad_json"),
        ("POST", RECEIPTS, {"data": b'"a"', "content_type": JSON}, 422, "invalid_input"),
        ("POST", RECEIPTS, {"data": b"null", "content_type": JSON}, 422, "invalid_input"),
        ("POST", RECEIPTS, {"data": b'[{"event": 1}]', "content_type": JSON}, 422, "invalid_input"),
        ("POST", RECEIPTS, {"data": b'{"event": "a\\u0000b"}', "content_type": JSON}, 422, "invalid_input"),
        ("POST", RECEIPTS, {"data": b'{"event": "\\ud800"}', "content_type": JSON}, 422, "invalid_input"),
        ("POST", RECEIPTS, {"data": b'{"a\\u0001": 1}', "content_type": JSON}, 422, "invalid_input"),
        ("POST", RECEIPTS, {"data": b'{"a": "' + b"x" * 300_000 + b'"}', "content_type": JSON}, 413, "too_large"),
        ("POST", RECEIPTS, {"data": b"{}", "content_type": JSON + "; charset=nonsense"}, 422, "invalid_input"),
        ("GET", "/me", {}, 401, "sign_in_required"),
        ("GET", "/me", {"headers": {"Authorization": "Bearer wrong"}}, 401, "sign_in_required"),
        ("GET", "/me", {"headers": {"Authorization": "Basic eDp4"}}, 401, "sign_in_required"),
        ("GET", "/me", {"headers": {"Authorization": "Bearer " + "é" * 10}}, 401, "sign_in_required"),
        ("GET", "/me", {"headers": {"Authorization": "Bearer a b c"}}, 401, "sign_in_required"),
        ("GET", "/me", {"headers": {"Authorization": "Bearer"}}, 401, "sign_in_required"),
    ],
)
def test_every_refusal_is_a_problem(
    api: FlaskClient, method: str, path: str, options: dict[str, Any], status: int, code: str
) -> None:
    answer = api.open(path, method=method, **options)
    assert (answer.status_code, answer.json["code"]) == (status, code)  # type: ignore[index]
    assert answer.content_type == "application/problem+json"
    body: dict[str, Any] = answer.json or {}
    assert set(body) >= MEMBERS
    assert (body["status"], body["title"]) == (status, TITLES[status])
    assert body["reference"] == answer.headers["X-Reference"]
    assert answer.headers["Cache-Control"] == "no-store"
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    if status == 405:
        assert "GET" in answer.headers["Allow"]


def test_a_body_of_a_hundred_megabytes_is_refused_unread(api: FlaskClient) -> None:
    answer = api.post(
        RECEIPTS, content_type=JSON, data=b"{", environ_overrides={"CONTENT_LENGTH": str(100 * 1024 * 1024)}
    )
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")  # type: ignore[index]


def test_a_problem_speaks_the_readers_language(api: FlaskClient) -> None:
    asked = ("vi", "en", "fr, en;q=0.5")
    spoken = {language: api.get("/nowhere", headers={"Accept-Language": language}).json for language in asked}
    assert spoken["vi"]["title"] == "Không tìm thấy"  # type: ignore[index]
    assert spoken["en"]["title"] == spoken["fr, en;q=0.5"]["title"] == "Not found"  # type: ignore[index]


def test_every_kind_has_its_status_and_its_title() -> None:
    assert set(STATUS) == set(Kind)
    assert set(STATUS.values()) <= set(TITLES)


def test_a_wait_is_told_twice(api: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy(DomainError):
        kind = Kind.TOO_MANY
        code = "busy"
        text = "Đợi %(tries)s lượt."

    _raise(monkeypatch, Busy(retry_after=30, tries=3, field="phone"))
    answer = api.get("/alerts?ward=99001")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"
    body = answer.json or {}
    assert (body["retry_after"], body["params"], body["detail"]) == (30, {"tries": 3}, "Đợi 3 lượt.")
    assert body["errors"] == [{"field": "phone", "code": "busy", "detail": "Đợi 3 lượt."}]


def test_a_crash_says_nothing_of_the_inside(api: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    _raise(monkeypatch, ZeroDivisionError("secret of the inside"))
    answer = api.get("/alerts?ward=99001")
    assert (answer.status_code, answer.json["code"]) == (500, "internal_error")  # type: ignore[index]
    assert b"secret" not in answer.data


def test_a_database_that_is_away_is_worth_another_try(api: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    _raise(monkeypatch, OperationalError("select", {}, Exception("gone")))
    answer = api.get("/alerts?ward=99001")
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")  # type: ignore[index]
    assert answer.headers["Retry-After"] == "10"


def test_nested_faults_are_told_by_path(api_app: Any) -> None:
    messages = {"json": {"photos": {0: {"name": ["Unknown field."]}}, "_schema": ["Invalid input type."]}}
    with api_app.test_request_context():
        told = field_errors(messages)
    assert [(fault["field"], fault["code"]) for fault in told] == [
        ("photos.0.name", "field_unknown"),
        ("", "field_wrong_type"),
    ]


def _raise(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    from mobile_api.alerts import resources

    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(resources.feed, "public_feed", fail)
