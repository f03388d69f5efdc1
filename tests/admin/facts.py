"""A tip and an alert in whatever state a test needs, made through the commands."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

from PIL import Image
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import commands as alert_commands
from backend.alerts.cap import AlertKind, Category, Certainty, Severity, State, Urgency
from backend.alerts.content import Content, LocalizedList
from backend.alerts.models import Alert
from backend.localized import Localized
from backend.permissions import NOBODY, Actor
from backend.tips import commands as tip_commands
from backend.tips import staff_commands
from backend.tips.commands import SentTip, TipDraft
from backend.tips.life import Category as TipCategory
from backend.tips.life import Status
from backend.tips.photos import clean_photos

WORDS = "Quán karaoke mở loa quá mười một giờ đêm, cả ngõ không ngủ được."


def picture() -> bytes:
    """A photo as a telephone sends it."""
    made = BytesIO()
    Image.new("RGB", (640, 480), "#9a7").save(made, "JPEG")
    return made.getvalue()


def send_tip(session: Session, ward_id: str, **fields) -> SentTip:
    """A tip as it comes in, with its receipt."""
    photos = clean_photos(fields.pop("files", ()))
    draft = TipDraft(**({"ward_id": ward_id, "category": TipCategory.NOISE, "text": WORDS} | fields))
    sent = tip_commands.send_tip(session, NOBODY, draft=draft, photos=photos)
    session.flush()
    return sent


def tip_at(session: Session, officer: Actor, status: Status) -> UUID:
    """A tip that has come as far as `status`."""
    tip_id = send_tip(session, officer.ward_id).tip.id
    if status in (Status.ACKNOWLEDGED, Status.VERIFYING):
        staff_commands.acknowledge_tip(session, officer, tip_id=tip_id, reason="Đã nhận.")
    if status is Status.VERIFYING:
        staff_commands.verify_tip(session, officer, tip_id=tip_id, reason="Đang xem.")
    session.flush()
    return tip_id


def content(headline: str = "Gọi video giả mặt sếp, nhờ chuyển tiền gấp", **changes) -> Content:
    """A sound alert."""
    plain = {
        "category": Category.SECURITY,
        "kind": AlertKind.SCAM,
        "urgency": Urgency.IMMEDIATE,
        "severity": Severity.MODERATE,
        "certainty": Certainty.OBSERVED,
        "headline": Localized(headline),
        "description": Localized("Kẻ gian dùng hình và giọng giả của sếp."),
        "instructions": LocalizedList(("Tắt máy. Gọi lại vào số cũ của sếp.",)),
        "expires": clock.now() + timedelta(days=3),
    }
    return Content(**(plain | changes))


def alert_at(session: Session, author: Actor, state: State, *, approver: Actor | None = None) -> Alert:
    """An alert that has come as far as `state`."""
    alert = alert_commands.draft_alert(session, author, content=content())
    if state is not State.DRAFT:
        alert_commands.submit_alert(session, author, alert_id=alert.id)
    if state in (State.APPROVED, State.PUBLISHED):
        seen = alert.content_hash
        alert_commands.approve_alert(session, approver, alert_id=alert.id, content_hash=seen)
    if state is State.PUBLISHED:
        alert_commands.publish_alert(session, approver, alert_id=alert.id)
    session.flush()
    return alert


def alert_form(**changes: object) -> dict[str, object]:
    """What the editor sends."""
    end = (clock.now() + timedelta(days=2)).astimezone(clock.VIETNAM)
    sent = {
        "kind": "scam",
        "category": "Security",
        "urgency": "immediate",
        "severity": "moderate",
        "certainty": "observed",
        "headline_vi": "Giả danh công an, đòi 22.000 đ “cập nhật VNeID”",
        "description_vi": "Công an không thu tiền cập nhật VNeID qua điện thoại.",
        "instructions_vi": ["Tắt máy.", "Gọi công an phường để hỏi."],
        "expires": end.strftime("%Y-%m-%dT%H:%M"),
    }
    return sent | changes
