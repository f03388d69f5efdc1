"""Tips: the queue, an opened tip, and what is done with it."""

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin import queue_page, reply_templates, tip_page
from admin.back import safe_path
from admin.forms.tips import AssignForm, BulkForm, DecisionForm, ReplyForm
from admin.submit import attempt
from backend.tips import queries, staff_commands
from web.transaction import writes

blueprint = Blueprint("tips", __name__, url_prefix="/tips")


@blueprint.get("")
def queue() -> ResponseReturnValue:
    """The queue: no word of any tip."""
    return queue_page.render()


@blueprint.get("/find")
def find() -> ResponseReturnValue:
    """To the tip with that number, if the ward has it."""
    number = queue_page.number_in(request.args.get("number", "").strip().lstrip("#0"))
    found = None if number is None else queries.find_by_number(g.session, g.actor, number=number)
    if found is None:
        flash(_("Không có tin mang mã này."))
        return redirect(url_for(".queue"))
    return redirect(url_for(".show", tip_id=found))


@blueprint.get("/news")
def news() -> ResponseReturnValue:
    """What the page of an open tip asks now and then: 200 once there is more than it shows, 204 until then."""
    number, seen = (queue_page.number_in(request.args.get(name, "")) for name in ("number", "seen"))
    if number is None or seen is None:
        return "", 204
    return "", 200 if queries.has_new_words(g.session, g.actor, number=number, seen=seen) else 204


@blueprint.post("/acknowledge")
def acknowledge_many() -> ResponseReturnValue:
    """Acknowledge every chosen tip that is new, all or none."""
    form = BulkForm()
    chosen = [UUID(value) for value in request.form.getlist("tip_ids") if queue_page.is_uuid(value)]
    if not attempt(form, lambda: queue_page.acknowledge(chosen)):
        return queue_page.render(form), 422
    return redirect(safe_path(request.form.get("back"), otherwise="tips.queue"))


@blueprint.get("/<uuid:tip_id>")
@writes  # who opens a tip is on record
def show(tip_id: UUID) -> ResponseReturnValue:
    """Open the seal and read; the reading is recorded."""
    return _page(tip_id)


@blueprint.post("/<uuid:tip_id>/reply")
def reply(tip_id: UUID) -> ResponseReturnValue:
    """Answer the reporter, and start verification when that was asked for."""
    form = ReplyForm()
    if not attempt(
        form, lambda: tip_page.answer(tip_id, form.text.data, request.form.get("then")), said=_("Đã gửi trả lời.")
    ):
        return _page(tip_id, reply=form), 422
    return _again(tip_id)


@blueprint.post("/<uuid:tip_id>/decide")
def decide(tip_id: UUID) -> ResponseReturnValue:
    """Move the tip on, with a reason the reporter reads."""
    form = DecisionForm()
    if not attempt(
        form, lambda: tip_page.decide(tip_id, form.outcome.data, form.reason.data), said=_("Đã ghi quyết định.")
    ):
        return _page(tip_id, decision=form), 422
    return _again(tip_id)


@blueprint.post("/<uuid:tip_id>/assign")
def assign(tip_id: UUID) -> ResponseReturnValue:
    """Give the tip to a colleague, or to nobody."""
    form = AssignForm()
    form.staff_id.choices = tip_page.colleagues()
    wanted = UUID(form.staff_id.data) if queue_page.is_uuid(form.staff_id.data) else None
    if not attempt(
        form, lambda: staff_commands.assign_tip(g.session, g.actor, tip_id=tip_id, staff_id=wanted), said=_("Đã giao.")
    ):
        return _page(tip_id, assignment=form), 422
    return _again(tip_id)


@blueprint.get("/<uuid:tip_id>/photos/<uuid:photo_id>/<any(small, large):size>")
def photo(tip_id: UUID, photo_id: UUID, size: str) -> ResponseReturnValue:
    """One photo, decrypted for a reader whose opening is on record; kept by no cache."""
    picture = staff_commands.view_photo(g.session, g.actor, tip_id=tip_id, photo_id=photo_id, size=size)
    return Response(picture, mimetype="image/jpeg")


def _again(tip_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".show", tip_id=tip_id, **queue_page.kept()))


def _page(
    tip_id: UUID,
    *,
    reply: ReplyForm | None = None,
    decision: DecisionForm | None = None,
    assignment: AssignForm | None = None,
) -> ResponseReturnValue:
    opened = staff_commands.open_tip(g.session, g.actor, tip_id=tip_id)
    return render_template(
        "tips/show.html",
        opened=opened,
        reply=reply or ReplyForm(formdata=None),
        decision=decision or DecisionForm(formdata=None),
        assignment=assignment or tip_page.assignment(opened),
        templates=reply_templates,
        **tip_page.context(opened),
    )
