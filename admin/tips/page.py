"""The page of an opened tip: its neighbours in the list, what may be decided, who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import g, render_template, request
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from wtforms import SelectChoice

from admin.shell.formats import given_name
from admin.tips import queue, reply_templates, words
from admin.tips.forms import AssignForm, DecisionForm, ReplyForm
from admin.tips.reply_templates import Template
from backend import clock
from backend.audit import AuditEntry
from backend.config import settings
from backend.staff.queries import list_tip_readers
from backend.tips import queries, staff_commands
from backend.tips.life import Status
from backend.tips.queries import QueueFilter, QueueRow
from backend.tips.rules import TipAct, refusal
from backend.tips.views import OpenedTip
from backend.wards.queries import ward_boundary


@dataclass(frozen=True)
class Verdict:
    """One decision that is possible now."""

    code: str
    act: TipAct
    text: LazyString | str
    button: LazyString | str
    icon: str
    key: str
    reason: Template | None = None


@dataclass(frozen=True)
class May:
    """What the actor may do with the tip as it stands; the page draws no other button."""

    reply: bool
    verify: bool
    assign: bool
    verdicts: Sequence[Verdict]
    waits_for_chief: bool

    @property
    def decide(self) -> bool:
        """Whether there is any decision to take."""
        return bool(self.verdicts)


@dataclass(frozen=True)
class Neighbours:
    """The rows beside the open tip, and where J and K lead."""

    rows: Sequence[QueueRow]
    previous: UUID | None
    next: UUID | None
    position: str | None


@dataclass(frozen=True)
class LogLine:
    """One act, or several equal ones in a row."""

    at: datetime
    who: str
    act: str
    times: int
    is_read: bool


def render(
    tip_id: UUID,
    *,
    reply: ReplyForm | None = None,
    decision: DecisionForm | None = None,
    assignment: AssignForm | None = None,
) -> str:
    """The page; a form that was refused is shown with its errors. The reading is recorded."""
    opened = staff_commands.open_tip(g.session, g.actor, tip_id=tip_id)
    wanted = queue.wanted_filter()
    people = {choice.value: choice.label for choice in colleagues()}
    return render_template(
        "tips/show.html",
        opened=opened,
        reply=reply or ReplyForm(formdata=None),
        decision=decision or DecisionForm(formdata=None),
        assignment=assignment or _assignment(opened),
        templates=reply_templates,
        kept=queue.kept_arguments(),
        list_name=queue.list_name(wanted),
        neighbours=_neighbours(opened.tip.id, wanted),
        may=_may(opened),
        log=_log(opened.tip.id),
        now=clock.now(),
        assignee_name=people.get(str(opened.tip.assignee_id)) if opened.tip.assignee_id else None,
        boundary=_boundary(opened),
        map_tiles_url=settings().map_tiles_url,
    )


def colleagues() -> list[SelectChoice]:
    """Who can be given a tip of the ward, after nobody."""
    readers = list_tip_readers(g.session, g.actor)
    return [SelectChoice("", _("Chưa giao cho ai")), *(SelectChoice(str(one.id), one.name) for one in readers)]


def answer(tip_id: UUID, text: str, then: str | None) -> None:
    """Send an answer; `then` "verify" also starts verification."""
    if then == "verify":
        reason = reply_templates.VERIFY.words(_reporter_language())
        staff_commands.reply_and_verify_tip(g.session, g.actor, tip_id=tip_id, text=text, reason=reason)
    else:
        staff_commands.reply_to_tip(g.session, g.actor, tip_id=tip_id, text=text)


def decide(tip_id: UUID, outcome: str, reason: str) -> None:
    """Carry out one decision."""
    match Status(outcome):
        case Status.ACKNOWLEDGED:
            staff_commands.acknowledge_tip(g.session, g.actor, tip_id=tip_id, reason=reason)
        case Status.VERIFYING:
            staff_commands.verify_tip(g.session, g.actor, tip_id=tip_id, reason=reason)
        case closing:
            staff_commands.close_tip(g.session, g.actor, tip_id=tip_id, outcome=closing, reason=reason)


def _may(opened: OpenedTip) -> May:
    allowed = opened.allowed
    return May(
        reply=TipAct.REPLY in allowed,
        verify=TipAct.VERIFY in allowed,
        assign=TipAct.ASSIGN in allowed,
        verdicts=[verdict for verdict in _verdicts() if verdict.act in allowed],
        waits_for_chief=TipAct.CLOSE not in allowed and refusal(TipAct.CLOSE, opened.tip.status) is None,
    )


def _verdicts() -> list[Verdict]:
    acknowledged, verifying = reply_templates.ACKNOWLEDGE, reply_templates.VERIFY
    acknowledge, verify, close = TipAct.ACKNOWLEDGE, TipAct.VERIFY, TipAct.CLOSE
    told = _("Tiếp nhận và báo cho người gửi")
    return [
        Verdict(Status.ACKNOWLEDGED, acknowledge, _("Tiếp nhận"), told, "eye", "A", acknowledged),
        Verdict(Status.VERIFYING, verify, _("Bắt đầu xác minh"), _("Bắt đầu xác minh"), "search", "V", verifying),
        Verdict(Status.RESOLVED, close, _("Đã giải quyết…"), _("Đóng tin: đã giải quyết"), "check", "R"),
        Verdict(Status.NOT_ENOUGH, close, _("Chưa đủ thông tin…"), _("Đóng tin: chưa đủ thông tin"), "minus", "I"),
        Verdict(Status.REJECTED, close, _("Không thuộc trường hợp xử lý…"), _("Đóng tin: không thuộc xử lý"), "x", "U"),
    ]


def _neighbours(tip_id: UUID, wanted: QueueFilter) -> Neighbours:
    """The neighbours in the list the tip was opened from; after a tip that has left the list comes its first."""
    page = queries.list_tips(g.session, g.actor, wanted=wanted)
    ids = [row.tip.id for row in page.items]
    at = ids.index(tip_id) if tip_id in ids else -1
    position = f"{at + 1} / {len(ids)}" if at >= 0 and page.next_cursor is None else None
    return Neighbours(page.items, ids[at - 1] if at > 0 else None, ids[at + 1] if at + 1 < len(ids) else None, position)


def _log(tip_id: UUID) -> list[LogLine]:
    """Who read and did what, the newest first; the same person's readings in a row stand on one line."""
    entries = queries.log_of_tip(g.session, g.actor, tip_id=tip_id)
    return [_line(list(same)) for _key, same in groupby(entries, key=lambda entry: (entry.actor_id, entry.action))]


def _line(same: list[AuditEntry]) -> LogLine:
    entry = same[0]
    who = _("Bạn") if entry.actor_id == g.actor.id else given_name(entry.actor_name or _("Hệ thống"))
    return LogLine(entry.at, who, words.act(entry.action), len(same), entry.action in words.READS)


def _boundary(opened: OpenedTip) -> dict[str, Any] | None:
    if opened.content.location is None:
        return None
    return ward_boundary(g.session, opened.tip.ward_id)


def _assignment(opened: OpenedTip) -> AssignForm:
    """The form that shows who has the tip now."""
    form = AssignForm(formdata=None)
    form.staff_id.choices = colleagues()
    form.staff_id.data = str(opened.tip.assignee_id or "")
    return form


def _reporter_language() -> str:
    return "en" if request.form.get("language") == "en" else "vi"
