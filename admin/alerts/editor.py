"""The editor of an alert: its form, what saving does, and the figures beside it."""

from datetime import timedelta
from uuid import UUID

from flask import g, render_template
from flask_babel import gettext as _
from wtforms import SelectChoice

from admin.alerts.conflict import EditConflict, conflict_of
from admin.alerts.forms import AlertForm
from admin.shell.arguments import uuid_in
from admin.shell.forms import PASTE_FACTOR
from backend import clock
from backend.alerts import commands, queries, rules
from backend.alerts.cap import MessageType
from backend.alerts.queries import OpenedAlert
from backend.config import settings
from backend.push.queries import AudienceSize, audience_size
from backend.push.rules import PUSH_BYTES, PUSH_RESERVED
from backend.wards.queries import list_areas, ward_of

DEFAULT_LENGTH = timedelta(days=7)


def new_form() -> AlertForm:
    """The form of a new alert, or what was sent of it."""
    form = AlertForm()
    form.area_ids.choices = [SelectChoice(str(area.id), area.name) for area in list_areas(g.session, g.actor.ward_id)]
    if not form.is_submitted():
        end = clock.now().astimezone(clock.VIETNAM) + DEFAULT_LENGTH
        form.expires.data = end.replace(hour=23, minute=59, second=0, microsecond=0, tzinfo=None)
    return form


def edit_form(opened: OpenedAlert) -> AlertForm:
    """The form with what the alert says, or what was sent of it."""
    form = new_form()
    form.add_choices_of(opened.content)
    if not form.is_submitted():
        form.fill(opened.content, seen_hash=opened.content_hash)
    return form


def sequel_form(opened: OpenedAlert, message_type: MessageType) -> AlertForm:
    """The form of a later message, begun with the words the rules suggest."""
    form = new_form()
    suggestion = rules.suggested(opened.content, message_type, clock.now())
    form.add_choices_of(suggestion)
    if not form.is_submitted():
        form.fill(suggestion)
    return form


def save_new(form: AlertForm, then: str | None) -> UUID:
    """Save a new alert; `then` "submit" also sends it for approval."""
    alert = commands.draft_alert(g.session, g.actor, content=form.content())
    return _submit_if(then, alert.id)


def save_edit(alert_id: UUID, form: AlertForm, then: str | None) -> UUID:
    """Save an edit of an alert; `then` as above."""
    commands.edit_alert(
        g.session, g.actor, alert_id=alert_id, content=form.content(), seen_hash=form.seen_hash.data or ""
    )
    return _submit_if(then, alert_id)


def save_sequel(alert_id: UUID, message_type: MessageType, form: AlertForm, then: str | None) -> UUID:
    """Save a later message of an alert's matter; `then` as above."""
    command = commands.update_alert if message_type is MessageType.UPDATE else commands.all_clear_alert
    alert = command(g.session, g.actor, alert_id=alert_id, content=form.content())
    return _submit_if(then, alert.id)


def saved_message(then: str | None) -> str:
    """What is told after saving."""
    return _("Đã gửi duyệt.") if then == "submit" else _("Đã lưu nháp.")


def _submit_if(then: str | None, alert_id: UUID) -> UUID:
    if then == "submit":
        commands.submit_alert(g.session, g.actor, alert_id=alert_id)
    return alert_id


def render(
    form: AlertForm,
    *,
    opened: OpenedAlert | None = None,
    sequel: MessageType | None = None,
    conflict: EditConflict | None = None,
) -> str:
    """The editor page."""
    ward = ward_of(g.session, g.actor.ward_id)
    areas = list_areas(g.session, g.actor.ward_id)
    return render_template(
        "alerts/editor.html",
        form=form,
        heading=_heading(opened, sequel),
        opened=opened,
        sequel=sequel,
        conflict=conflict,
        areas=areas,
        areas_are_numbered=all(area.name.split()[-1].isdigit() for area in areas),
        audience=audience_of(form),
        limits=rules,
        paste_factor=PASTE_FACTOR,
        issuer=rules.issuer(ward.kind, ward.name) if ward else None,
        push_bytes=PUSH_BYTES,
        push_reserved=PUSH_RESERVED,
        longest_days=settings().alert_longest_days,
    )


def render_refused(form: AlertForm, alert_id: UUID) -> str:
    """The editor after a refusal, with every word; a version that was saved meanwhile stands beside them."""
    opened = queries.open_alert(g.session, g.actor, alert_id=alert_id)  # it may have changed since the form was made
    return render(form, opened=opened, conflict=conflict_of(form, opened))


def audience_of(form: AlertForm) -> AudienceSize:
    """How many devices the chosen areas have."""
    chosen = frozenset(area_id for text in form.area_ids.data or () if (area_id := uuid_in(text)))
    whole = len(chosen) == len(form.area_ids.choices or ())
    return audience_size(g.session, g.actor, ward_id=g.actor.ward_id, area_ids=frozenset() if whole else chosen)


def _heading(opened: OpenedAlert | None, sequel: MessageType | None) -> str:
    if sequel is not None:
        return _("Bản cập nhật") if sequel is MessageType.UPDATE else _("Báo đã yên")
    return _("Sửa cảnh báo") if opened else _("Cảnh báo mới")
