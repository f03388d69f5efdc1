"""Staff: who works here, who may open tips, who gets an account."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.shell.forms import ButtonForm
from admin.shell.refusals import refusals_on
from admin.staff.forms import NewStaffForm, RecoveryForm, RenewalForm
from backend import clock
from backend.permissions import Action, Role, can, require
from backend.staff import commands as staff
from backend.staff import queries, ward_keys
from backend.wards.queries import ward_of

blueprint = Blueprint("staff", __name__, url_prefix="/staff", template_folder="templates")


@blueprint.get("")
def board() -> ResponseReturnValue:
    """The list; a chief sees the ward, an administrator everybody."""
    return _board()


@blueprint.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """A new account; its one-time code is shown once."""
    require(g.actor, Action.STAFF_MANAGE)
    form = NewStaffForm()
    if not form.is_submitted():
        form.ward_id.data = request.args.get("ward")
    if form.validate_on_submit():
        with refusals_on(form):
            made = _create(form)
        if not form.errors:
            return render_template("staff/code.html", made=made)
    return render_template("staff/new.html", form=form), form.status_code


@blueprint.post("/<uuid:staff_id>/reset")
def reset(staff_id: UUID) -> ResponseReturnValue:
    """A new one-time code for somebody who lost password or phone."""
    form = ButtonForm()
    if form.validate_on_submit():
        with refusals_on(form):
            made = staff.reset_staff(g.session, g.actor, staff_id=staff_id)
        if not form.errors:
            return render_template("staff/code.html", made=made)
    return _board(form), form.status_code


@blueprint.post("/<uuid:staff_id>/<any(disable, enable, grant, revoke, unlock):act>")
def change(staff_id: UUID, act: str) -> ResponseReturnValue:
    """Close or open an account, let somebody try again; give or take away access to tips."""
    form = ButtonForm()
    command, message = _acts()[act]
    if form.validate_on_submit():
        with refusals_on(form):
            command(g.session, g.actor, staff_id=staff_id)
        if not form.errors:
            flash(message)
            return redirect(url_for(".board"))
    return _board(form), form.status_code


@blueprint.post("/restore")
def restore() -> ResponseReturnValue:
    """A chief without a copy of the ward's key gets one with the printed key."""
    form = RecoveryForm()
    if form.validate_on_submit():
        with refusals_on(form):
            ward_keys.restore_ward_key(g.session, g.actor, recovery_key=form.recovery_key.data)
        if not form.errors:
            flash(_("Đã khôi phục. Bạn mở được tin."))
            return redirect(url_for(".board"))
    return _board(recovery=form), form.status_code


@blueprint.route("/recovery-key", methods=["GET", "POST"])
def renew_recovery_key() -> ResponseReturnValue:
    """A new key on paper, once the chief has said what becomes of the old one; it is shown this once."""
    require(g.actor, Action.TIP_ACCESS_GRANT, ward_id=g.actor.ward_id)
    form = RenewalForm()
    if form.validate_on_submit():
        with refusals_on(form):
            key = ward_keys.renew_recovery_key(g.session, g.actor, password=form.password.data)
        if not form.errors:
            ward = ward_of(g.session, g.actor.ward_id)
            return render_template("staff/recovery_key.html", recovery_key=key, ward=ward, now=clock.now())
    return render_template("staff/renew_recovery_key.html", form=form), form.status_code


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


def _board(form: ButtonForm | None = None, *, recovery: RecoveryForm | None = None) -> str:
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
