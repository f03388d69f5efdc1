"""Decisions about alerts: pure, no session, no clock."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from backend.alerts.cap import (
    OPEN_STATES,
    Certainty,
    MessageType,
    PublicState,
    ReceiptEvent,
    Severity,
    State,
    Urgency,
)
from backend.alerts.content import Content, LocalizedList
from backend.alerts.errors import (
    AlertExpired,
    AlertExpiryBeforeStart,
    AlertExpiryTooLate,
    AlertInstructionsUneven,
    AlertNotApproved,
    AlertNotInForce,
    AlertOwnContent,
    AlertStartTooEarly,
    AlertStartTooLate,
    AlertStateConflict,
    AlertTooManyInstructions,
    AlertTrickIncomplete,
)
from backend.errors import DomainError
from backend.localized import Localized
from backend.permissions import Action
from backend.text import clean_line, clean_text
from backend.wards.enums import WardKind

LONGEST_HEADLINE = 90
LONGEST_DESCRIPTION = 2000
MOST_INSTRUCTIONS = 6
LONGEST_INSTRUCTION = 200
LONGEST_QUOTE = 300
LONGEST_REASON = 500
FOLLOW_UP_LASTS = timedelta(days=1)
EARLIEST_START = timedelta(days=1)
RECEIPTS_COUNTED = timedelta(days=90)
"""How long after an alert's end its receipts are still counted."""

IMPLIED = {
    ReceiptEvent.RECEIVED: (ReceiptEvent.RECEIVED,),
    ReceiptEvent.OPENED: (ReceiptEvent.RECEIVED, ReceiptEvent.OPENED),
    ReceiptEvent.READ: (ReceiptEvent.RECEIVED, ReceiptEvent.OPENED, ReceiptEvent.READ),
    ReceiptEvent.SAFE: (ReceiptEvent.RECEIVED, ReceiptEvent.OPENED, ReceiptEvent.SAFE),
}
"""The events that each event implies: a phone that opened an alert has received it, even if that report got lost."""

BEGINNINGS: Mapping[MessageType, Localized] = {
    MessageType.UPDATE: Localized("Cập nhật: ", "Update: "),
    MessageType.ALL_CLEAR: Localized("Đã yên: ", "All clear: "),
    MessageType.CANCEL: Localized("Rút lại: ", "Withdrawn: "),
}
"""What the headline of a later message begins with. An end has it in its headline, an update only when it is sent."""


def normalised(content: Content) -> Content:
    """`content` in the form that is stored: NFC, trimmed, within the limits.

    Errors name the fields of the editor: headline_vi, instructions_en and so on. Raises TextEmpty, TextTooLong,
    TextControlCharacters, AlertTooManyInstructions, AlertInstructionsUneven, AlertTrickIncomplete.
    """
    if (content.said is None) != (content.truth is None):
        raise AlertTrickIncomplete(field="truth_vi" if content.truth is None else "said_vi")
    return replace(
        content,
        headline=_line(content.headline, LONGEST_HEADLINE, "headline"),
        description=_text(content.description, LONGEST_DESCRIPTION, "description"),
        instructions=_sentences(content.instructions),
        said=content.said and _line(content.said, LONGEST_QUOTE, "said"),
        truth=content.truth and _line(content.truth, LONGEST_QUOTE, "truth"),
    )


def _line(value: Localized, longest: int, name: str) -> Localized:
    english = clean_line(value.en, longest, field=f"{name}_en") if value.en and value.en.strip() else None
    return Localized(clean_line(value.vi, longest, field=f"{name}_vi"), english)


def _text(value: Localized, longest: int, name: str) -> Localized:
    english = clean_text(value.en, longest, field=f"{name}_en") if value.en and value.en.strip() else None
    return Localized(clean_text(value.vi, longest, field=f"{name}_vi"), english)


def _sentences(value: LocalizedList) -> LocalizedList:
    vietnamese = _lines(value.vi, "instructions_vi")
    english = _lines(value.en or (), "instructions_en")
    if english and len(english) != len(vietnamese):
        raise AlertInstructionsUneven(field="instructions_en")
    return LocalizedList(vietnamese, english or None)


def _lines(lines: Collection[str], field: str) -> tuple[str, ...]:
    written = [line for line in lines if line.strip()]
    if len(written) > MOST_INSTRUCTIONS:
        raise AlertTooManyInstructions(field=field, most=MOST_INSTRUCTIONS)
    return tuple(clean_line(line, LONGEST_INSTRUCTION, field=field) for line in written)


def check_times(content: Content, now: datetime, longest_days: int) -> None:
    """Refuse an alert that started long ago, ends before it starts or lasts longer than `longest_days`.

    Raises AlertStartTooEarly, AlertStartTooLate, AlertExpiryBeforeStart, AlertExpiryTooLate.
    """
    longest = timedelta(days=longest_days)
    if content.effective is not None and content.effective < now - EARLIEST_START:
        raise AlertStartTooEarly(field="effective")
    if content.effective is not None and content.effective > now + longest:
        raise AlertStartTooLate(field="effective", days=longest_days)
    start = max(content.effective or now, now)
    if content.expires <= start:
        raise AlertExpiryBeforeStart(field="expires")
    if content.expires > start + longest:
        raise AlertExpiryTooLate(field="expires", days=longest_days)


def may_be_followed(state: State, message_type: MessageType) -> bool:
    """Whether a later message can refer to it: it is published and not ended, and is not an end itself."""
    return state is State.PUBLISHED and message_type in (MessageType.ALERT, MessageType.UPDATE)


def public_state(state: State, expires: datetime, now: datetime) -> PublicState:
    """What the public is told about a published alert at `now`."""
    if state is State.PUBLISHED:
        return PublicState.IN_FORCE if now < expires else PublicState.EXPIRED
    return PublicState(state.value)


class AlertAct(StrEnum):
    """What the ward's police do with an alert; each act is named like its command."""

    EDIT = "edit"
    DISCARD = "discard"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    PUBLISH = "publish"
    UPDATE = "update"
    ALL_CLEAR = "all_clear"
    CANCEL = "cancel"


NEEDS: Mapping[AlertAct, Action] = {
    AlertAct.EDIT: Action.ALERT_EDIT,
    AlertAct.DISCARD: Action.ALERT_EDIT,
    AlertAct.SUBMIT: Action.ALERT_SUBMIT,
    AlertAct.APPROVE: Action.ALERT_APPROVE,
    AlertAct.REJECT: Action.ALERT_APPROVE,
    AlertAct.PUBLISH: Action.ALERT_PUBLISH,
    AlertAct.UPDATE: Action.ALERT_DRAFT,
    AlertAct.ALL_CLEAR: Action.ALERT_DRAFT,
    AlertAct.CANCEL: Action.ALERT_DRAFT,
}


def refusal(
    act: AlertAct, state: State, message_type: MessageType, *, has_expired: bool, is_author: bool
) -> DomainError | None:
    """Why an alert in this state does not allow the act; None when it does (see backend.acts).

    `is_author`: the person wrote or edited a version of it. Nobody approves their own words (DOMAIN §4).
    """
    match act:
        case AlertAct.EDIT | AlertAct.DISCARD:
            return None if state in OPEN_STATES else AlertStateConflict()
        case AlertAct.REJECT:
            return None if state in (State.SUBMITTED, State.APPROVED) else AlertStateConflict()
        case AlertAct.UPDATE | AlertAct.ALL_CLEAR | AlertAct.CANCEL:
            return None if may_be_followed(state, message_type) else AlertNotInForce()
        case AlertAct.SUBMIT if state is not State.DRAFT:
            return AlertStateConflict()
        case AlertAct.APPROVE if state is not State.SUBMITTED:
            return AlertStateConflict()
        case AlertAct.APPROVE if is_author:
            return AlertOwnContent()
        case AlertAct.PUBLISH if state is not State.APPROVED:
            return AlertNotApproved()
    return AlertExpired(field="expires") if has_expired else None


def suggested(content: Content, message_type: MessageType, now: datetime) -> Content:
    """The content proposed for a later message: the earlier content for an update, words of its own for an end."""
    if message_type is MessageType.UPDATE:
        return replace(content, effective=None)
    if message_type is MessageType.ALL_CLEAR:
        return _ending(
            content,
            now,
            headline=_with_prefix(content.headline, MessageType.ALL_CLEAR),
            description=Localized("Việc này đã yên, bà con sinh hoạt bình thường.", "This is over. All is well."),
        )
    return withdrawal(content, Localized("Cảnh báo trước không còn đúng.", "The earlier alert no longer holds."), now)


def withdrawal(content: Content, reason: Localized, now: datetime) -> Content:
    """The content of the message that withdraws an alert and says why."""
    headline = _with_prefix(content.headline, MessageType.CANCEL)
    return _ending(content, now, headline=headline, description=reason)


def _ending(content: Content, now: datetime, *, headline: Localized, description: Localized) -> Content:
    return replace(
        content,
        headline=headline,
        description=description,
        urgency=Urgency.PAST,
        severity=Severity.MINOR,
        certainty=Certainty.OBSERVED,
        instructions=LocalizedList(),
        said=None,
        truth=None,
        effective=None,
        expires=max(content.expires, now + FOLLOW_UP_LASTS),
    )


def _with_prefix(headline: Localized, message_type: MessageType) -> Localized:
    vi, en = BEGINNINGS[message_type].vi, BEGINNINGS[message_type].en or ""
    return Localized(_cut(vi + headline.vi), _cut(en + headline.en) if headline.en else None)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_HEADLINE else text[: LONGEST_HEADLINE - 1].rstrip() + "…"


OFFICES: Mapping[WardKind, tuple[str, str]] = {
    WardKind.PHUONG: ("phường", "ward"),
    WardKind.XA: ("xã", "commune"),
    WardKind.DAC_KHU: ("đặc khu", "special zone"),
}


def issuer(kind: WardKind, name: str) -> Localized:
    """The name of the ward's police, from the ward's kind and short name."""
    vi, en = OFFICES[kind]
    return Localized(f"Công an {vi} {name}", f"{name} {en} police")
