"""The way in: password, code; and the first time invitation, password, authenticator, recovery key."""

from io import BytesIO

import segno
from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from admin import session
from admin.back import safe_path
from admin.forms.sign_in import CodeForm, EnrolForm, NewPasswordForm, PasswordForm
from admin.submit import explain, refused, step
from backend import clock
from backend.permissions import NOBODY
from backend.staff import enrolment, sign_in
from backend.staff.errors import EnrolmentOver
from backend.wards.queries import ward_of
from web.limits import limit_network
from web.transaction import writes

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def show() -> ResponseReturnValue:
    """The first form; who is signed in goes on to work."""
    if g.actor is not NOBODY:
        return redirect(safe_path(request.args.get("back")))
    browser["back"] = safe_path(request.args.get("back"))
    return render_template("sign_in/password.html", form=PasswordForm())


@blueprint.post("/sign-in")
@limit_network("sign_in")
def give_password() -> ResponseReturnValue:
    """Check name and password; the code comes next."""
    form = PasswordForm()
    given = {"username": form.username.data, "password": form.password.data, "known": session.known_browser()}
    token = step(form, lambda: sign_in.check_password(g.session, **given))
    if token is None:
        return render_template("sign_in/password.html", form=form), refused(form)
    return session.keep_token(make_response(redirect(url_for(".ask_code"))), token)


@blueprint.get("/sign-in/code")
def ask_code() -> ResponseReturnValue:
    """The second form."""
    return render_template("sign_in/code.html", form=CodeForm())


@blueprint.post("/sign-in/code")
@limit_network("sign_in")
def give_code() -> ResponseReturnValue:
    """Check the code; the session is open."""
    form = CodeForm()
    given = {"token": session.token(), "code": form.code.data, "known": session.known_browser()}
    token = step(form, lambda: sign_in.check_totp(g.session, **given))
    if token is None:
        return render_template("sign_in/code.html", form=form), refused(form)
    return session.open_here(make_response(redirect(safe_path(browser.pop("back", None)))), token)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session here and on the server."""
    if g.actor is not NOBODY:
        sign_in.sign_out(g.session, g.actor)
    browser.clear()
    return session.drop_token(make_response(redirect(url_for(".show"))))


@blueprint.get("/enrol")
def enrol() -> ResponseReturnValue:
    """The invitation's form."""
    return render_template("sign_in/enrol.html", form=EnrolForm())


@blueprint.post("/enrol")
@limit_network("sign_in")
def give_invitation() -> ResponseReturnValue:
    """Check the one-time code."""
    form = EnrolForm()
    token = step(form, lambda: enrolment.begin_enrolment(g.session, username=form.username.data, code=form.code.data))
    if token is None:
        return render_template("sign_in/enrol.html", form=form), refused(form)
    return session.keep_token(make_response(redirect(url_for(".choose_password"))), token)


@blueprint.get("/enrol/password")
def choose_password() -> ResponseReturnValue:
    """The new password's form."""
    return render_template("sign_in/new_password.html", form=NewPasswordForm())


@blueprint.post("/enrol/password")
def give_new_password() -> ResponseReturnValue:
    """Keep the password; the key pair is made."""
    form = NewPasswordForm()
    made = step(form, lambda: enrolment.choose_password(g.session, token=session.token(), password=form.password.data))
    if made is None:
        return render_template("sign_in/new_password.html", form=form), refused(form)
    return redirect(url_for(".connect"))


@blueprint.get("/enrol/authenticator")
@writes  # the waiting session is locked while it is read
def connect() -> ResponseReturnValue:
    """The QR code for the authenticator, and the same as text."""
    return _authenticator(CodeForm())


@blueprint.post("/enrol/authenticator")
@limit_network("sign_in")
def confirm() -> ResponseReturnValue:
    """A first code proves it works. A ward's first chief is shown the recovery key, this once."""
    form = CodeForm()
    done = step(form, lambda: enrolment.confirm_authenticator(g.session, token=session.token(), code=form.code.data))
    if done is None:
        return _authenticator(form), refused(form)
    if done.recovery_key is None:
        return session.open_here(make_response(redirect(url_for("home.start"))), done.token)
    chief = sign_in.staff_by_session(g.session, done.token)
    ward = ward_of(g.session, chief.ward_id if chief else None)
    page = render_template("sign_in/recovery_key.html", recovery_key=done.recovery_key, ward=ward, now=clock.now())
    return session.open_here(make_response(page), done.token)


@blueprint.errorhandler(EnrolmentOver)
def begin_again(refusal: EnrolmentOver) -> ResponseReturnValue:
    """Back to the invitation, with the reason: the other pages of enrolment lead nowhere now."""
    form = EnrolForm(formdata=None)
    explain(form, refusal)
    return render_template("sign_in/enrol.html", form=form), 401


def _authenticator(form: CodeForm) -> ResponseReturnValue:
    shown = enrolment.show_authenticator(g.session, token=session.token())
    if shown is None:
        return redirect(url_for(".choose_password"))
    picture = BytesIO()
    segno.make(shown.uri, error="m").save(
        picture, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, svgclass=None, lineclass=None
    )
    qr = Markup(picture.getvalue().decode())  # noqa: S704 - drawn by segno from our own address
    return render_template("sign_in/authenticator.html", form=form, qr=qr, secret=shown.grouped)
