"""Public alerts: a ward's feed, one alert, and what a phone tells back."""

from typing import Any
from uuid import UUID

from flask import g

from backend.alerts import commands, feed
from mobile_api.alerts.schemas import (
    ALERT_EXAMPLE,
    PAGE_EXAMPLE,
    RECEIPT_EXAMPLE,
    Alert,
    AlertPage,
    AlertReceiptIn,
    AlertsQuery,
)
from mobile_api.shell.answer_cache import PublicAnswers
from mobile_api.shell.blueprint import Blueprint

blueprint = Blueprint("alerts", __name__, description="Alerts of a ward, public")

# the first page of each ward and single alerts; pages behind a cursor are read by few
FEED = PublicAnswers(
    "alerts",
    requests=(r"/alerts\?ward=[0-9]{5}(?:&limit=[0-9]{1,2})?", r"/alerts/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    versions=feed.feed_versions,
)


@blueprint.get("/alerts")
@blueprint.arguments(AlertsQuery, location="query")
@blueprint.response(200, AlertPage, example=PAGE_EXAMPLE)
@blueprint.alt_response(404, "NOT_FOUND")
def list_alerts(query: dict[str, Any]) -> Any:
    """A ward's alerts

    Those in force first, by severity and then the newest; then those that have ended, the newest first.
    """
    ward = query.pop("ward")
    page = feed.public_feed(g.session, g.actor, ward_id=ward, **query)
    return page, FEED.kept_for(ward, version=page.version, until=page.good_until)


@blueprint.get("/alerts/<uuid:alert_id>")
@blueprint.response(200, Alert, example=ALERT_EXAMPLE)
@blueprint.alt_response(404, "NOT_FOUND")
def read_alert(alert_id: UUID) -> Any:
    """One alert

    Also after it has ended: `state` says how, `replaced_by` which message ended it.
    """
    alert = feed.read_alert(g.session, g.actor, alert_id=alert_id)
    return alert, FEED.kept_for(alert.ward_code, version=alert.version, until=alert.good_until)


@blueprint.post("/alerts/<uuid:alert_id>/receipts")
@blueprint.limited("signals")
@blueprint.arguments(AlertReceiptIn, example=RECEIPT_EXAMPLE)
@blueprint.response(204)
@blueprint.alt_response(404, "NOT_FOUND")
def record_receipt(body: dict[str, Any], alert_id: UUID) -> None:
    """Tell that an alert was received, opened or read, or that its reader is safe

    Counted once for each reader and event. The reader is kept only as a keyed hash together with the alert: what one
    phone has read cannot be put side by side.
    """
    commands.record_receipt(g.session, g.actor, alert_id=alert_id, **body)
