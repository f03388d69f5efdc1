"""Photos: real ones come out clean and upright; cut and disguised ones are refused by name."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageCms, ImageFile, ImageStat
from PIL.PngImagePlugin import PngInfo

from backend.media import clean_photo
from tests.backend.pictures import encoded, gradient, opened, refusal

ONLY_A_PICTURE = {
    0xE0,
    0xDB,
    0xC0,
    0xC4,
    0xDA,
}  # JFIF header, tables, frame, scan: no EXIF, XMP, ICC, comment, thumbnail


def markers(data):
    found, place = [], 2
    while data[place + 1] != 0xDA:
        found.append(data[place + 1])
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return {*found, 0xDA}


def unlike(left, right):
    """Mean difference of two pictures seen from afar, of 255."""
    near, other = (picture.convert("RGB").resize((12, 12), Image.Resampling.BOX) for picture in (left, right))
    return max(ImageStat.Stat(ImageChops.difference(near, other)).mean)


def in_srgb(picture):
    source = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
    return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")


# ── real photos ──


def test_gps_and_everything_else_but_the_picture_is_gone(shared_data):
    original = (shared_data / "photos" / "DSCN0010.jpg").read_bytes()
    assert Image.open(BytesIO(original)).getexif().get_ifd(0x8825)
    clean = clean_photo(original, name="DSCN0010.jpg")
    for data in (clean.large, clean.small):
        assert markers(data) == ONLY_A_PICTURE
        assert dict(opened(data).getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened(data).info)
        for trace in (b"NIKON", b"Nikon", b"GPS", b"2008", b"http"):
            assert trace not in data
    assert (clean.width, clean.height) == opened(clean.large).size == (640, 480)
    assert (clean.small_width, clean.small_height) == opened(clean.small).size == (480, 360)


def test_a_photo_lying_on_its_side_is_turned_upright(shared_data):
    original = Image.open(shared_data / "photos" / "landscape_6.jpg")
    assert original.size == (450, 600)
    clean = clean_photo((shared_data / "photos" / "landscape_6.jpg").read_bytes(), name="landscape_6.jpg")
    assert (clean.width, clean.height) == (600, 450)
    assert unlike(opened(clean.large), in_srgb(original).transpose(Image.Transpose.ROTATE_270)) < 2


def test_a_phones_12_megapixels_are_bounded(shared_data):
    clean = clean_photo((shared_data / "photos" / "HMD_Nokia_8.3_5G.jpg").read_bytes(), name="a.jpg")
    assert (clean.width, clean.height, clean.small_width, clean.small_height) == (2048, 878, 480, 206)
    assert len(clean.small) < 40_000 < len(clean.large) < 500_000


def test_an_iphones_heic_keeps_its_colours_and_stands_upright(shared_data):
    original = Image.open(shared_data / "photos" / "iphone_13_pro_max.HEIC")
    clean = clean_photo((shared_data / "photos" / "iphone_13_pro_max.HEIC").read_bytes(), name="IMG_1.HEIC")
    assert (clean.width, clean.height) == (1536, 2048)
    assert markers(clean.large) == ONLY_A_PICTURE
    assert unlike(opened(clean.small), in_srgb(original)) < 1 < unlike(opened(clean.small), original)


def test_a_photo_with_a_hole_in_it_is_refused(shared_data):
    """Pillow alone shows the rest of it shifted, and says nothing."""
    assert refusal((shared_data / "photos" / "corrupted.jpg").read_bytes()) == "photo_damaged"


@pytest.mark.parametrize("name", ["DSCN0010.jpg", "landscape_6.jpg", "HMD_Nokia_8.3_5G.jpg", "iphone_13_pro_max.HEIC"])
@pytest.mark.parametrize("share", [0.001, 0.3, 0.7, 0.95])
def test_a_photo_cut_short_is_refused(shared_data, name, share):
    data = (shared_data / "photos" / name).read_bytes()
    assert refusal(data[: int(len(data) * share)]) == "photo_damaged"


# ── kinds and modes ──


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation):
    upright = gradient()
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(turned[orientation]) if orientation in turned else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    for kind in ("JPEG", "PNG", "WEBP"):
        clean = clean_photo(encoded(stored, kind, exif=exif), name="a")
        assert opened(clean.large).size == upright.size
        assert unlike(opened(clean.large), upright) < 6


@pytest.mark.parametrize(
    ("mode", "kind", "options"),
    [
        ("RGB", "JPEG", {"progressive": True}),
        ("RGB", "JPEG", {"restart_marker_rows": 1}),
        ("RGB", "JPEG", {"restart_marker_blocks": 3, "subsampling": "4:2:0"}),
        ("RGB", "JPEG", {"restart_marker_blocks": 1, "progressive": True}),
        ("RGB", "JPEG", {"restart_marker_blocks": 2, "subsampling": "4:4:4", "optimize": True}),
        ("L", "JPEG", {"restart_marker_blocks": 1}),
        ("CMYK", "JPEG", {"restart_marker_rows": 1}),
        ("RGBA", "PNG", {}),
        ("LA", "PNG", {}),
        ("P", "PNG", {"transparency": 0}),
        ("1", "PNG", {}),
        ("I;16", "PNG", {}),
        ("RGBA", "WEBP", {"lossless": True}),
        ("RGB", "WEBP", {"quality": 80}),
    ],
)
def test_every_kind_of_pixel_becomes_a_plain_jpeg(mode, kind, options):
    picture = gradient((67, 45), "L").convert("I;16") if mode == "I;16" else gradient((67, 45), mode)
    if mode == "I;16":
        picture = picture.point(lambda value: value * 256)
    clean = clean_photo(encoded(picture, kind, **options), name="a")
    assert opened(clean.large).mode == "RGB"
    assert opened(clean.large).size == (67, 45)
    expected = gradient((67, 45), "L" if mode in ("L", "LA", "1", "I;16") else "RGB")
    expected = expected.convert("1") if mode == "1" else expected
    assert unlike(opened(clean.large), expected) < {"CMYK": 25, "P": 12, "1": 12}.get(mode, 3)


def test_transparency_becomes_white():
    clean = clean_photo(encoded(Image.new("RGBA", (40, 40), (200, 0, 0, 0)), "PNG"), name="a.png")
    assert min(opened(clean.large).getpixel((20, 20))) > 250


@pytest.mark.parametrize("size", [(1, 1), (1, 9000), (9000, 1), (2048, 2048), (2049, 2047)])
def test_odd_sizes_are_bounded_and_never_empty(size):
    clean = clean_photo(encoded(Image.new("RGB", size), "PNG"), name="a.png")
    assert max(clean.width, clean.height) == min(max(size), 2048)
    assert min(clean.small_width, clean.small_height) >= 1
    assert max(clean.small_width, clean.small_height) <= 480


def test_two_pictures_in_one_jpeg_are_one_photo():
    """Phones append a depth or gain map (MPO): it is no moving picture, and it is dropped."""
    out = BytesIO()
    gradient().save(out, "MPO", save_all=True, append_images=[gradient((10, 10))])
    clean = clean_photo(out.getvalue(), name="a.jpg")
    assert (clean.width, clean.height) == (64, 48)


def test_a_broken_colour_profile_is_dropped_with_its_bytes():
    clean = clean_photo(encoded(gradient(), icc_profile=b"not a profile at all"), name="a.jpg")
    assert b"not a profile" not in clean.large
    assert unlike(opened(clean.large), gradient()) < 6


# ── hidden passengers ──


def test_words_hidden_in_a_photo_do_not_get_through():
    secret = b"SO DIEN THOAI 0912345678"
    exif = Image.Exif()
    exif[0x010E] = secret.decode()
    text = PngInfo()
    text.add_text("Comment", secret.decode())
    text.add_itxt("XML:com.adobe.xmp", f"<x>{secret.decode()}</x>")
    files = [
        encoded(gradient(), comment=secret, exif=exif, xmp=secret),
        encoded(gradient(), "PNG", pnginfo=text, exif=exif),
        encoded(gradient(), "WEBP", exif=exif, xmp=secret),
    ]
    for data in files:
        assert secret in data
        clean = clean_photo(data, name="a")
        assert secret not in clean.large + clean.small
        assert markers(clean.large) == ONLY_A_PICTURE


def test_a_polyglot_comes_out_as_a_picture_only():
    page = b"<script>alert(1)</script>"
    data = encoded(gradient(), comment=page) + b"PK\x03\x04 a zip archive " + page
    clean = clean_photo(data, name="a.jpg")
    assert page not in clean.large
    assert b"PK\x03\x04" not in clean.large
    assert clean.large.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        "Đây là văn bản.".encode() * 100,
        b"%PDF-1.7 " + encoded(gradient()),
        b"<svg xmlns='...'/>",
        b"PK\x03\x04",
    ],
)
def test_a_text_named_like_a_photo_is_no_picture(data):
    assert refusal(data) == "photo_not_a_picture"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "AVIF", "ICO"])
def test_other_kinds_of_picture_are_named_as_such(kind):
    assert refusal(encoded(gradient(), kind)) == "photo_unsupported"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(kind):
    data = encoded(gradient(), kind, save_all=True, append_images=[Image.new("RGB", (64, 48))], duration=100)
    assert refusal(data) == "photo_unsupported"


def test_a_kind_in_name_only_is_damaged():
    for start in (
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\0\0\0\x18ftypheic" + bytes(12),
    ):
        assert refusal(start) == "photo_damaged"
        assert refusal(start + b"rest" * 100) in ("photo_damaged", "photo_too_many_pixels")


def test_a_clean_photo_hides_its_bytes():
    assert "\\xff" not in repr(clean_photo(encoded(gradient()), name="a"))


def test_truncated_pictures_are_never_let_through_by_a_switch():
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
