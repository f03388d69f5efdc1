"""Signing in: password, code; the first time invitation, password, authenticator, recovery key."""

from io import BytesIO

import segno
from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from admin.shell import session
from admin.shell.forms import NewPasswordForm
from admin.shell.navigation import safe_path
from admin.shell.refusals import refusals_on
from admin.shell.session import public
from admin.sign_in.forms import CodeForm, EnrolForm, PasswordForm
from backend import clock
from backend.permissions import NOBODY
from backend.staff import enrolment, sign_in
from backend.staff.errors import EnrolmentOver
from backend.wards.queries import ward_of
from web.limits import limit_network
from web.transaction import writes

blueprint = Blueprint("sign_in", __name__, template_folder="templates")


@blueprint.get("/sign-in")
@public
def show() -> ResponseReturnValue:
    """The first form; who is signed in goes on to work."""
    if g.actor is not NOBODY:
        return redirect(safe_path(request.args.get("back")))
    browser["back"] = safe_path(request.args.get("back"))
    return render_template("sign_in/password.html", form=PasswordForm())


@blueprint.post("/sign-in")
@public
@limit_network("sign_in")
def give_password() -> ResponseReturnValue:
    """Check name and password; the code comes next."""
    form = PasswordForm()
    if form.validate_on_submit():
        name, password = form.username.data, form.password.data
        with refusals_on(form):
            token = sign_in.check_password(g.session, username=name, password=password, known=session.known_browser())
        if not form.errors:
            return session.set_token(make_response(redirect(url_for(".ask_code"))), token)
    return render_template("sign_in/password.html", form=form), form.status_code


@blueprint.get("/sign-in/code")
@public
def ask_code() -> ResponseReturnValue:
    """The second form."""
    return render_template("sign_in/code.html", form=CodeForm())


@blueprint.post("/sign-in/code")
@public
@limit_network("sign_in")
def give_code() -> ResponseReturnValue:
    """Check the code; the session is open."""
    form = CodeForm()
    if form.validate_on_submit():
        waiting, known = session.token(), session.known_browser()
        with refusals_on(form):
            token = sign_in.check_totp(g.session, token=waiting, code=form.code.data, known=known)
        if not form.errors:
            return session.set_open_session(make_response(redirect(safe_path(browser.pop("back", None)))), token)
    return render_template("sign_in/code.html", form=form), form.status_code


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session here and on the server."""
    if g.actor is not NOBODY:
        sign_in.sign_out(g.session, g.actor)
    browser.clear()
    return session.delete_token(make_response(redirect(url_for(".show"))))


@blueprint.get("/enrol")
@public
def enrol() -> ResponseReturnValue:
    """The invitation's form."""
    return render_template("sign_in/enrol.html", form=EnrolForm())


@blueprint.post("/enrol")
@public
@limit_network("sign_in")
def give_invitation() -> ResponseReturnValue:
    """Check the one-time code."""
    form = EnrolForm()
    if form.validate_on_submit():
        with refusals_on(form):
            token = enrolment.begin_enrolment(g.session, username=form.username.data, code=form.code.data)
        if not form.errors:
            return session.set_token(make_response(redirect(url_for(".choose_password"))), token)
    return render_template("sign_in/enrol.html", form=form), form.status_code


@blueprint.get("/enrol/password")
@public
def choose_password() -> ResponseReturnValue:
    """The new password's form."""
    return render_template("sign_in/new_password.html", form=NewPasswordForm())


@blueprint.post("/enrol/password")
@public
def give_new_password() -> ResponseReturnValue:
    """Keep the password; the key pair is made."""
    form = NewPasswordForm()
    if form.validate_on_submit():
        with refusals_on(form):
            enrolment.choose_password(g.session, token=session.token(), password=form.password.data)
        if not form.errors:
            return redirect(url_for(".connect"))
    return render_template("sign_in/new_password.html", form=form), form.status_code


@blueprint.get("/enrol/authenticator")
@public
@writes  # the waiting session is locked while it is read
def connect() -> ResponseReturnValue:
    """The QR code for the authenticator, and the same as text."""
    return _authenticator(CodeForm())


@blueprint.post("/enrol/authenticator")
@public
@limit_network("sign_in")
def confirm() -> ResponseReturnValue:
    """A first code proves it works. A ward's first chief is shown the recovery key, this once."""
    form = CodeForm()
    if form.validate_on_submit():
        with refusals_on(form):
            done = enrolment.confirm_authenticator(g.session, token=session.token(), code=form.code.data)
        if not form.errors:
            page = _recovery_key(done) if done.recovery_key else redirect(url_for("home.start"))
            return session.set_open_session(make_response(page), done.token)
    return _authenticator(form)


@blueprint.errorhandler(EnrolmentOver)
def begin_again(refusal: EnrolmentOver) -> ResponseReturnValue:
    """Back to the invitation, with the reason: the other pages of enrolment lead nowhere now."""
    form = EnrolForm(formdata=None)
    form.add_refusal(refusal)
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
    page = render_template("sign_in/authenticator.html", form=form, qr=qr, secret=shown.grouped)
    return page, form.status_code


def _recovery_key(done: enrolment.Enrolled) -> str:
    chief = sign_in.staff_by_session(g.session, done.token)
    ward = ward_of(g.session, chief.ward_id if chief else None)
    return render_template("sign_in/recovery_key.html", recovery_key=done.recovery_key, ward=ward, now=clock.now())
