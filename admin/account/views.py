"""One's own account: password, sessions, language."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.account.forms import ChangePasswordForm
from admin.shell.forms import ButtonForm
from admin.shell.navigation import safe_path
from admin.shell.refusals import refusals_on
from admin.shell.session import public
from admin.shell.words import LANGUAGES
from backend.permissions import NOBODY
from backend.staff import commands as staff
from backend.staff import sign_in

blueprint = Blueprint("account", __name__, url_prefix="/account", template_folder="templates")


@blueprint.get("")
def show() -> ResponseReturnValue:
    """The page of one's own account."""
    return _page()


@blueprint.post("/password")
def change_password() -> ResponseReturnValue:
    """A new password; other sessions end."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with refusals_on(form):
            staff.change_password(g.session, g.actor, old=form.old.data, new=form.password.data)
        if not form.errors:
            flash(_("Đã đổi mật khẩu. Các phiên khác đã kết thúc."))
            return redirect(url_for(".show"))
    return _page(form), form.status_code


@blueprint.post("/sessions/<uuid:session_id>/revoke")
def revoke(session_id: UUID) -> ResponseReturnValue:
    """End one of one's own sessions."""
    form = ButtonForm()
    if form.validate_on_submit():
        with refusals_on(form):
            sign_in.revoke_session(g.session, g.actor, session_id=session_id)
        if not form.errors:
            flash(_("Đã kết thúc phiên đó."))
            return redirect(url_for(".show"))
    return _page(), form.status_code


@blueprint.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Speak another language to this reader, from here on."""
    chosen = request.form.get("language")
    if chosen in LANGUAGES:
        browser["language"] = chosen
        if g.actor is not NOBODY:
            staff.set_language(g.session, g.actor, language=chosen)
    otherwise = "sign_in.show" if g.actor is NOBODY else "home.start"
    return redirect(safe_path(request.form.get("back"), otherwise=otherwise))


def _page(form: ChangePasswordForm | None = None) -> str:
    sessions = sign_in.list_sessions(g.session, g.actor)
    return render_template("account/show.html", form=form or ChangePasswordForm(formdata=None), sessions=sessions)
