"""The few facts that tests of alerts stand on: what an alert says, and its way to the public."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import commands
from backend.alerts.cap import AlertKind, Category, Certainty, Severity, Urgency
from backend.alerts.content import Content, LocalizedList
from backend.alerts.models import Alert
from backend.localized import Localized
from backend.permissions import Actor, Role
from backend.wards.models import Ward
from tests.make import make_staff


def make_police(session: Session, ward: Ward, role: Role = Role.OFFICER) -> Actor:
    """A signed-in member of the ward's staff."""
    return make_staff(session, ward, role, grant=False)


def content(**changes: Any) -> Content:
    """A valid alert about a trick, with `changes`."""
    plain = Content(
        category=Category.SECURITY,
        kind=AlertKind.SCAM,
        urgency=Urgency.IMMEDIATE,
        severity=Severity.MODERATE,
        certainty=Certainty.OBSERVED,
        headline=Localized("Giả danh công an, đòi 22.000 đ “cập nhật VNeID”", "Fake police call asks 22,000 đ"),
        description=Localized("Người gọi nói tài khoản sắp bị khóa."),
        expires=clock.now() + timedelta(days=3),
        instructions=LocalizedList(("Tắt máy.", "Không mở liên kết.")),
        said=Localized("Chuyển ngay 22.000 đ."),
        truth=Localized("Công an không thu tiền qua điện thoại."),
    )
    return replace(plain, **changes)


def submit(session: Session, author: Actor, **changes: Any) -> Alert:
    """An alert that waits for approval."""
    alert = commands.draft_alert(session, author, content=content(**changes))
    return commands.submit_alert(session, author, alert_id=alert.id)


def publish(session: Session, author: Actor, chief: Actor, **changes: Any) -> Alert:
    """An alert all the way to the public, by two people."""
    alert = commands.draft_alert(session, author, content=content(**changes))
    return approve_and_publish(session, author, chief, alert)


def approve_and_publish(session: Session, author: Actor, chief: Actor, alert: Alert) -> Alert:
    """The second half of `publish`, for an alert that has been drafted."""
    commands.submit_alert(session, author, alert_id=alert.id)
    return commands.approve_and_publish_alert(session, chief, alert_id=alert.id, content_hash=alert.content_hash)


def headlines(items: Sequence[Any]) -> list[str]:
    """The Vietnamese headlines of feed items."""
    return [item.headline["vi"] for item in items]
