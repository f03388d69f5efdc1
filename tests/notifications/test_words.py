"""Words in two languages, cut to what a push and an SMS can carry."""

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.alerts.notices import AlertNotice
from backend.localized import Localized
from backend.push.address import DeviceKind
from notifications import alerts
from notifications.channels.fcm import encode
from notifications.sending import shorten
from tests.doubles.fcm_message import MAX_PAYLOAD, check_message, payload_bytes
from tests.notifications import facts

NOW = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)
NOTICE = AlertNotice(
    id=UUID(int=7), tag=UUID(int=7), ward_id="99001", issuer=Localized("Công an phường Ban Mai", "Ban Mai ward police"),
    area_ids=frozenset(), message_type="alert", severity="moderate", is_drill=False,
    headline=Localized("Giả danh công an", "Fake police"), description=Localized("Tắt máy.", None),
    expires=NOW + timedelta(hours=3),
)  # fmt: skip

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from('"\\\n ấậữ👨‍👩‍👧'))


@given(texts, st.integers(3, 400))
def test_a_cut_text_fits_and_is_a_beginning_of_the_whole(text: str, limit: int) -> None:
    short = shorten.to_bytes(text, limit)
    assert len(short.encode()) <= MAX_PAYLOAD
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@given(texts, st.integers(5, 400))
def test_quotes_and_line_ends_are_counted_as_json_writes_them(text: str, limit: int) -> None:
    assert len(json.dumps(shorten.to_json_bytes(text, limit), ensure_ascii=False).encode()) <= max(limit, 2)


def test_no_letter_loses_its_mark() -> None:
    decomposed = unicodedata.normalize("NFD", "Cảnh báo khẩn cấp về việc lừa đảo")
    for limit in range(4, len(decomposed.encode())):
        short = shorten.to_bytes(decomposed, limit).removesuffix("…")
        rest = decomposed[len(short) :]
        assert not rest or not unicodedata.combining(rest[0])


def test_words_are_not_cut_in_half_where_a_space_is_near() -> None:
    assert shorten.to_bytes("Không chuyển tiền cho người lạ", 37) == "Không chuyển tiền cho…"


@pytest.mark.parametrize("filler", ["Ậ", '"', "\n", "a", "👮"])
def test_the_longest_alert_fits_every_push_service(filler: str) -> None:
    notice = replace(NOTICE, headline=Localized(filler * 500), description=Localized(filler * 5000), severity="extreme")
    push = alerts.alert_push(notice, "vi", now=NOW)
    _, _, message = check_message(encode(push, DeviceKind.FCM_TOKEN).body(facts.token()))
    assert payload_bytes(message) <= MAX_PAYLOAD
    assert len(push.json()) <= MAX_PAYLOAD - 103  # Web Push: key, salt and tag take the rest of the record
    assert filler.isspace() or len(push.json()) > MAX_PAYLOAD * 0.7  # and what fits is used


@pytest.mark.parametrize(
    ("changes", "vi", "en"),
    [
        ({}, "Giả danh công an", "Fake police"),
        ({"severity": "extreme"}, "Khẩn cấp: Giả danh công an", "Emergency: Fake police"),
        ({"is_drill": True}, "[Diễn tập] Giả danh công an", "[Drill] Fake police"),
        ({"message_type": "update"}, "Cập nhật: Giả danh công an", "Update: Fake police"),
        ({"message_type": "all_clear"}, "Đã yên: Giả danh công an", "All clear: Fake police"),
        ({"message_type": "cancel"}, "Rút lại: Giả danh công an", "Withdrawn: Fake police"),
    ],
)  # fmt: skip
def test_the_title_says_first_what_must_be_known_first(changes: dict[str, object], vi: str, en: str) -> None:
    notice = replace(NOTICE, **changes)  # type: ignore[arg-type]
    assert alerts.alert_push(notice, "vi", now=NOW).title == vi
    assert alerts.alert_push(notice, "en", now=NOW).title == en


@pytest.mark.parametrize("message_type", ["all_clear", "cancel"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_end_that_says_so_itself_is_not_said_twice(message_type: str, language: str) -> None:
    vi, en = {"all_clear": ("Đã yên: ", "All clear: "), "cancel": ("Rút lại: ", "Withdrawn: ")}[message_type]
    for headline in (Localized(f"{vi}Giả danh công an", f"{en}Fake police"), Localized(f"{vi}Giả danh công an")):
        notice = replace(NOTICE, message_type=message_type, headline=headline)
        assert alerts.alert_title(notice, language) == headline.in_language(language)


def test_what_nobody_wrote_in_english_is_told_in_vietnamese() -> None:
    assert alerts.alert_push(NOTICE, "en", now=NOW).body == "Tắt máy."


def test_the_payload_is_what_the_service_worker_reads() -> None:
    assert json.loads(alerts.alert_push(NOTICE, "vi", now=NOW).json()) == {
        "kind": "alert", "title": "Giả danh công an", "body": "Tắt máy.",
        "url": "/canh-bao/00000000-0000-0000-0000-000000000007", "tag": "00000000-0000-0000-0000-000000000007",
        "alert_id": "00000000-0000-0000-0000-000000000007", "expires": "2026-08-31T05:00:00Z",
    }  # fmt: skip


@given(texts, texts)
def test_an_sms_stays_in_three_parts_and_keeps_its_link(headline: str, description: str) -> None:
    notice = replace(NOTICE, headline=Localized(headline), description=Localized(description))
    text = alerts.alert_text(notice, "vi", public_url="https://binhyen.example.vn/")
    assert len(text) <= alerts.SMS_CHARACTERS
    assert text.endswith(f" Xem: https://binhyen.example.vn/canh-bao/{NOTICE.id}")
