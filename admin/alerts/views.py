"""Alerts: written, approved by a second person, published, followed."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.alerts import board as board_page
from admin.alerts import editor, page, words
from admin.alerts.forms import ApprovalForm, ReasonForm
from admin.shell.forms import ButtonForm
from admin.shell.refusals import refusals_on
from admin.shell.session import polled
from backend.alerts import commands, queries
from backend.alerts.cap import MessageType
from backend.localized import Localized

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts", template_folder="templates")
blueprint.context_processor(lambda: {"words": words})
SEQUELS = {"update": MessageType.UPDATE, "all-clear": MessageType.ALL_CLEAR}


@blueprint.get("")
def board() -> ResponseReturnValue:
    """The ward's alerts, by view."""
    return board_page.render()


@blueprint.route("/new", methods=["GET", "POST"])
def write() -> ResponseReturnValue:
    """A new alert."""
    form, then = editor.new_form(), request.form.get("then")
    if form.validate_on_submit():
        with refusals_on(form):
            alert_id = editor.save_new(form, then)
        if not form.errors:
            flash(editor.saved_message(then))
            return _to(alert_id)
    return editor.render(form), form.status_code


@blueprint.post("/audience")
def audience() -> ResponseReturnValue:
    """The number of devices of the areas chosen so far, for the editor."""
    return render_template("alerts/audience.html", audience=editor.audience_of(editor.new_form()))


@blueprint.get("/<uuid:alert_id>")
def show(alert_id: UUID) -> ResponseReturnValue:
    """One alert: exactly what it says, its trail, its reach."""
    return page.render(alert_id)


@blueprint.route("/<uuid:alert_id>/edit", methods=["GET", "POST"])
def edit(alert_id: UUID) -> ResponseReturnValue:
    """Change what an alert says; an approval ends with that."""
    opened = queries.open_alert(g.session, g.actor, alert_id=alert_id)
    form, then = editor.edit_form(opened), request.form.get("then")
    if not form.is_submitted():
        return editor.render(form, opened=opened) if "edit" in opened.allowed else _to(alert_id)
    if form.validate():
        with refusals_on(form):
            editor.save_edit(alert_id, form, then)
        if not form.errors:
            flash(editor.saved_message(then))
            return _to(alert_id)
    return editor.render_refused(form, alert_id), form.status_code


@blueprint.route("/<uuid:alert_id>/<any(update, 'all-clear'):sequel>", methods=["GET", "POST"])
def follow(alert_id: UUID, sequel: str) -> ResponseReturnValue:
    """A later message of the same matter: an update or the all-clear."""
    opened, message_type = queries.open_alert(g.session, g.actor, alert_id=alert_id), SEQUELS[sequel]
    form, then = editor.sequel_form(opened, message_type), request.form.get("then")
    if message_type.value not in opened.allowed and not form.is_submitted():
        return _to(alert_id)
    if form.validate_on_submit():
        with refusals_on(form):
            later_id = editor.save_sequel(alert_id, message_type, form, then)
        if not form.errors:
            flash(editor.saved_message(then))
            return _to(later_id)
    return editor.render(form, opened=opened, sequel=message_type), form.status_code


@blueprint.post("/<uuid:alert_id>/submit")
def submit(alert_id: UUID) -> ResponseReturnValue:
    """Ask for approval."""
    form = ButtonForm()
    if form.validate_on_submit():
        with refusals_on(form):
            commands.submit_alert(g.session, g.actor, alert_id=alert_id)
        if not form.errors:
            flash(_("Đã gửi duyệt."))
            return _to(alert_id)
    return page.render(alert_id, act=form), form.status_code


@blueprint.post("/<uuid:alert_id>/approve")
def approve(alert_id: UUID) -> ResponseReturnValue:
    """Approve exactly the version that was read; it is published at once unless the chief keeps it for later."""
    form = ApprovalForm()
    command, message = commands.approve_and_publish_alert, _("Đã duyệt và phát.")
    if request.form.get("then") == "keep":
        command, message = commands.approve_alert, _("Đã duyệt. Bản này chờ phát.")
    if form.validate_on_submit():
        with refusals_on(form):
            command(g.session, g.actor, alert_id=alert_id, content_hash=form.content_hash.data)
        if not form.errors:
            flash(message)
            return _to(alert_id)
    return page.render(alert_id, approval=form), form.status_code


@blueprint.post("/<uuid:alert_id>/publish")
def publish(alert_id: UUID) -> ResponseReturnValue:
    """Publish what was approved before."""
    form = ButtonForm()
    if form.validate_on_submit():
        with refusals_on(form):
            commands.publish_alert(g.session, g.actor, alert_id=alert_id)
        if not form.errors:
            flash(_("Đã phát."))
            return _to(alert_id)
    return page.render(alert_id, act=form), form.status_code


@blueprint.post("/<uuid:alert_id>/reject")
def reject(alert_id: UUID) -> ResponseReturnValue:
    """Send it back to its author with a reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_on(form):
            commands.reject_alert(g.session, g.actor, alert_id=alert_id, reason=form.reason.data)
        if not form.errors:
            flash(_("Đã trả lại người viết."))
            return _to(alert_id)
    return page.render(alert_id, rejection=form), form.status_code


@blueprint.post("/<uuid:alert_id>/discard")
def discard(alert_id: UUID) -> ResponseReturnValue:
    """Put aside what was never published."""
    form = ButtonForm()
    if form.validate_on_submit():
        with refusals_on(form):
            commands.discard_alert(g.session, g.actor, alert_id=alert_id)
        if not form.errors:
            flash(_("Đã bỏ bản này."))
            return redirect(url_for(".board"))
    return page.render(alert_id, act=form), form.status_code


@blueprint.post("/<uuid:alert_id>/cancel")
def cancel(alert_id: UUID) -> ResponseReturnValue:
    """Ask to withdraw a published alert; a second person approves."""
    form = ReasonForm()
    if form.validate_on_submit():
        reason = Localized(form.reason.data, form.reason_en.data or None)
        with refusals_on(form):
            asked = commands.cancel_alert(g.session, g.actor, alert_id=alert_id, reason=reason)
        if not form.errors:
            flash(_("Đã gửi duyệt việc rút lại."))
            return _to(asked.id)
    return page.render(alert_id, withdrawal=form), form.status_code


@blueprint.get("/<uuid:alert_id>/reach")
@polled
def reach(alert_id: UUID) -> ResponseReturnValue:
    """The figures of reach alone, refreshed while the page is open."""
    return page.render_reach(alert_id)


def _to(alert_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".show", alert_id=alert_id))
