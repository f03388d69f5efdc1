"""The page of one alert: the version to approve, who did what, how far it has come."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import g, render_template

from admin.alerts.forms import ApprovalForm, ReasonForm
from admin.shell.forms import ButtonForm
from backend import clock
from backend.alerts import queries
from backend.alerts.cap import AUTHORING, OPEN_STATES
from backend.alerts.queries import OpenedAlert
from backend.errors import NotFound
from backend.push.queries import audience_size, reach

REACH_POLL_SECONDS = 4
REACH_POLLED_FOR = timedelta(minutes=10)  # polling for ever would keep the server busy with pages that nobody looks at


def render(
    alert_id: UUID,
    *,
    approval: ApprovalForm | None = None,
    rejection: ReasonForm | None = None,
    withdrawal: ReasonForm | None = None,
    act: ButtonForm | None = None,
) -> str:
    """The page: what the alert says, exactly; who did what; what this reader may do now."""
    opened = queries.open_alert(g.session, g.actor, alert_id=alert_id)
    return render_template(
        "alerts/show.html",
        opened=opened,
        alert=opened.alert,
        content=opened.content,
        is_author=any(entry.staff_id == g.actor.id and entry.act in AUTHORING for entry in opened.trail),
        is_too_late=opened.alert.state in OPEN_STATES and opened.alert.expires <= clock.now(),
        approval=approval,
        rejection=rejection or ReasonForm(formdata=None),
        withdrawal=withdrawal or ReasonForm(formdata=None),
        act=act,
        **_figures(opened),
    )


def render_reach(alert_id: UUID) -> str:
    """The figures alone, which the page asks for while they still change. Raises NotFound before publication."""
    opened = queries.open_alert(g.session, g.actor, alert_id=alert_id)
    if opened.alert.published_at is None:
        raise NotFound()
    return render_template("alerts/reach.html", alert=opened.alert, **_figures(opened))


def _figures(opened: OpenedAlert) -> dict[str, Any]:
    """How far a published alert has come; whom it would reach before that."""
    if opened.alert.published_at is None:
        size = audience_size(g.session, g.actor, ward_id=opened.alert.ward_id, area_ids=opened.content.area_ids)
        return {"audience": size, "reach": None}
    is_fresh = clock.now() - opened.alert.published_at < REACH_POLLED_FOR
    return {
        "reach": reach(g.session, g.actor, alert_id=opened.alert.id, ward_id=opened.alert.ward_id),
        "receipts": queries.count_receipts(g.session, g.actor, alert_id=opened.alert.id),
        "poll_seconds": REACH_POLL_SECONDS if is_fresh else None,
        "now": clock.now(),
    }
