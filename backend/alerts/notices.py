"""What the notifier needs to know of an alert. It is read again before each step of sending."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.alerts import rules
from backend.alerts.cap import State
from backend.alerts.models import Alert
from backend.localized import Localized
from backend.wards.models import Ward


@dataclass(frozen=True)
class AlertNotice:
    """A published alert as it is sent to devices. `tag`: the matter's first message (see Alert.tag)."""

    id: UUID
    tag: UUID
    ward_id: str
    issuer: Localized
    area_ids: frozenset[UUID]
    message_type: str
    severity: str
    is_drill: bool
    headline: Localized
    description: Localized
    expires: datetime


def alert_notice(session: Session, *, alert_id: UUID, at: datetime) -> AlertNotice | None:
    """The alert, or None if it must not be sent at `at`: not published, replaced, withdrawn or expired."""
    query = select(Alert, Ward.kind, Ward.name).join(Ward, Ward.code == Alert.ward_id).where(Alert.id == alert_id)
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    alert, ward_kind, ward_name = found
    if alert.state is not State.PUBLISHED or alert.expires <= at:
        return None
    return AlertNotice(
        id=alert.id,
        tag=alert.tag,
        ward_id=alert.ward_id,
        issuer=rules.issuer(ward_kind, ward_name),
        area_ids=alert.area_ids,
        message_type=alert.message_type.value,
        severity=alert.severity.value,
        is_drill=alert.is_drill,
        headline=Localized(**alert.headline),
        description=Localized(**alert.description),
        expires=alert.expires,
    )
