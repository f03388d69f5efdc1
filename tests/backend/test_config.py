"""Settings are bounded, and the command says which one is not."""

import pytest
from pydantic import ValidationError

from backend.config import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEFAULT_LANGUAGE", "fr"),
        ("TRUSTED_PROXIES", "-1"),
        ("OTP_PER_PHONE_HOUR", "0"),
        ("OTP_PER_NETWORK_HOUR", "-5"),
        ("TIPS_PER_NETWORK_HOUR", "0"),
        ("RECEIPT_TRIES_PER_NETWORK_MINUTE", "0"),
        ("POLL_SECONDS", "0"),
        ("SESSION_DAYS", "99999999999"),
        ("STAFF_SESSION_MINUTES", "0"),
        ("STAFF_IDLE_MINUTES", "-60"),
        ("ACKNOWLEDGE_HOURS", "0"),
        ("VERIFY_DAYS", "0"),
        ("ALERT_LONGEST_DAYS", "-30"),
    ],
)
def test_a_setting_beyond_reason_stops_the_start_and_is_named(monkeypatch, name, value):
    monkeypatch.setenv(f"BINHYEN_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert [problem["loc"] for problem in refused.value.errors()] == [(name.lower(),)]


def test_every_number_has_bounds():
    unbounded = [
        name
        for name, field in Settings.model_fields.items()
        if field.annotation is int and not any(hasattr(bound, "ge") for bound in field.metadata)
    ]
    assert unbounded == []
