"""What the alert pages show: the editor's fields and figures, the version to approve, the reach."""

from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from flask import g, render_template, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from admin.alert_clash import Clash, clash_of
from admin.forms.alerts import AlertForm, ApprovalForm, ReasonForm
from admin.forms.panel_form import ROOM, PlainForm
from admin.queue_page import is_uuid
from backend import clock
from backend.alerts import commands, queries, rules
from backend.alerts.cap import AUTHORING, OPEN_STATES, MessageType
from backend.alerts.queries import OpenedAlert
from backend.config import settings
from backend.permissions import Action, can
from backend.push.queries import audience_size, reach
from backend.push.rules import PUSH_BYTES, PUSH_RESERVED
from backend.wards.queries import list_areas, ward_of

DEFAULT_LENGTH = timedelta(days=7)
REACH_POLL_SECONDS = 4
# a page that asks for ever would keep an abandoned session awake
REACH_FRESH = timedelta(minutes=10)


def blank_form() -> AlertForm:
    """The form of a new alert, or what was sent of it."""
    form = AlertForm()
    form.area_ids.choices = [SelectChoice(str(area.id), area.name) for area in list_areas(g.session, g.actor.ward_id)]
    if not form.is_submitted():
        end = clock.now().astimezone(clock.VIETNAM) + DEFAULT_LENGTH
        form.expires.data = end.replace(hour=23, minute=59, second=0, microsecond=0, tzinfo=None)
    return form


def form_of(opened: OpenedAlert) -> AlertForm:
    """The form with what the alert says, or what was sent of it."""
    form = blank_form()
    form.offer(opened.content)
    if not form.is_submitted():
        form.show(opened.content, seen_hash=opened.content_hash)
    return form


def sequel_form(opened: OpenedAlert, message_type: MessageType) -> AlertForm:
    """The form of a later message, begun with the words the rules suggest."""
    form = blank_form()
    suggestion = rules.suggested(opened.content, message_type, clock.now())
    form.offer(suggestion)
    if not form.is_submitted():
        form.show(suggestion)
    return form


def write(form: AlertForm, then: str | None) -> UUID:
    """Save a new alert, and send it for approval when that was asked for."""
    alert = commands.draft_alert(g.session, g.actor, content=form.content())
    return _perhaps_submit(alert.id, then)


def rewrite(alert_id: UUID, form: AlertForm, then: str | None) -> UUID:
    """Save an edit of an alert."""
    commands.edit_alert(
        g.session, g.actor, alert_id=alert_id, content=form.content(), seen_hash=form.seen_hash.data or ""
    )
    return _perhaps_submit(alert_id, then)


def follow(alert_id: UUID, message_type: MessageType, form: AlertForm, then: str | None) -> UUID:
    """Save a later message of an alert's matter."""
    act = commands.update_alert if message_type is MessageType.UPDATE else commands.all_clear_alert
    alert = act(g.session, g.actor, alert_id=alert_id, content=form.content())
    return _perhaps_submit(alert.id, then)


def _perhaps_submit(alert_id: UUID, then: str | None) -> UUID:
    if then == "submit":
        commands.submit_alert(g.session, g.actor, alert_id=alert_id)
    return alert_id


def refused(form: AlertForm, alert_id: UUID) -> str:
    """The editor after a refusal, with every word; a version that was saved meanwhile stands beside them."""
    opened = queries.open_alert(g.session, g.actor, alert_id=alert_id)  # it may have changed since the form was made
    return editor(form, opened=opened, clash=clash_of(form, opened))


def editor(form: AlertForm, *, opened: OpenedAlert | None = None, sequel: MessageType | None = None,
           clash: Clash | None = None) -> str:  # fmt: skip
    """The editor page."""
    ward = ward_of(g.session, g.actor.ward_id)
    return render_template(
        "alerts/editor.html",
        form=form,
        opened=opened,
        sequel=sequel,
        clash=clash,
        areas=list_areas(g.session, g.actor.ward_id),
        audience=audience(form),
        limits=rules,
        room=ROOM,
        issuer=rules.issuer(ward.kind, ward.name) if ward else None,
        push_bytes=PUSH_BYTES,
        push_reserved=PUSH_RESERVED,
        longest_days=settings().alert_longest_days,
        now=clock.now(),
    )


def audience(form: AlertForm) -> Any:
    """How many devices the chosen areas have."""
    chosen = frozenset(UUID(area_id) for area_id in form.area_ids.data or () if is_uuid(area_id))
    whole = len(chosen) == len(form.area_ids.choices or ())
    return audience_size(g.session, g.actor, ward_id=g.actor.ward_id, area_ids=frozenset() if whole else chosen)


def show(alert_id: UUID, *, approval: ApprovalForm | None = None, rejection: ReasonForm | None = None,
         withdrawal: ReasonForm | None = None, act: PlainForm | None = None) -> str:  # fmt: skip
    """The page of one alert: what it says, exactly; who did what; what this reader may do now."""
    opened = queries.open_alert(g.session, g.actor, alert_id=alert_id)
    is_author = any(entry.staff_id == g.actor.id and entry.act in AUTHORING for entry in opened.trail)
    return render_template(
        "alerts/show.html",
        opened=opened,
        alert=opened.alert,
        content=opened.content,
        is_author=is_author,
        is_too_late=opened.alert.state in OPEN_STATES and opened.alert.expires <= clock.now(),
        approval=approval,
        rejection=rejection or ReasonForm(formdata=None),
        withdrawal=withdrawal or ReasonForm(formdata=None),
        act=act,
        **figures(opened),
    )


def figures(opened: OpenedAlert) -> dict[str, Any]:
    """How far a published alert has come; nothing for one that is not out yet."""
    if opened.alert.published_at is None:
        size = audience_size(g.session, g.actor, ward_id=opened.alert.ward_id, area_ids=opened.content.area_ids)
        return {"audience": size, "reach": None}
    return {
        "reach": reach(g.session, g.actor, alert_id=opened.alert.id, ward_id=opened.alert.ward_id),
        "receipts": queries.count_receipts(g.session, g.actor, alert_id=opened.alert.id),
        "poll_seconds": REACH_POLL_SECONDS if clock.now() - opened.alert.published_at < REACH_FRESH else None,
        "now": clock.now(),
    }


def view_links(counts: dict[str, int]) -> list[tuple[str, str, str, int]]:
    """The views of the board: code, icon, name, count. What waits for a chief stands first before a chief."""
    names = {
        "all": ("layers", _("Tất cả")),
        "drafts": ("edit", _("Nháp")),
        "waiting": ("clock", _("Chờ duyệt")),
        "approved": ("check", _("Chờ phát")),
        "in_force": ("horn", _("Đang hiệu lực")),
        "ended": ("tick", _("Đã kết thúc")),
    }
    order = sorted(names, key=lambda view: view != "waiting") if can(g.actor, Action.ALERT_APPROVE) else names
    return [(view, *names[view], counts.get(view, 0)) for view in order]


class Empty(NamedTuple):
    """What an empty list says."""

    title: str
    text: str


def empty(view: str) -> Empty:
    """The words of a view in which nothing stands."""
    match view:
        case "drafts":
            return Empty(_("Không có bản nháp nào"), _("Bản bạn hoặc đồng nghiệp viết dở sẽ hiện ở đây."))
        case "waiting":
            return Empty(_("Không có bản nào chờ duyệt"), _("Bản gửi duyệt chờ ở đây đến khi một chỉ huy khác duyệt."))
        case "approved":
            return Empty(_("Không có bản nào chờ phát"), _("Bản duyệt để phát sau chờ ở đây đến khi chỉ huy phát."))
        case "in_force":
            return Empty(_("Không có cảnh báo nào đang hiệu lực"), _("Bản đã phát ở đây đến khi hết hạn hoặc đã yên."))
        case "ended":
            return Empty(_("Chưa có cảnh báo nào kết thúc"), _("Bản hết hạn, đã yên, đã rút lại sẽ hiện ở đây."))
        case _:
            text = _("Một người viết, một chỉ huy khác duyệt, rồi cảnh báo đến điện thoại của bà con.")
            return Empty(_("Chưa có cảnh báo nào"), text)


def address(alert_id: UUID) -> str:
    """The page of an alert."""
    return url_for("alerts.show", alert_id=alert_id)
