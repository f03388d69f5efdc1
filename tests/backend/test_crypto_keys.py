"""Keys of officers and wards: under a password, sealed to others, restored from paper."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import pwhash

from backend import crypto
from backend.config import reset_settings
from backend.crypto import codes, keys

PASSWORD = "Mật khẩu dài của tôi"
PAIR = crypto.new_keypair()


def test_a_key_pair_hides_its_private_half():
    assert repr(PAIR.private) not in repr(PAIR)
    assert PAIR.private.hex() not in repr(PAIR)
    assert crypto.new_keypair() != crypto.new_keypair()
    assert crypto.public_half(PAIR.private) == PAIR.public


def test_what_is_sealed_to_a_key_opens_with_its_private_half_only():
    box = crypto.seal_to(PAIR.public, b"data key")
    assert crypto.open_sealed(PAIR, box) == crypto.open_sealed(PAIR.private, box) == b"data key"
    with pytest.raises(crypto.SealBroken):
        crypto.open_sealed(crypto.new_keypair(), box)


@given(st.binary(max_size=200))
def test_no_garbage_opens(garbage):
    with pytest.raises(crypto.SealBroken):
        crypto.open_sealed(PAIR, garbage)


def test_the_password_opens_the_private_key():
    salt, wrapped = crypto.wrap_private_key(PAIR.private, PASSWORD)
    assert crypto.unwrap_private_key(wrapped, PASSWORD, salt) == PAIR.private
    assert PAIR.private not in wrapped
    for wrong in ("mật khẩu dài của tôi", "", PASSWORD + " "):
        with pytest.raises(crypto.WrongPassword):
            crypto.unwrap_private_key(wrapped, wrong, salt)


def test_a_password_is_the_same_from_every_keyboard():
    salt, wrapped = crypto.wrap_private_key(PAIR.private, normalize("NFD", PASSWORD))
    assert crypto.unwrap_private_key(wrapped, normalize("NFC", PASSWORD), salt) == PAIR.private


def test_a_stolen_database_offers_no_password_to_guess(monkeypatch):
    """Even the right password opens nothing without the server's own key, which is not in the database."""
    salt, wrapped = crypto.wrap_private_key(PAIR.private, PASSWORD)
    monkeypatch.setenv("BINHYEN_SECRET_KEY", "another-server-another-server-another")
    reset_settings()
    try:
        with pytest.raises(crypto.WrongPassword):
            crypto.unwrap_private_key(wrapped, PASSWORD, salt)
    finally:
        monkeypatch.undo()
        reset_settings()


def test_the_slow_hash_is_at_least_libsodiums_interactive_one():
    assert keys.ARGON2_PASSES >= pwhash.argon2id.OPSLIMIT_INTERACTIVE
    assert keys.ARGON2_BYTES >= pwhash.argon2id.MEMLIMIT_INTERACTIVE


def test_paper_restores_a_wards_key():
    paper = crypto.new_recovery_key()
    box = crypto.seal_to_recovery(paper, PAIR.private)
    assert crypto.open_with_recovery(paper.text, box) == PAIR.private
    assert crypto.open_with_recovery(paper.text.lower().replace("-", " "), box) == PAIR.private
    assert len(paper.secret) * 8 == 160
    assert paper.text[:4] not in repr(paper)


@given(st.integers(0, 35), st.integers(1, 31))
def test_a_mistyped_recovery_key_names_a_group_of_its_line(place, shift):
    paper = crypto.new_recovery_key()
    typed = paper.text.replace("-", "").replace("\n", "")
    line = place // 18
    wrong = codes.ALPHABET[(codes.ALPHABET.index(typed[place]) + shift) % 32]
    with pytest.raises(crypto.RecoveryKeyMalformed) as refused:
        crypto.open_with_recovery(typed[:place] + wrong + typed[place + 1 :], b"")
    # one slip in eighty looks like two swapped neighbours of the same line
    assert refused.value.params["group"] in range(line * 5 + 1, line * 5 + 6)


@pytest.mark.parametrize(
    ("typed", "group"), [("", None), ("7QK4", None), ("UUUU", 1), ("0" * 35, None), ("0" * 37, None)]
)
def test_what_is_no_recovery_key_is_refused(typed, group):
    with pytest.raises(crypto.RecoveryKeyMalformed) as refused:
        crypto.open_with_recovery(typed, b"")
    assert refused.value.params == {"group": group, "field": "recovery_key"}


def test_another_wards_paper_and_swapped_lines_are_told_apart_from_typing_errors():
    paper = crypto.new_recovery_key()
    box = crypto.seal_to_recovery(paper, PAIR.private)
    first, second = paper.text.split("\n")
    for typed in (crypto.new_recovery_key().text, f"{second}\n{first}"):
        with pytest.raises(crypto.RecoveryKeyWrong):
            crypto.open_with_recovery(typed, box)
