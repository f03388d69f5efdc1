"""Cleaning of photos: decode, rotate, remove metadata, limit the size and encode again, all in memory.

A photo that cannot be cleaned is refused; no file is kept as it was sent. The cost of decoding is limited before it
starts: 10 MB and 50 megapixels for each file, few scans, no animations, two decodes at a time in a process and only one
of a large picture. The worst case is one GB of memory for a moment and three seconds for a file. Decoders cannot be
interrupted, so the server's request timeout is the last limit.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PureWindowsPath
from threading import BoundedSemaphore
from unicodedata import category

import pi_heif
from PIL import Image, ImageCms, ImageOps

from backend.concurrency import slot
from backend.errors import N_, DomainError, Kind
from backend.picture_files import Format, Refusal, Refused, check_heif, check_jpeg, format_of, webp_size
from backend.text import nfc

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
MANY_PIXELS = 16_000_000
LARGE_SIDE = 2048
SMALL_SIDE = 480
# Measured on a 12 Mpx phone photo: with 85, number plates stay readable and the file has about 290 KB. Optimised tables
# would save 1 % and take twice the time, progressive files 4 % and six times, so neither is used.
QUALITY = 85

pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
_SRGB = ImageCms.createProfile("sRGB")
_decoding = BoundedSemaphore(2)
_decoding_large = BoundedSemaphore(1)
_slots = BoundedSemaphore(8)


class PhotoRefused(DomainError):
    """The photo `name` cannot be taken; it is left out and the rest of the tip is kept."""

    kind = Kind.UNPROCESSABLE
    code = "photo_refused"
    text = N_("Không nhận được ảnh “%(name)s”.")

    def __init__(self, *, name: str, **params: object) -> None:
        super().__init__(name=name, **params)


class PhotoTooLarge(PhotoRefused):
    """The photo weighs more than 10 MB; choose a lighter one."""

    kind = Kind.TOO_LARGE
    code = "photo_too_large"
    text = N_("Ảnh “%(name)s” nặng hơn 10 MB. Hãy chọn ảnh nhẹ hơn hoặc chụp lại.")


class PhotoTooManyPixels(PhotoRefused):
    """The photo has more than 50 million pixels; take it again at a lower resolution."""

    kind = Kind.TOO_LARGE
    code = "photo_too_many_pixels"
    text = N_("Ảnh “%(name)s” có quá nhiều điểm ảnh (nhiều nhất 50 triệu). Hãy chụp lại ở độ phân giải thấp hơn.")


class PhotoDamaged(PhotoRefused):
    """The photo is broken or was not uploaded whole; choose the original again, or a screenshot of it."""

    code = "photo_damaged"
    text = N_("Ảnh “%(name)s” bị hỏng hoặc chưa tải lên đủ. Hãy chọn lại ảnh gốc hoặc chụp màn hình ảnh này.")


class PhotoNotAPicture(PhotoRefused):
    """The file is no picture; choose a JPEG, PNG, WebP or HEIC."""

    kind = Kind.UNSUPPORTED
    code = "photo_not_a_picture"
    text = N_("Tệp “%(name)s” không phải là ảnh. Hãy chọn ảnh JPEG, PNG, WebP hoặc HEIC.")


class PhotoUnsupported(PhotoRefused):
    """The picture moves or is of another kind; choose a still JPEG, PNG, WebP or HEIC, or take a screenshot."""

    kind = Kind.UNSUPPORTED
    code = "photo_unsupported"
    text = N_("Chưa nhận loại ảnh của tệp “%(name)s”. Hãy chọn ảnh tĩnh JPEG, PNG, WebP hoặc HEIC, hoặc chụp màn hình.")


_REFUSALS: dict[Refusal, type[PhotoRefused]] = {
    Refusal.NOT_A_PICTURE: PhotoNotAPicture,
    Refusal.UNSUPPORTED: PhotoUnsupported,
    Refusal.DAMAGED: PhotoDamaged,
}


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """One picture as two JPEG files, upright, in sRGB and without metadata; sizes in pixels."""

    large: bytes = field(repr=False)
    small: bytes = field(repr=False)
    width: int
    height: int
    small_width: int
    small_height: int


class PhotosBusy(DomainError):
    """Too many others send photos at this moment; try again after `retry_after` seconds."""

    kind = Kind.UNAVAILABLE
    code = "photos_busy"
    text = N_("Máy chủ đang nhận nhiều ảnh cùng lúc. Hãy đợi một lát rồi gửi lại.")


def cleaning_slot() -> AbstractContextManager[None]:
    """Hold it while photos are cleaned: most threads of the server stay free for other requests. Raises PhotosBusy."""
    return slot(_slots, busy=PhotosBusy(retry_after=15))


def clean_photo(data: bytes, *, name: str) -> CleanPhoto:
    """The photo as officers will see it, with sides of at most 2048 pixels, and a small one of at most 480.

    Raises PhotoTooLarge, PhotoTooManyPixels, PhotoDamaged, PhotoNotAPicture, PhotoUnsupported, all with `name`.
    """
    name = shown_name(name)
    if len(data) > MOST_BYTES:
        raise PhotoTooLarge(name=name)
    try:
        with _decoding:
            large = _decoded(data, name)
            small = _shrunk(large, SMALL_SIDE)
            return CleanPhoto(_encoded(large), _encoded(small), *large.size, *small.size)
    except PhotoRefused:
        raise
    except Refused as refused:
        raise _REFUSALS[refused.refusal](name=name) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoTooManyPixels(name=name) from None
    except Exception:  # noqa: BLE001 - fail closed: an unexpected error must not keep the file
        raise PhotoDamaged(name=name) from None


def _decoded(data: bytes, name: str) -> Image.Image:
    """The picture in sRGB, upright and within LARGE_SIDE."""
    kind = format_of(data)
    if kind == Format.WEBP and _too_many(webp_size(data)):
        raise PhotoTooManyPixels(name=name)
    if kind == Format.JPEG:
        check_jpeg(data)
    if kind == Format.HEIF:
        check_heif(data)
    with Image.open(BytesIO(data), formats=[kind]) as picture:
        if _too_many(picture.size):
            raise PhotoTooManyPixels(name=name)
        if kind in (Format.PNG, Format.WEBP) and getattr(picture, "is_animated", False):
            raise PhotoUnsupported(name=name)
        profile = picture.info.get("icc_profile")
        # a JPEG is decoded at 1/2, 1/4 or 1/8 of its size if that is large enough: twice as fast, and nobody sees it
        picture.draft("", _bounded(picture.size, LARGE_SIDE))
        with _decoding_large if picture.width * picture.height > MANY_PIXELS else nullcontext():
            picture.load()
            upright = ImageOps.exif_transpose(_shrunk(_drawable(picture), LARGE_SIDE))
    return _in_srgb(upright, profile)


def _too_many(size: tuple[int, int]) -> bool:
    return size[0] * size[1] > MOST_PIXELS


def _bounded(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """`size` with its longest side at most `longest`, in proportion."""
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(picture: Image.Image, longest: int) -> Image.Image:
    size = _bounded(picture.size, longest)
    if size == picture.size:
        return picture
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _drawable(picture: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled: no palette, no single bits, no 16 bits."""
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    return picture.convert("RGB") if picture.mode not in ("L", "RGB", "CMYK") else picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB, on white where it was transparent."""
    if picture.mode == "RGBA":
        opaque = Image.new("RGB", picture.size, "white")
        opaque.paste(picture, mask=picture.getchannel("A"))
        picture = opaque
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                converted = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
                picture = converted or picture
        except (ImageCms.PyCMSError, OSError):
            pass  # the profile is broken or not for RGB: the picture is shown as if it had none
    return picture.convert("RGB")


def _encoded(picture: Image.Image) -> bytes:
    """A JPEG without metadata. Pillow copies comments and XMP from `info` and has no option against it."""
    picture.info = {}
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def shown_name(name: str) -> str:
    """The file's own name as it is stored: without folders and control characters, at most 80 characters."""
    bare = PureWindowsPath(nfc(name)).name
    return "".join(char for char in bare if category(char) not in ("Cc", "Cf", "Cs"))[-80:]
