"""Data under a data key: opens for its key and its context only, and its size tells little."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend import crypto
from backend.crypto import boxes
from backend.crypto.boxes import CHUNK
from backend.crypto.derive import Key

KEY, OTHER = crypto.new_data_key(), crypto.new_data_key()
CONTEXT = b"tip/1/text"
WAYS = pytest.mark.parametrize(
    ("close", "open_"),
    [(crypto.seal, crypto.open_box), (crypto.seal_stream, crypto.open_stream)],
    ids=["box", "stream"],
)


@WAYS
@given(data=st.binary(max_size=3000), context=st.binary(max_size=60))
def test_what_is_sealed_opens_again(close, open_, data, context):
    assert open_(KEY, close(KEY, data, context=context), context=context) == data


@WAYS
def test_neither_another_key_nor_another_context_opens(close, open_):
    sealed = close(KEY, b"chuyen rieng", context=CONTEXT)
    for key, context in ((OTHER, CONTEXT), (KEY, b"tip/2/text"), (KEY, b"")):
        with pytest.raises(crypto.SealBroken):
            open_(key, sealed, context=context)


@WAYS
@given(place=st.integers(0, 200), flip=st.integers(1, 255))
def test_any_changed_byte_is_noticed(close, open_, place, flip):
    sealed = bytearray(close(KEY, b"chuyen rieng", context=CONTEXT))
    sealed[place] ^= flip
    with pytest.raises(crypto.SealBroken):
        open_(KEY, bytes(sealed), context=CONTEXT)


@WAYS
@given(garbage=st.binary(max_size=400))
def test_garbage_is_refused_in_one_way(close, open_, garbage):
    for data in (garbage, b"\x01" + garbage):
        with pytest.raises(crypto.SealBroken):
            open_(KEY, data, context=CONTEXT)


@WAYS
def test_sealing_twice_looks_different(close, open_):
    assert close(KEY, b"x", context=CONTEXT) != close(KEY, b"x", context=CONTEXT)


@WAYS
def test_words_of_one_size_class_have_one_size(close, open_):
    sizes = {len(close(KEY, b"a" * length, context=CONTEXT)) for length in range(1, 249)}
    assert len(sizes) == 1


@pytest.mark.parametrize(
    "length", [0, 1, 247, 248, 249, 8184, 8185, CHUNK - 8, CHUNK - 7, CHUNK, 3 * CHUNK + 5, 2_000_000]
)
def test_streams_of_every_length_open_again(length):
    data = bytes(range(256)) * (length // 256) + bytes(length % 256)
    sealed = crypto.seal_stream(KEY, data, context=CONTEXT)
    assert crypto.open_stream(KEY, sealed, context=CONTEXT) == data
    assert len(sealed) <= max(length * 1.13, length + 256) + 64 + 17 * (length // CHUNK + 2)


def test_a_cut_reordered_or_lengthened_stream_is_noticed():
    sealed = crypto.seal_stream(KEY, bytes(3 * CHUNK), context=CONTEXT)
    start, step = 25, CHUNK + 17
    chunks = [sealed[place : place + step] for place in range(start, len(sealed), step)]
    assert len(chunks) >= 3
    for changed in (
        chunks[:-1],
        chunks[:1],
        [],
        [chunks[1], chunks[0], *chunks[2:]],
        [*chunks, chunks[-1]],
        [*chunks, b"\0"],
        [*chunks[:-1], chunks[-1][:-1]],
    ):
        with pytest.raises(crypto.SealBroken):
            crypto.open_stream(KEY, sealed[:start] + b"".join(changed), context=CONTEXT)


@settings(max_examples=300)
@given(st.integers(0, 20_000_000))
def test_padding_tells_little_and_costs_little(length):
    padded = len(boxes.pad(bytes(length)))
    assert padded % boxes.SMALLEST_STEP == 0
    assert length + 8 <= padded <= max(length + 8 + boxes.SMALLEST_STEP, (length + 8) * 1.12)


@pytest.mark.parametrize("padded", [b"", b"\0" * 7, b"\x01" + bytes(7), b"\xff" * 8, b"\x0a" + bytes(7) + b"123456789"])
def test_a_length_that_lies_is_noticed(padded):
    with pytest.raises(crypto.SealBroken):
        boxes.unpad(padded)


def test_a_broken_seal_says_nothing_of_its_content():
    sealed = crypto.seal(KEY, b"chuyen rieng", context=CONTEXT)
    with pytest.raises(crypto.SealBroken) as broken:
        crypto.open_box(OTHER, sealed, context=CONTEXT)
    assert "rieng" not in str(broken.value)
    assert broken.value.__cause__ is None


CURRENT, FORMER = Key(b"curr", KEY), Key(b"form", OTHER)


def test_a_box_names_its_key_and_opens_wherever_that_is_known():
    box = boxes.seal_under(FORMER, b"chuyen rieng", context=CONTEXT)
    assert b"form" in box[:5]
    assert boxes.open_under([CURRENT, FORMER], box, context=CONTEXT) == b"chuyen rieng"
    assert boxes.is_under(FORMER, box)
    assert not boxes.is_under(CURRENT, box)
    for keys, context in (([CURRENT], CONTEXT), ([], CONTEXT), ([CURRENT, FORMER], b"tip/2/text")):
        with pytest.raises(crypto.SealBroken):
            boxes.open_under(keys, box, context=context)


def test_a_box_that_names_no_key_is_tried_with_each():
    box = crypto.seal(OTHER, b"chuyen rieng", context=CONTEXT)
    assert boxes.open_under([CURRENT, FORMER], box, context=CONTEXT) == b"chuyen rieng"
    assert not boxes.is_under(FORMER, box)
    with pytest.raises(crypto.SealBroken):
        boxes.open_under([CURRENT], box, context=CONTEXT)


def test_two_keys_of_one_name_are_both_tried():
    box = boxes.seal_under(Key(b"same", OTHER), b"x", context=CONTEXT)
    assert boxes.open_under([Key(b"same", KEY), Key(b"same", OTHER)], box, context=CONTEXT) == b"x"


def test_the_name_of_a_key_is_bound_to_its_box():
    """A box cannot be passed off as another key's, or as one of the first release."""
    box = boxes.seal_under(CURRENT, b"x", context=CONTEXT)
    for changed in (box[:1] + b"form" + box[5:], b"\x01" + box[5:], b"\x03" + box[1:]):
        with pytest.raises(crypto.SealBroken):
            boxes.open_under([CURRENT, Key(b"form", KEY)], changed, context=CONTEXT)


@given(place=st.integers(0, 200), flip=st.integers(1, 255), garbage=st.binary(max_size=200))
def test_any_changed_byte_of_a_named_box_is_noticed(place, flip, garbage):
    sealed = bytearray(boxes.seal_under(CURRENT, b"chuyen rieng", context=CONTEXT))
    sealed[place] ^= flip
    for changed in (bytes(sealed), b"\x02curr" + garbage):
        with pytest.raises(crypto.SealBroken):
            boxes.open_under([CURRENT, FORMER], changed, context=CONTEXT)
