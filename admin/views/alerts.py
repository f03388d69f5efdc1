"""Alerts: written, approved by a second person, published, followed."""

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin import alert_page
from admin.forms.alerts import ApprovalForm, ReasonForm
from admin.forms.panel_form import PlainForm
from admin.submit import attempt
from backend.alerts import commands, queries
from backend.alerts.cap import MessageType
from backend.alerts.content import Localized
from backend.alerts.queries import View
from backend.errors import NotFound

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")
SEQUELS = {"update": MessageType.UPDATE, "all-clear": MessageType.ALL_CLEAR}


@blueprint.get("")
def board() -> ResponseReturnValue:
    """The ward's alerts, by view."""
    view = View(request.args["view"]) if request.args.get("view") in set(View) else View.ALL
    page = queries.list_alerts(g.session, g.actor, view=view, cursor=request.args.get("after"))
    counts = queries.count_alerts(g.session, g.actor)
    links = alert_page.view_links(counts)
    return render_template("alerts/board.html", page=page, view=view, views=links, empty=alert_page.empty(view))


@blueprint.route("/new", methods=["GET", "POST"])
def write() -> ResponseReturnValue:
    """A new alert."""
    form, saved = alert_page.blank_form(), []
    if attempt(form, lambda: saved.append(alert_page.write(form, request.form.get("then"))), said=_said()):
        return redirect(url_for(".show", alert_id=saved[0]))
    return alert_page.editor(form), 422 if form.is_submitted() else 200


@blueprint.post("/audience")
def audience() -> ResponseReturnValue:
    """The number of devices of the areas chosen so far, for the editor."""
    form = alert_page.blank_form()
    return render_template("alerts/audience.html", audience=alert_page.audience(form))


@blueprint.get("/<uuid:alert_id>")
def show(alert_id: UUID) -> ResponseReturnValue:
    """One alert: exactly what it says, its trail, its reach."""
    return alert_page.show(alert_id)


@blueprint.route("/<uuid:alert_id>/edit", methods=["GET", "POST"])
def edit(alert_id: UUID) -> ResponseReturnValue:
    """Change what an alert says; an approval ends with that."""
    opened = queries.open_alert(g.session, g.actor, alert_id=alert_id)
    form = alert_page.form_of(opened)
    if "edit" not in opened.allowed and not form.is_submitted():  # what was typed is never sent away
        return redirect(url_for(".show", alert_id=alert_id))
    if attempt(form, lambda: alert_page.rewrite(alert_id, form, request.form.get("then")), said=_said()):
        return redirect(url_for(".show", alert_id=alert_id))
    if form.is_submitted():
        return alert_page.refused(form, alert_id), 422
    return alert_page.editor(form, opened=opened)


@blueprint.route("/<uuid:alert_id>/<any(update, 'all-clear'):sequel>", methods=["GET", "POST"])
def follow(alert_id: UUID, sequel: str) -> ResponseReturnValue:
    """A later message of the same matter: an update or the all-clear."""
    opened, message_type, saved = queries.open_alert(g.session, g.actor, alert_id=alert_id), SEQUELS[sequel], []
    form = alert_page.sequel_form(opened, message_type)
    if message_type.value not in opened.allowed and not form.is_submitted():
        return redirect(url_for(".show", alert_id=alert_id))
    act = request.form.get("then")
    if attempt(form, lambda: saved.append(alert_page.follow(alert_id, message_type, form, act)), said=_said()):
        return redirect(url_for(".show", alert_id=saved[0]))
    return alert_page.editor(form, opened=opened, sequel=message_type), 422 if form.is_submitted() else 200


@blueprint.post("/<uuid:alert_id>/submit")
def submit(alert_id: UUID) -> ResponseReturnValue:
    """Ask for approval."""
    form = PlainForm()
    if not attempt(form, lambda: commands.submit_alert(g.session, g.actor, alert_id=alert_id), said=_("Đã gửi duyệt.")):
        return alert_page.show(alert_id, act=form), 422
    return redirect(url_for(".show", alert_id=alert_id))


@blueprint.post("/<uuid:alert_id>/approve")
def approve(alert_id: UUID) -> ResponseReturnValue:
    """Approve exactly the version that was read; it is published at once unless the chief keeps it for later."""
    form = ApprovalForm()
    act, said = commands.approve_and_publish_alert, _("Đã duyệt và phát.")
    if request.form.get("then") == "keep":
        act, said = commands.approve_alert, _("Đã duyệt. Bản này chờ phát.")
    seen = form.content_hash.data or ""
    if not attempt(form, lambda: act(g.session, g.actor, alert_id=alert_id, content_hash=seen), said=said):
        return alert_page.show(alert_id, approval=form), 422
    return redirect(url_for(".show", alert_id=alert_id))


@blueprint.post("/<uuid:alert_id>/publish")
def publish(alert_id: UUID) -> ResponseReturnValue:
    """Publish what was approved before."""
    form = PlainForm()
    if not attempt(form, lambda: commands.publish_alert(g.session, g.actor, alert_id=alert_id), said=_("Đã phát.")):
        return alert_page.show(alert_id, act=form), 422
    return redirect(url_for(".show", alert_id=alert_id))


@blueprint.post("/<uuid:alert_id>/reject")
def reject(alert_id: UUID) -> ResponseReturnValue:
    """Send it back to its author with a reason."""
    form = ReasonForm()
    act = lambda: commands.reject_alert(g.session, g.actor, alert_id=alert_id, reason=form.reason.data)  # noqa: E731
    if not attempt(form, act, said=_("Đã trả lại người viết.")):
        return alert_page.show(alert_id, rejection=form), 422
    return redirect(url_for(".show", alert_id=alert_id))


@blueprint.post("/<uuid:alert_id>/discard")
def discard(alert_id: UUID) -> ResponseReturnValue:
    """Put aside what was never published."""
    form = PlainForm()
    if not attempt(
        form, lambda: commands.discard_alert(g.session, g.actor, alert_id=alert_id), said=_("Đã bỏ bản này.")
    ):
        return alert_page.show(alert_id, act=form), 422
    return redirect(url_for(".board"))


@blueprint.post("/<uuid:alert_id>/cancel")
def cancel(alert_id: UUID) -> ResponseReturnValue:
    """Ask to withdraw a published alert; a second person approves."""
    form, asked = ReasonForm(), []
    reason = Localized(form.reason.data or "", form.reason_en.data or None)
    act = lambda: asked.append(commands.cancel_alert(g.session, g.actor, alert_id=alert_id, reason=reason))  # noqa: E731
    if not attempt(form, act, said=_("Đã gửi duyệt việc rút lại.")):
        return alert_page.show(alert_id, withdrawal=form), 422
    return redirect(url_for(".show", alert_id=asked[0].id))


@blueprint.get("/<uuid:alert_id>/reach")
def reach(alert_id: UUID) -> ResponseReturnValue:
    """The figures of reach alone, refreshed while the page is open."""
    opened = queries.open_alert(g.session, g.actor, alert_id=alert_id)
    if opened.alert.published_at is None:
        raise NotFound()
    return render_template("alerts/reach.html", alert=opened.alert, **alert_page.figures(opened))


def _said() -> str:
    return _("Đã gửi duyệt.") if request.form.get("then") == "submit" else _("Đã lưu nháp.")
