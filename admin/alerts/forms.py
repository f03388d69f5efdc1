"""Forms of the alert pages: CAP in the words of the ward."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Optional

from admin.alerts import words
from admin.shell.forms import CHOICE_REQUIRED, PanelForm, at_most
from backend import clock
from backend.alerts import rules
from backend.alerts.cap import AlertKind, Category, Certainty, Severity, Urgency
from backend.alerts.content import Content, LocalizedList
from backend.localized import Localized
from web.languages import lazy

NEEDED = DataRequired(lazy("Cần viết mục này bằng tiếng Việt."))
CHOSEN_URGENCY = (Urgency.IMMEDIATE, Urgency.EXPECTED, Urgency.FUTURE)
CHOSEN_SEVERITY = (Severity.EXTREME, Severity.SEVERE, Severity.MODERATE, Severity.MINOR)
CHOSEN_CERTAINTY = (Certainty.OBSERVED, Certainty.LIKELY, Certainty.POSSIBLE)


class LinesField(Field):
    """One input for each sentence, all with the field's name; empty ones are left out."""

    data: list[str]

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [line.strip() for line in valuelist if line.strip()]

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def _value(self) -> str:
        return "\n".join(self.data)


class AlertForm(PanelForm):
    """Everything an alert says. Times are those of a Vietnamese wall clock."""

    kind = RadioField(
        lazy("Chuyện gì?"), choices=[SelectChoice(kind.value, words.KIND[kind].text) for kind in AlertKind],
        default=AlertKind.SCAM.value, validators=[CHOICE_REQUIRED],
    )  # fmt: skip
    category = SelectField(
        lazy("Thuộc nhóm"), choices=[SelectChoice(code.value, text) for code, text in words.CAP_CATEGORY.items()],
        default=Category.SECURITY.value,
    )  # fmt: skip
    urgency = RadioField(
        lazy("Gấp đến đâu?"), choices=[SelectChoice(code.value, words.URGENCY[code]) for code in CHOSEN_URGENCY],
        default=Urgency.IMMEDIATE.value, validators=[CHOICE_REQUIRED],
    )  # fmt: skip
    severity = RadioField(
        lazy("Nặng đến đâu?"),
        choices=[SelectChoice(code.value, words.SEVERITY[code].text) for code in CHOSEN_SEVERITY],
        default=Severity.MODERATE.value, validators=[CHOICE_REQUIRED],
    )  # fmt: skip
    certainty = RadioField(
        lazy("Chắc đến đâu?"), choices=[SelectChoice(code.value, words.CERTAINTY[code]) for code in CHOSEN_CERTAINTY],
        default=Certainty.OBSERVED.value, validators=[CHOICE_REQUIRED],
    )  # fmt: skip
    headline_vi = StringField(lazy("Tiêu đề"), validators=[NEEDED, at_most(rules.LONGEST_HEADLINE)])
    headline_en = StringField(lazy("Tiêu đề, tiếng Anh"), validators=[at_most(rules.LONGEST_HEADLINE)])
    description_vi = TextAreaField(lazy("Nói ngắn"), validators=[NEEDED, at_most(rules.LONGEST_DESCRIPTION)])
    description_en = TextAreaField(lazy("Nói ngắn, tiếng Anh"), validators=[at_most(rules.LONGEST_DESCRIPTION)])
    said_vi = StringField(lazy("Kẻ gian nói"), validators=[at_most(rules.LONGEST_QUOTE)])
    said_en = StringField(lazy("Kẻ gian nói, tiếng Anh"), validators=[at_most(rules.LONGEST_QUOTE)])
    truth_vi = StringField(lazy("Sự thật"), validators=[at_most(rules.LONGEST_QUOTE)])
    truth_en = StringField(lazy("Sự thật, tiếng Anh"), validators=[at_most(rules.LONGEST_QUOTE)])
    instructions_vi = LinesField(lazy("Việc cần làm"))
    instructions_en = LinesField(lazy("Việc cần làm, tiếng Anh"))
    area_ids = SelectMultipleField(lazy("Ở đâu?"), coerce=str)
    effective = DateTimeLocalField(lazy("Từ"), validators=[Optional()])
    expires = DateTimeLocalField(lazy("Đến"), validators=[InputRequired(lazy("Cần chọn lúc hết hạn."))])
    is_drill = BooleanField(lazy("Đây là diễn tập"))
    seen_hash = HiddenField()

    def content(self) -> Content:
        """What was typed, as the domain's value. All areas chosen is the whole ward."""
        chosen = frozenset(UUID(area_id) for area_id in self.area_ids.data or ())
        whole = len(chosen) == len(self.area_ids.choices or ())
        return Content(
            category=Category(self.category.data),
            kind=AlertKind(self.kind.data),
            urgency=Urgency(self.urgency.data),
            severity=Severity(self.severity.data),
            certainty=Certainty(self.certainty.data),
            headline=_both(self.headline_vi.data, self.headline_en.data),
            description=_both(self.description_vi.data, self.description_en.data),
            instructions=LocalizedList(tuple(self.instructions_vi.data), tuple(self.instructions_en.data) or None),
            said=_both_or_none(self.said_vi.data, self.said_en.data),
            truth=_both_or_none(self.truth_vi.data, self.truth_en.data),
            effective=_aware(self.effective.data),
            expires=self.expires.data.replace(tzinfo=clock.VIETNAM),
            area_ids=frozenset() if whole else chosen,
            is_drill=self.is_drill.data,
        )

    def fill(self, content: Content, *, seen_hash: str = "") -> None:
        """Show what an alert says."""
        for name in ("headline", "description", "said", "truth"):
            value = getattr(content, name)
            self[f"{name}_vi"].data = value.vi if value else ""
            self[f"{name}_en"].data = (value.en or "") if value else ""
        self.kind.data, self.category.data = content.kind.value, content.category.value
        self.urgency.data, self.severity.data = content.urgency.value, content.severity.value
        self.certainty.data = content.certainty.value
        self.instructions_vi.data = list(content.instructions.vi)
        self.instructions_en.data = list(content.instructions.en or ())
        self.area_ids.data = [str(area_id) for area_id in content.area_ids]
        self.effective.data = _local(content.effective)
        self.expires.data = _local(content.expires)
        self.is_drill.data = content.is_drill
        self.seen_hash.data = seen_hash
        self.add_choices_of(content)

    def add_choices_of(self, content: Content) -> None:
        """Offer the urgency "past" where the content has it: only a later message does."""
        if content.urgency.value not in [choice.value for choice in self.urgency.choices]:
            past = SelectChoice(content.urgency.value, words.URGENCY[content.urgency])
            self.urgency.choices = [*self.urgency.choices, past]


def _both(vi: str | None, en: str | None) -> Localized:
    return Localized((vi or "").strip(), (en or "").strip() or None)


def _both_or_none(vi: str | None, en: str | None) -> Localized | None:
    return _both(vi, en) if (vi or "").strip() else None


def _aware(local: datetime | None) -> datetime | None:
    return local.replace(tzinfo=clock.VIETNAM) if local else None


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(clock.VIETNAM).replace(tzinfo=None) if moment else None


class ApprovalForm(PanelForm):
    """Approval of exactly the version that was read."""

    content_hash = HiddenField(validators=[InputRequired()])


class ReasonForm(PanelForm):
    """A reason in a sentence."""

    reason = TextAreaField(
        lazy("Lý do"), validators=[DataRequired(lazy("Cần viết lý do.")), at_most(rules.LONGEST_REASON)]
    )
    reason_en = TextAreaField(lazy("Lý do, tiếng Anh"), validators=[at_most(rules.LONGEST_REASON)])
