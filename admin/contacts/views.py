"""Contacts: how residents reach the ward's police when it is no emergency."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.contacts.forms import ContactsForm
from admin.shell.refusals import refusals_on
from backend.contacts import commands, queries
from backend.permissions import Action, require

blueprint = Blueprint("contacts", __name__, url_prefix="/contacts", template_folder="templates")


@blueprint.route("", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    """What residents are told, to be changed."""
    require(g.actor, Action.CONTACTS_SET, ward_id=g.actor.ward_id)
    told = queries.read_contacts(g.session, g.actor, ward_code=g.actor.ward_id)
    form = ContactsForm(obj=told)
    if form.validate_on_submit():
        with refusals_on(form):
            commands.set_contacts(g.session, g.actor, contacts=form.contacts())
        if not form.errors:
            flash(_("Đã lưu. Bà con thấy trong vòng một phút."))
            return redirect(url_for(".edit"))
    return render_template("contacts/edit.html", form=form, told=told), form.status_code
