"""What the doctor says of the ways out: the truth that the worker would find."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend import config
from backend.push import vapid
from binhyen import doctor

Said = Callable[..., list[str]]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[Said]:
    """Every finding about the channels with these settings, the serious ones marked."""

    def examine(**settings: str) -> list[str]:
        for name, value in settings.items():
            monkeypatch.setenv(f"BINHYEN_{name.upper()}", value)
        config.reset_settings()
        return [f"{'!! ' if found.serious else ''}{found.text}" for found in doctor._channels(config.settings())]

    yield examine
    monkeypatch.undo()
    config.reset_settings()


def test_a_gateways_address_is_looked_at(said: Said) -> None:
    found = said(sms_urls="json://127.0.0.1/sms?:to={phone},json://secret@127.0.0.1/sms,nonsense:{phone}")
    wrong = [text for text in found if text.startswith("!!")]
    assert wrong == [
        "!! address 2 of BINHYEN_SMS_URLS has no {phone}: everything goes to one fixed number",
        "!! address 3 of BINHYEN_SMS_URLS is none that Apprise knows",
    ]


@pytest.mark.parametrize("content", ["", "{}", None])
def test_credentials_that_keep_the_worker_from_starting_are_named(
    said: Said, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "fcm.json"
    if content is not None:
        file.write_text(content)
    assert any(text.startswith("!! the worker cannot start") for text in said(fcm_credentials=str(file)))


@pytest.mark.parametrize("key", ["short", "!", "A" * 43])
def test_a_key_that_is_none_is_named(said: Said, key: str) -> None:
    assert any(text.startswith("!! the worker cannot start") for text in said(vapid_private_key=key))


def test_what_is_right_is_not_complained_of(said: Said) -> None:
    found = said(
        sms_urls="json://127.0.0.1/sms?:to={phone}", vapid_private_key=vapid.new_private_key(),
        vapid_subject="mailto:tech@example.org",
    )  # fmt: skip
    assert [text for text in found if "SMS" in text or "VAPID" in text or text.startswith("!!")] == [
        "SMS (BINHYEN_SMS_URLS) is set", "Web Push (BINHYEN_VAPID_PRIVATE_KEY) is set",
    ]  # fmt: skip


def test_a_former_secret_is_brought_to_mind(monkeypatch: pytest.MonkeyPatch, said: Said) -> None:
    monkeypatch.setenv("BINHYEN_FORMER_SECRET_KEYS", "former-secret-former-secret-former")
    said()  # reads the settings anew
    found = [finding.text for finding in doctor._secrets(config.settings())]
    assert any("keys renew" in text for text in found)
    assert not any("former-secret" in text for text in found)
