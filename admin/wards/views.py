"""Wards, for the administrator: which ones work with the product."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.shell.forms import ButtonForm
from admin.shell.refusals import refusals_on
from backend.permissions import Action, require
from backend.wards import commands, queries

blueprint = Blueprint("wards", __name__, url_prefix="/wards", template_folder="templates")


@blueprint.get("")
def board() -> ResponseReturnValue:
    """Search; without words the active wards come first."""
    return _board()


@blueprint.post("/<code>/<any(open, close):act>")
def change(code: str, act: str) -> ResponseReturnValue:
    """Open a ward to the public, or close it."""
    form = ButtonForm()
    command, message = commands.deactivate_ward, _("Đã đóng. Nơi này không nhận tin mới.")
    if act == "open":
        command, message = commands.activate_ward, _("Đã mở. Bà con chọn được và gửi tin được.")
    if form.validate_on_submit():
        with refusals_on(form):
            command(g.session, g.actor, ward_code=code)
        if not form.errors:
            flash(message)
            return redirect(url_for(".board", q=request.args.get("q")))
    return _board(form), form.status_code


def _board(form: ButtonForm | None = None) -> str:
    require(g.actor, Action.WARD_MANAGE)
    q = request.args.get("q", "")
    page = queries.search_wards(g.session, g.actor, q=q, cursor=request.args.get("cursor"), limit=40)
    counts = queries.count_areas(g.session, [ward.code for ward in page.items if ward.active])
    return render_template("wards/board.html", page=page, q=q, form=form, areas=counts)
