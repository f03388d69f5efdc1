"""What is sealed for a session, the worker, a setting, a repeated request: each opens for its holder only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import crypto


@given(st.text(max_size=60), st.binary(max_size=300))
def test_only_the_cookie_opens_a_session(token, secret):
    box = crypto.seal_for_session(token, secret)
    assert crypto.open_from_session(token, box) == secret
    with pytest.raises(crypto.SealBroken):
        crypto.open_from_session(token + "x", box)


def test_tokens_are_long_random_and_kept_as_hashes():
    tokens = {crypto.session_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 43
    token = tokens.pop()
    assert crypto.token_hash(token) == crypto.token_hash(token)
    assert len(crypto.token_hash(token)) == 32
    assert crypto.token_hash("\ud800") != crypto.token_hash("")


@given(st.binary(max_size=600))
def test_the_worker_opens_what_was_sealed_for_its_purpose(data):
    text = crypto.seal_for_worker("otp", data)
    assert text.isascii()
    assert crypto.open_for_worker("otp", text) == data
    with pytest.raises(crypto.SealBroken):
        crypto.open_for_worker("tip-push", text)


@given(st.text(max_size=100))
def test_garbage_for_the_worker_is_refused(text):
    with pytest.raises(crypto.SealBroken):
        crypto.open_for_worker("otp", text)


def test_settings_open_for_their_purpose_only():
    box = crypto.seal_setting("totp", b"JBSWY3DP")
    assert crypto.open_setting("totp", box) == b"JBSWY3DP"
    assert b"JBSWY3DP" not in box
    with pytest.raises(crypto.SealBroken):
        crypto.open_setting("other", box)


def test_keyed_hashes_differ_by_purpose_and_server(monkeypatch):
    from backend.config import reset_settings

    phone = b"+84912345678"
    here = crypto.keyed_hash("otp-phone", phone)
    assert here == crypto.keyed_hash("otp-phone", phone)
    assert here != crypto.keyed_hash("push-address", phone)
    monkeypatch.setenv("BINHYEN_SECRET_KEY", "another-server-another-server-another")
    reset_settings()
    elsewhere = crypto.keyed_hash("otp-phone", phone)
    monkeypatch.undo()
    reset_settings()
    assert here != elsewhere


def test_a_reply_opens_for_its_own_key():
    box = crypto.seal_reply("a", b"reply", context=b"hash of a")
    assert crypto.open_reply("a", box, context=b"hash of a") == b"reply"
    for key, context in (("b", b"hash of a"), ("a", b"hash of b")):
        with pytest.raises(crypto.SealBroken):
            crypto.open_reply(key, box, context=context)
