"""One's own account: password, sessions, language."""

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.back import safe_path
from admin.forms.panel_form import PlainForm
from admin.forms.sign_in import ChangePasswordForm
from admin.submit import attempt, attempt_with_password, refused
from admin.words import LANGUAGES
from backend.permissions import NOBODY
from backend.staff import commands as staff
from backend.staff import sign_in

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
def show() -> ResponseReturnValue:
    """The page of one's own account."""
    return _page(ChangePasswordForm(formdata=None))


@blueprint.post("/password")
def change_password() -> ResponseReturnValue:
    """A new password; other sessions end."""
    form = ChangePasswordForm()
    if not attempt_with_password(
        form,
        lambda: staff.change_password(g.session, g.actor, old=form.old.data, new=form.password.data),
        said=_("Đã đổi mật khẩu. Các phiên khác đã kết thúc."),
    ):
        return _page(form), refused(form)
    return redirect(url_for(".show"))


@blueprint.post("/sessions/<uuid:session_id>/revoke")
def revoke(session_id: UUID) -> ResponseReturnValue:
    """End one of one's own sessions."""
    form = PlainForm()
    end = lambda: sign_in.revoke_session(g.session, g.actor, session_id=session_id)  # noqa: E731
    if not attempt(form, end, said=_("Đã kết thúc phiên đó.")):
        return _page(ChangePasswordForm(formdata=None)), 422
    return redirect(url_for(".show"))


@blueprint.post("/language")
def choose_language() -> ResponseReturnValue:
    """Speak another language to this reader, from here on."""
    chosen = request.form.get("language")
    if chosen in LANGUAGES:
        browser["language"] = chosen
        if g.actor is not NOBODY:
            staff.set_language(g.session, g.actor, language=chosen)
    otherwise = "sign_in.show" if g.actor is NOBODY else "home.start"
    return redirect(safe_path(request.form.get("back"), otherwise=otherwise))


def _page(form: ChangePasswordForm) -> str:
    sessions = sign_in.list_sessions(g.session, g.actor)
    return render_template("account/show.html", form=form, sessions=sessions)
