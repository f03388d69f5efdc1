"""Tips: the queue, an opened tip, and what is done with it."""

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.shell.arguments import number_in, uuid_in
from admin.shell.errors import refusal_page
from admin.shell.navigation import safe_path
from admin.shell.refusals import refusals_on
from admin.shell.session import polled
from admin.tips import deadlines, page, words
from admin.tips import queue as queue_page
from admin.tips.forms import AssignForm, BulkForm, DecisionForm, ReplyForm
from backend.staff.errors import NoTipAccess
from backend.tips import queries, staff_commands
from web.transaction import writes

blueprint = Blueprint("tips", __name__, url_prefix="/tips", template_folder="templates")
blueprint.context_processor(lambda: {"words": words, "due": deadlines.due})


@blueprint.app_errorhandler(NoTipAccess)
def explain_missing_access(refusal: NoTipAccess) -> ResponseReturnValue:
    """The page is for this account, only not yet: say so, wherever a key is missing."""
    return refusal_page(refusal, symbol="seal", title=_("Bạn chưa được mở tin"))


@blueprint.get("")
def queue() -> ResponseReturnValue:
    """The queue: no word of any tip."""
    return queue_page.render()


@blueprint.get("/find")
def find() -> ResponseReturnValue:
    """To the tip with that number, if the ward has it."""
    number = number_in(request.args.get("number", "").strip().lstrip("#0"))
    found = None if number is None else queries.find_by_number(g.session, g.actor, number=number)
    if found is None:
        flash(_("Không có tin mang mã này."))
        return redirect(url_for(".queue"))
    return redirect(url_for(".show", tip_id=found))


@blueprint.get("/news")
@polled
def news() -> ResponseReturnValue:
    """Whether an open tip has grown: 200 once there is more than its page shows, 204 until then."""
    number, seen = (number_in(request.args.get(name, "")) for name in ("number", "seen"))
    if number is None or seen is None:
        return "", 204
    return "", 200 if queries.has_new_words(g.session, g.actor, number=number, seen=seen) else 204


@blueprint.post("/acknowledge")
def acknowledge_many() -> ResponseReturnValue:
    """Acknowledge every chosen tip that is new, all or none."""
    form = BulkForm()
    if form.validate_on_submit():
        chosen = [tip_id for value in request.form.getlist("tip_ids") if (tip_id := uuid_in(value))]
        with refusals_on(form):
            count = queue_page.acknowledge(chosen)
        if not form.errors:
            flash(queue_page.acknowledged_message(count))
            return redirect(safe_path(request.form.get("back"), otherwise="tips.queue"))
    return queue_page.render(form), form.status_code


@blueprint.get("/<uuid:tip_id>")
@writes  # who opens a tip is on record
def show(tip_id: UUID) -> ResponseReturnValue:
    """Open the seal and read; the reading is recorded."""
    return page.render(tip_id)


@blueprint.post("/<uuid:tip_id>/reply")
def reply(tip_id: UUID) -> ResponseReturnValue:
    """Answer the reporter, and start verification when that was asked for."""
    form = ReplyForm()
    if form.validate_on_submit():
        with refusals_on(form):
            page.answer(tip_id, form.text.data, request.form.get("then"))
        if not form.errors:
            flash(_("Đã gửi trả lời."))
            return _back_to(tip_id)
    return page.render(tip_id, reply=form), form.status_code


@blueprint.post("/<uuid:tip_id>/decide")
def decide(tip_id: UUID) -> ResponseReturnValue:
    """Move the tip on, with a reason the reporter reads."""
    form = DecisionForm()
    if form.validate_on_submit():
        with refusals_on(form):
            page.decide(tip_id, form.outcome.data, form.reason.data)
        if not form.errors:
            flash(_("Đã ghi quyết định."))
            return _back_to(tip_id)
    return page.render(tip_id, decision=form), form.status_code


@blueprint.post("/<uuid:tip_id>/assign")
def assign(tip_id: UUID) -> ResponseReturnValue:
    """Give the tip to a colleague, or to nobody."""
    form = AssignForm()
    form.staff_id.choices = page.colleagues()
    if form.validate_on_submit():
        with refusals_on(form):
            staff_commands.assign_tip(g.session, g.actor, tip_id=tip_id, staff_id=uuid_in(form.staff_id.data))
        if not form.errors:
            flash(_("Đã giao."))
            return _back_to(tip_id)
    return page.render(tip_id, assignment=form), form.status_code


@blueprint.get("/<uuid:tip_id>/photos/<uuid:photo_id>/<any(small, large):size>")
def photo(tip_id: UUID, photo_id: UUID, size: str) -> ResponseReturnValue:
    """One photo, decrypted for a reader whose opening is on record; kept by no cache."""
    picture = staff_commands.view_photo(g.session, g.actor, tip_id=tip_id, photo_id=photo_id, size=size)
    return Response(picture, mimetype="image/jpeg")


def _back_to(tip_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".show", tip_id=tip_id, **queue_page.kept_arguments()))
