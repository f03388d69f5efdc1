"""Alerts as a phone reads them."""

from datetime import UTC, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import commands, queries
from backend.alerts.cap import Severity
from backend.localized import Localized
from backend.permissions import Actor
from backend.wards.models import Ward
from tests.alerts import facts
from tests.make import make_area

READER = "0b4a1e9e-5d1c-4a51-9a55-3f1d1e6f6a10"


def test_a_wards_feed(api: FlaskClient, session: Session, ward: Ward, officer: Actor, chief: Actor) -> None:
    area = make_area(session, ward)
    alert = facts.publish(session, officer, chief, severity=Severity.SEVERE, area_ids=frozenset({area.id}))
    answer = api.get("/alerts?ward=99001")
    assert answer.status_code == 200
    assert answer.json == {
        "items": [
            {
                "id": str(alert.id),
                "ward_code": "99001",
                "ward_name": "Phường Ban Mai",
                "issuer": {"vi": "Công an phường Ban Mai", "en": "Ban Mai ward police"},
                "message_type": "alert",
                "state": "in_force",
                "category": "Security",
                "kind": "scam",
                "urgency": "immediate",
                "severity": "severe",
                "certainty": "observed",
                "headline": alert.headline,
                "areas": [{"id": str(area.id), "name": "Tổ dân phố 7"}],
                "effective": _wire(alert.published_at),
                "expires": _wire(alert.expires),
                "published_at": _wire(alert.published_at),
                "is_drill": False,
            }
        ],
        "next_cursor": None,
    }


def test_an_alert_in_full(api: FlaskClient, session: Session, officer: Actor, chief: Actor) -> None:
    first = facts.publish(session, officer, chief)
    update = commands.update_alert(session, officer, alert_id=first.id, content=facts.content())
    facts.approve_and_publish(session, officer, chief, update)
    session.flush()
    old, new = api.get(f"/alerts/{first.id}").json, api.get(f"/alerts/{update.id}").json
    assert old is not None
    assert new is not None
    assert (old["state"], old["replaced_by"], old["references"], old["number"]) == ("updated", str(update.id), [], 1)
    assert (new["state"], new["replaced_by"], new["references"]) == ("in_force", None, [str(first.id)])
    assert new["number"] == 2
    assert new["message_type"] == "update"
    assert new["instructions"] == {"vi": ["Tắt máy.", "Không mở liên kết."], "en": None}
    assert new["said"] == {"vi": "Chuyển ngay 22.000 đ.", "en": None}


def test_pages_follow_each_other(api: FlaskClient, session: Session, officer: Actor, chief: Actor) -> None:
    for number in range(5):
        facts.publish(session, officer, chief, headline=Localized(f"Tin {number}"))
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/alerts?ward=99001&limit=2{cursor and '&cursor='}{cursor}").json
        assert page is not None
        seen += [item["headline"]["vi"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [f"Tin {number}" for number in (4, 3, 2, 1, 0)]


def test_a_draft_is_nobodys_business(api: FlaskClient, session: Session, officer: Actor) -> None:
    draft = commands.draft_alert(session, officer, content=facts.content())
    answer = api.get(f"/alerts/{draft.id}")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")  # type: ignore[index]
    assert api.get("/alerts?ward=99001").json == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    ("query", "status", "code", "field"),
    [
        ("", 422, "field_required", "ward"),
        ("ward=1", 422, "field_wrong_form", "ward"),
        ("ward=9900x", 422, "field_wrong_form", "ward"),
        ("ward=%D9%A9%D9%A9%D9%A0%D9%A0%D9%A1", 422, "field_wrong_form", "ward"),
        ("ward=99001&limit=0", 422, "field_range", "limit"),
        ("ward=99001&limit=51", 422, "field_range", "limit"),
        ("ward=99001&limit=x", 422, "field_not_number", "limit"),
        ("ward=99001&limit=" + "9" * 5000, 422, "field_not_number", "limit"),
        ("ward=99001&cursor=zzz", 422, "cursor_unknown", "cursor"),
        ("ward=99001&cursor=a%00b", 422, "field_unreadable", "cursor"),
        ("ward=99001&cursor=" + "a" * 201, 422, "field_too_long", "cursor"),
        ("ward=99001&page=2", 422, "field_unknown", "page"),
    ],
)
def test_a_faulty_query_names_the_field(
    api: FlaskClient, ward: Ward, query: str, status: int, code: str, field: str
) -> None:
    answer = api.get(f"/alerts?{query}")
    assert answer.status_code == status
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]  # type: ignore[index]


def test_an_unknown_ward_is_not_found(api: FlaskClient) -> None:
    answer = api.get("/alerts?ward=12345")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")  # type: ignore[index]


def test_opening_is_counted_once_for_each_reader(
    api: FlaskClient, session: Session, officer: Actor, chief: Actor
) -> None:
    alert = facts.publish(session, officer, chief)
    session.flush()
    for reader, event in [(READER, "opened"), (READER, "opened"), (str(uuid4()), "received"), (READER, "safe")]:
        answer = api.post(f"/alerts/{alert.id}/receipts", json={"event": event, "reader": reader})
        assert (answer.status_code, answer.data) == (204, b"")
    counts = queries.count_receipts(session, chief, alert_id=alert.id)
    assert counts == queries.ReceiptCounts(received=2, opened=1, read=0, safe=1)


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"reader": READER}, "field_required", "event"),
        ({"event": "opened", "reader": "x"}, "field_not_uuid", "reader"),
        ({"event": "opened", "reader": None}, "field_required", "reader"),
        ({"event": "lost", "reader": READER}, "field_choice", "event"),
        ({"event": ["opened"], "reader": READER}, "field_choice", "event"),
        ({"event": "opened", "reader": READER, "phone": "+84"}, "field_unknown", "phone"),
    ],
)
def test_a_faulty_receipt_names_the_field(
    api: FlaskClient, session: Session, officer: Actor, chief: Actor, body: dict[str, object], code: str, field: str
) -> None:
    alert = facts.publish(session, officer, chief)
    session.flush()
    answer = api.post(f"/alerts/{alert.id}/receipts", json=body)
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]  # type: ignore[index]


def test_a_receipt_for_an_unknown_alert_is_refused(api: FlaskClient) -> None:
    answer = api.post(f"/alerts/{UUID(int=1)}/receipts", json={"event": "opened", "reader": READER})
    assert answer.status_code == 404


def test_an_expired_alert_says_so(api: FlaskClient, session: Session, officer: Actor, chief: Actor) -> None:
    with clock.frozen(clock.now()) as stopped:
        alert = facts.publish(session, officer, chief, expires=clock.now() + timedelta(hours=1))
        session.flush()
        assert _states(api) == ["in_force"]
        assert api.get(f"/alerts/{alert.id}").json["state"] == "in_force"  # type: ignore[index]
        stopped.tick(timedelta(hours=1))
        assert _states(api) == ["expired"], "a kept answer ends when an alert in it expires"
        assert api.get(f"/alerts/{alert.id}").json["state"] == "expired"  # type: ignore[index]


def _states(api: FlaskClient) -> list[str]:
    page = api.get("/alerts?ward=99001").json
    assert page is not None
    return [item["state"] for item in page["items"]]


def _wire(at: object) -> str:
    assert at is not None
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # type: ignore[attr-defined, no-any-return]
