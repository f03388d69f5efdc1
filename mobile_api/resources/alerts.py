"""Public alerts: a ward's feed, one alert, and what a phone tells back."""

from typing import Any
from uuid import UUID

from flask import g, request

from backend.alerts import commands, feed
from mobile_api.blueprint import Blueprint
from mobile_api.feed_cache import TERMS, Terms
from mobile_api.schemas.alerts import (
    ALERT_EXAMPLE,
    PAGE_EXAMPLE,
    RECEIPT_EXAMPLE,
    Alert,
    AlertPage,
    AlertReceiptIn,
    AlertsQuery,
)
from web.limits import limit_network

blueprint = Blueprint("alerts", __name__, description="Alerts of a ward, public")

PUBLIC = {"Cache-Control": "public, max-age=1"}


@blueprint.get("/alerts")
@blueprint.arguments(AlertsQuery, location="query")
@blueprint.response(200, AlertPage, example=PAGE_EXAMPLE)
@blueprint.alt_response(404, "NOT_FOUND")
def list_alerts(query: dict[str, Any]) -> Any:
    """A ward's alerts

    Those in force first, by severity and then the newest; then those that have ended, the newest first.
    """
    page = feed.public_feed(g.session, g.actor, ward_id=query["ward"], cursor=query["cursor"], limit=query["limit"])
    request.environ[TERMS] = Terms(query["ward"], page.version, page.good_until)
    return page, PUBLIC


@blueprint.get("/alerts/<uuid:alert_id>")
@blueprint.response(200, Alert, example=ALERT_EXAMPLE)
@blueprint.alt_response(404, "NOT_FOUND")
def read_alert(alert_id: UUID) -> Any:
    """One alert

    Also after it has ended: `state` says how, `replaced_by` which message ended it.
    """
    alert = feed.read_alert(g.session, g.actor, alert_id=alert_id)
    request.environ[TERMS] = Terms(alert.ward_code, alert.version, alert.good_until)
    return alert, PUBLIC


@blueprint.post("/alerts/<uuid:alert_id>/receipts")
@limit_network("signals")
@blueprint.arguments(AlertReceiptIn, example=RECEIPT_EXAMPLE)
@blueprint.response(204)
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(429, "TOO_MANY_REQUESTS")
def record_receipt(receipt: dict[str, Any], alert_id: UUID) -> None:
    """Tell that an alert was received, opened or read, or that its reader is safe

    Counted once for each reader and event. The reader is kept only as a keyed hash together with the alert: what one
    phone has read cannot be put side by side.
    """
    commands.record_receipt(g.session, g.actor, alert_id=alert_id, **receipt)
