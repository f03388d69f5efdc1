"""The receipt: 80 bits that a person can copy, dictate and mistype."""

import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend import crypto
from backend.crypto import Receipt, ReceiptMalformed, codes

VECTORS = json.loads((Path(__file__).parent / "receipt_vectors.json").read_text(encoding="utf-8"))
secrets = st.binary(min_size=10, max_size=10)


def looks_swapped(mistyped):
    """Whether swapping two neighbours of a group makes it whole: one slip in eighty looks like that."""
    for left in (place for place in range(17) if place % 4 != 3):
        swapped = mistyped[:left] + mistyped[left + 1] + mistyped[left] + mistyped[left + 2 :]
        try:
            return bool(codes.decode(swapped))
        except codes.CodeMalformed:
            continue
    return False


@pytest.mark.parametrize("vector", VECTORS["valid"], ids=lambda vector: vector["typed"])
def test_what_is_typed_right_is_read(vector):
    receipt = Receipt.parse(vector["typed"])
    assert receipt.secret.hex() == vector["secret"]
    assert receipt.text == vector["text"]


@pytest.mark.parametrize("vector", VECTORS["malformed"], ids=lambda vector: vector["why"])
def test_what_is_typed_wrong_is_refused_and_its_group_named(vector):
    with pytest.raises(ReceiptMalformed) as refused:
        Receipt.parse(vector["typed"])
    assert refused.value.params == {"group": vector["group"], "field": "receipt"}


@given(secrets)
def test_a_receipt_is_read_as_it_was_shown(secret):
    assert Receipt.parse(Receipt(secret).text) == Receipt(secret)


@given(secrets, st.integers(0, 17), st.integers(1, 31))
def test_one_wrong_character_is_always_found_in_its_group(secret, place, shift):
    typed = codes.encode(secret)
    wrong = codes.ALPHABET[(codes.ALPHABET.index(typed[place]) + shift) % 32]
    mistyped = typed[:place] + wrong + typed[place + 1 :]
    with pytest.raises(ReceiptMalformed) as refused:
        Receipt.parse(mistyped)
    assert refused.value.params["group"] == place // 4 + 1 or looks_swapped(mistyped)


@given(secrets, st.integers(0, 16).filter(lambda place: place % 4 != 3))
def test_two_swapped_neighbours_are_always_found_in_their_group(secret, place):
    typed = codes.encode(secret)
    assume(typed[place] != typed[place + 1])
    with pytest.raises(ReceiptMalformed) as refused:
        Receipt.parse(typed[:place] + typed[place + 1] + typed[place] + typed[place + 2 :])
    assert refused.value.params["group"] is not None


@given(secrets, st.sets(st.integers(0, 17), min_size=2, max_size=2), st.tuples(st.integers(1, 31), st.integers(1, 31)))
def test_two_wrong_characters_are_always_noticed(secret, places, shifts):
    typed = list(codes.encode(secret))
    for place, shift in zip(sorted(places), shifts, strict=True):
        typed[place] = codes.ALPHABET[(codes.ALPHABET.index(typed[place]) + shift) % 32]
    with pytest.raises(ReceiptMalformed):
        Receipt.parse("".join(typed))


@given(st.text())
def test_anything_else_typed_is_refused_and_not_repeated(typed):
    with pytest.raises(ReceiptMalformed) as refused:
        Receipt.parse(typed)
    assert str(refused.value) == "receipt_malformed"


@given(secrets)
def test_the_check_characters_are_those_of_the_stated_code(secret):
    """Worked out anew with plain polynomial arithmetic: the code word is zero at alpha and at alpha squared."""

    def times(left: int, right: int) -> int:
        product = 0
        for bit in range(5):
            product ^= left << bit if right >> bit & 1 else 0
        for bit in range(9, 4, -1):
            product ^= 0b100101 << (bit - 5) if product >> bit & 1 else 0
        return product

    values = [codes.ALPHABET.index(char) for char in codes.encode(secret)]
    for root in (2, 4):
        total = 0
        for value in values:
            total = times(total, root) ^ value
        assert total == 0


def test_receipts_are_never_alike():
    assert len({crypto.new_receipt().text for _ in range(1000)}) == 1000


def test_a_receipt_hides_in_every_representation():
    receipt = crypto.new_receipt()
    shown = f"{receipt} {receipt!r} {[receipt]}"
    assert receipt.text not in shown
    assert repr(receipt.secret) not in shown
    assert receipt.text[:4] not in shown


def test_the_look_up_is_the_receipts_own():
    receipt = crypto.new_receipt()
    assert receipt.lookup() == Receipt.parse(receipt.text).lookup()
    assert receipt.lookup() != crypto.new_receipt().lookup()
    assert next(receipt.keys()).secret not in receipt.lookup()


def test_the_data_key_opens_with_its_receipt_only():
    receipt, data_key = crypto.new_receipt(), crypto.new_data_key()
    box = crypto.seal_key_to_receipt(receipt, data_key)
    assert crypto.open_key_with_receipt(Receipt.parse(receipt.text), box) == data_key
    with pytest.raises(crypto.SealBroken):
        crypto.open_key_with_receipt(crypto.new_receipt(), box)


def test_a_stolen_database_lacks_the_pepper(monkeypatch):
    """Even the receipt itself finds and opens nothing on a server that does not have the pepper."""
    from backend.config import reset_settings

    receipt, data_key = crypto.new_receipt(), crypto.new_data_key()
    place, box = receipt.lookup(), crypto.seal_key_to_receipt(receipt, data_key)
    monkeypatch.setenv("BINHYEN_RECEIPT_PEPPER", "another-pepper-another-pepper-another")
    reset_settings()
    try:
        assert receipt.lookup() != place
        with pytest.raises(crypto.SealBroken):
            crypto.open_key_with_receipt(receipt, box)
    finally:
        monkeypatch.undo()
        reset_settings()
