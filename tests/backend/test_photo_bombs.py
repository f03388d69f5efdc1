"""Files made to hurt: bombs, slow ones, damaged ones. Each ends in a named refusal, soon and in bounded memory."""

import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend import media
from backend.media import CleanPhoto, PhotoRefused, clean_photo
from backend.picture_files import MOST_JPEG_SCANS, check_jpeg
from tests.backend.pictures import encoded, gradient, refusal


def test_more_than_ten_megabytes_are_refused_unread():
    assert refusal(bytes(media.MOST_BYTES + 1)) == "photo_too_large"


def png(width, height, rows=b""):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_png_bombs_are_refused_before_they_are_decoded():
    assert refusal(png(8000, 8000, bytes(8000 * 3))) == "photo_too_many_pixels"
    assert refusal(png(10_000, 10_000)) == "photo_too_many_pixels"
    assert refusal(png(60_000, 60_000)) == "photo_too_many_pixels"
    assert refusal(png(4000, 4000, bytes(10_000_000))) == "photo_damaged"


def resized_jpeg(data, width, height):
    frame = data.index(b"\xff\xc0")
    return data[: frame + 5] + struct.pack(">HH", height, width) + data[frame + 9 :]


def test_a_jpeg_that_claims_a_huge_size_is_refused():
    small = encoded(gradient())
    assert refusal(resized_jpeg(small, 65_000, 65_000)) == "photo_too_many_pixels"
    assert refusal(resized_jpeg(small, 8000, 8000)) == "photo_too_many_pixels"
    assert refusal(resized_jpeg(small, 0, 100)) == "photo_damaged"


def test_a_webp_bomb_is_refused_before_its_canvas_is_made():
    ways = [(False, "RGB", b"VP8 ", 26, 4), (True, "RGB", b"VP8L", 21, 4), (False, "RGBA", b"VP8X", 24, 6)]
    for lossless, mode, chunk, place, length in ways:
        picture = gradient().convert(mode)
        if mode == "RGBA":
            picture.putalpha(100)
        data = bytearray(encoded(picture, "WEBP", lossless=lossless))
        assert data[12:16] == chunk
        data[place : place + length] = b"\xff" * length
        assert refusal(bytes(data)) == "photo_too_many_pixels"


def test_a_heic_that_claims_a_huge_size_is_refused(shared_data):
    data = bytearray((shared_data / "photos" / "iphone_13_pro_max.HEIC").read_bytes())
    place = data.find(b"ispe")
    while place >= 0:
        data[place + 8 : place + 16] = struct.pack(">II", 20_000, 20_000)
        place = data.find(b"ispe", place + 4)
    assert refusal(bytes(data)) in ("photo_too_many_pixels", "photo_damaged")


def test_a_jpeg_of_thousands_of_scans_is_refused():
    data = encoded(gradient(), progressive=True)
    last = data.rindex(b"\xff\xda")
    assert refusal(data[:-2] + data[last:-2] * MOST_JPEG_SCANS + b"\xff\xd9") == "photo_damaged"


@pytest.mark.parametrize("filler", [b"\xff", b"\xff\xff\xd0", b"\xff\xd0", b"\xff\x00", b"\xff\xfe\x00\x02"])
@pytest.mark.timeout(20)
def test_no_filling_makes_the_check_slow(filler):
    data = encoded(gradient())
    start = data.index(b"\xff\xda") + 14
    for junk in (data[:start], data[:2]):
        refusal(junk + filler * (9_000_000 // len(filler)))


def test_fill_bytes_before_markers_are_no_damage():
    data = encoded(gradient(), restart_marker_blocks=2)
    start = data.index(b"\xff\xda") + 14
    filled = data[:start] + data[start:].replace(b"\xff\xd0", b"\xff\xff\xff\xd0").replace(b"\xff\xd9", b"\xff\xff\xd9")
    check_jpeg(filled)
    with pytest.raises(Exception, match="damaged"):
        check_jpeg(data[:start] + data[start:].replace(b"\xff\xd1", b"\xff\xd2", 1))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(
        [
            encoded(gradient(), restart_marker_blocks=2, comment=b"x"),
            encoded(gradient(), progressive=True),
            encoded(gradient(), "PNG"),
            encoded(gradient(), "WEBP", exif=b"Exif\0\0"),
        ]
    ),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6),
)
def test_any_damage_ends_in_a_clean_photo_or_a_named_refusal(data, changes):
    damaged = bytearray(data)
    for place, change in changes:
        damaged[place % len(data) : place % len(data) + len(change)] = change
    try:
        assert isinstance(clean_photo(bytes(damaged), name="a"), CleanPhoto)
    except PhotoRefused:
        return


def test_the_name_is_shown_without_folders_and_tricks():
    with pytest.raises(PhotoRefused) as refused:
        clean_photo(b"", name="C:\\Users\\Lan\\..\\ảnh \u202egpj.exe\x00.jpg")
    assert refused.value.params["name"] == "ảnh gpj.exe.jpg"
