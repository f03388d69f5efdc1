"""Staff: who works here, who may open tips, who gets an account."""

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.forms.panel_form import PlainForm
from admin.forms.staff import NewStaffForm, RecoveryForm, RenewalForm
from admin.submit import attempt, attempt_with_password, refused
from backend import clock
from backend.permissions import Action, Role, can, require
from backend.staff import commands as staff
from backend.staff import queries, ward_keys
from backend.wards.queries import ward_of

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


@blueprint.get("")
def board() -> ResponseReturnValue:
    """The list; a chief sees the ward, an administrator everybody."""
    return _board()


@blueprint.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """A new account; its one-time code is shown once."""
    require(g.actor, Action.STAFF_MANAGE)
    form, made = NewStaffForm(), []
    if not form.is_submitted():
        form.ward_id.data = request.args.get("ward")
    if attempt(form, lambda: made.append(_create(form))):
        return render_template("staff/code.html", made=made[0])
    return render_template("staff/new.html", form=form), 422 if form.is_submitted() else 200


@blueprint.post("/<uuid:staff_id>/reset")
def reset(staff_id: UUID) -> ResponseReturnValue:
    """A new one-time code for somebody who lost password or phone."""
    form, made = PlainForm(), []
    if attempt(form, lambda: made.append(staff.reset_staff(g.session, g.actor, staff_id=staff_id))):
        return render_template("staff/code.html", made=made[0])
    return _board(form), 422


@blueprint.post("/<uuid:staff_id>/<any(disable, enable, grant, revoke, unlock):act>")
def change(staff_id: UUID, act: str) -> ResponseReturnValue:
    """Close or open an account, let somebody try again; give or take away access to tips."""
    form = PlainForm()
    command, said = _acts()[act]
    if not attempt(form, lambda: command(g.session, g.actor, staff_id=staff_id), said=said):
        return _board(form), 422
    return redirect(url_for(".board"))


@blueprint.post("/restore")
def restore() -> ResponseReturnValue:
    """A chief without a copy of the ward's key gets one with the printed key."""
    form = RecoveryForm()
    key = form.recovery_key.data or ""
    if not attempt(
        form,
        lambda: ward_keys.restore_ward_key(g.session, g.actor, recovery_key=key),
        said=_("Đã khôi phục. Bạn mở được tin."),
    ):
        return _board(recovery=form), 422
    return redirect(url_for(".board"))


@blueprint.route("/recovery-key", methods=["GET", "POST"])
def renew_recovery_key() -> ResponseReturnValue:
    """A new key on paper, once the chief has said what becomes of the old one; it is shown this once."""
    require(g.actor, Action.TIP_ACCESS_GRANT, ward_id=g.actor.ward_id)
    form, made = RenewalForm(), []
    if attempt_with_password(
        form, lambda: made.append(ward_keys.renew_recovery_key(g.session, g.actor, password=form.password.data or ""))
    ):
        ward = ward_of(g.session, g.actor.ward_id)
        return render_template("staff/recovery_key.html", recovery_key=made[0], ward=ward, now=clock.now())
    return render_template("staff/renew_recovery_key.html", form=form), refused(form) if form.is_submitted() else 200


def _create(form: NewStaffForm) -> staff.NewStaff:
    return staff.create_staff(
        g.session,
        g.actor,
        username=form.username.data,
        name=form.name.data,
        role=Role(form.role.data),
        ward_id=(form.ward_id.data or "").strip() or None,
        province_code=(form.province_code.data or "").strip() or None,
    )


def _acts() -> dict:
    return {
        "disable": (staff.disable_staff, _("Đã khóa tài khoản.")),
        "enable": (staff.enable_staff, _("Đã mở lại tài khoản.")),
        "unlock": (staff.unlock_staff, _("Đã bỏ tạm khóa. Người đó đăng nhập lại được ngay.")),
        "grant": (ward_keys.grant_tip_access, _("Đã cấp quyền mở tin.")),
        "revoke": (ward_keys.revoke_tip_access, _("Đã thu quyền mở tin.")),
    }


def _board(form: PlainForm | None = None, *, recovery: RecoveryForm | None = None) -> str:
    ward_id = request.args.get("ward") or None
    people = queries.list_staff(g.session, g.actor, ward_id=ward_id)
    return render_template(
        "staff/board.html",
        people=people[: queries.MOST_LISTED],
        most=queries.MOST_LISTED if len(people) > queries.MOST_LISTED else None,
        ward=ward_of(g.session, ward_id) if ward_id and can(g.actor, Action.STAFF_MANAGE) else None,
        form=form,
        recovery=recovery or RecoveryForm(formdata=None),
        has_access=any(person.has_tip_access and person.id == g.actor.id for person in people),
    )
