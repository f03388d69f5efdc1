"""Checks of picture files before they are decoded: which format it is, and whether decoding it is safe."""

import re
import struct
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """The formats that are accepted, with Pillow's names."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIF = "HEIF"


class Refusal(StrEnum):
    """Why a file is not decoded."""

    NOT_A_PICTURE = "not_a_picture"
    UNSUPPORTED = "unsupported"
    DAMAGED = "damaged"


class Refused(Exception):
    """This file is not decoded."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


# A progressive photo has about ten scans. A scan takes few bytes but a pass over all pixels, so a file with thousands
# of them would keep a decoder busy for hours.
MOST_JPEG_SCANS = 64
# A phone's photo has tens of segments, one with a depth map in XMP some hundred.
MOST_JPEG_SEGMENTS = 2000

_OTHER_PICTURES = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"8BPS", b"\xff\x0a", b"\0\0\0\x0cJXL ", b"\0\0\x01\0")
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}

_SOS, _EOI, _DRI = 0xDA, 0xD9, 0xDD
_FRAMES = {0xC0, 0xC1, 0xC2}
_SEQUENTIAL = {0xC0, 0xC1}
_MARKER_OR_FILL = re.compile(rb"\xff[\x01-\xcf\xd8-\xff]")
_FILL = re.compile(rb"\xff*")
_RESTART = re.compile(rb"\xff([\xd0-\xd7])")


def format_of(data: bytes) -> Format:
    """The format, found by the content alone. Raises Refused (not a picture, unsupported or animated)."""
    if data.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Format.WEBP
    if data[4:8] == b"ftyp":
        length = int.from_bytes(data[:4])
        brands = {data[8:12]} | {data[start : start + 4] for start in range(16, min(length, 256), 4)}
        if brands & _HEIC_BRANDS and not brands & {b"avif", b"avis"}:
            return Format.HEIF
        raise Refused(Refusal.UNSUPPORTED)
    raise Refused(Refusal.UNSUPPORTED if data.startswith(_OTHER_PICTURES) else Refusal.NOT_A_PICTURE)


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height of a WebP file. libwebp allocates memory for all its pixels as soon as Pillow opens it.

    Raises Refused (damaged, animated).
    """
    kind, body = data[12:16], data[20:30]
    if len(body) < 10:
        raise Refused(Refusal.DAMAGED)
    if kind == b"VP8X":
        if body[0] & 0x02:
            raise Refused(Refusal.UNSUPPORTED)
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", body, 6)
    return width & 0x3FFF, height & 0x3FFF


def check_heif(data: bytes) -> None:
    """Raise Refused(DAMAGED) if the file is cut off: libheif would leave the missing tiles blank without an error."""
    place, wanted = 0, {b"meta", b"mdat"}
    while wanted:
        size, kind, header = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8], 8
        if size == 1:
            size, header = int.from_bytes(data[place + 8 : place + 16]), 16
        if size == 0:  # "to the end of the file": nothing tells whether it is complete
            raise Refused(Refusal.DAMAGED)
        place += size
        if size < header or place > len(data):
            raise Refused(Refusal.DAMAGED)
        wanted.discard(kind)


def check_jpeg(data: bytes) -> None:
    """Raise Refused(DAMAGED) if the file is cut off, is no valid JPEG, or lacks a part of a scan.

    libjpeg only warns of this and Pillow hides the warning, so the rest of the picture would be grey or shifted. Pillow
    also has no limit for scans.
    """
    place, scans, interval, frame = 2, 0, 0, None
    for _ in range(MOST_JPEG_SEGMENTS):
        marker, start, end = _segment(data, place)
        place = end
        if marker == _EOI and scans:
            return
        if marker == _DRI:
            interval = int.from_bytes(data[start : start + 2])
        if marker in _FRAMES:
            frame = _Frame.read(marker, data[start:end])
        if marker != _SOS:
            continue
        scans += 1
        if frame is None or scans > MOST_JPEG_SCANS:
            raise Refused(Refusal.DAMAGED)
        place = _end_of_scan(data, end)
        if interval:
            _check_restarts(data[end:place], frame.intervals(interval, parts=data[start]))
    raise Refused(Refusal.DAMAGED)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a frame header says (ITU-T T.81, B.2.2)."""

    sequential: bool
    parts: int
    units: int

    @classmethod
    def read(cls, marker: int, header: bytes) -> "_Frame":
        """`units`: how many coded units (MCU) a scan of all components has (A.2)."""
        if len(header) < 9 or len(header) < 6 + 3 * header[5]:
            raise Refused(Refusal.DAMAGED)
        height, width, parts = struct.unpack_from(">HHB", header, 1)
        samplings = [header[7 + 3 * part] for part in range(parts)] if parts > 1 else [0x11]
        across = 8 * max(sampling >> 4 for sampling in samplings)
        down = 8 * max(sampling & 15 for sampling in samplings)
        if not (width and height and across and down):
            raise Refused(Refusal.DAMAGED)
        return cls(marker in _SEQUENTIAL, parts, -(-width // across) * -(-height // down))

    def intervals(self, units_each: int, *, parts: int) -> int | None:
        """How many restart intervals a scan of so many components has; None if its units are counted differently."""
        return -(-self.units // units_each) if self.sequential and parts == self.parts else None


def _segment(data: bytes, place: int) -> tuple[int, int, int]:
    """(marker, start and end of its content) at `place`, which may begin with fill bytes."""
    after = _skip_fill(data, place)
    if after == place or after >= len(data):
        raise Refused(Refusal.DAMAGED)
    marker = data[after]
    if marker == _EOI:
        return marker, after + 1, after + 1
    start = after + 3
    end = after + 1 + int.from_bytes(data[after + 1 : start])
    if end < start or end > len(data):
        raise Refused(Refusal.DAMAGED)
    return marker, start, end


def _end_of_scan(data: bytes, start: int) -> int:
    """The place of the marker that ends the scan, after coded bytes, stuffed zeros, restart markers and fill bytes."""
    while found := _MARKER_OR_FILL.search(data, start):
        if found[0] != b"\xff\xff":
            return found.start()
        start = _skip_fill(data, found.start())
        if start == len(data) or data[start] == 0:
            break
        if not 0xD0 <= data[start] <= 0xD7:
            return start - 1
    raise Refused(Refusal.DAMAGED)


def _skip_fill(data: bytes, place: int) -> int:
    """The first place from here that does not hold 0xFF."""
    fill = _FILL.match(data, place)
    return fill.end() if fill else place


def _check_restarts(scan: bytes, intervals: int | None) -> None:
    """Restart markers are numbered 0 to 7, then 0 again, one between two intervals. A gap means that bytes are lost."""
    markers = b"".join(_RESTART.findall(scan))
    expected = bytes(range(0xD0, 0xD8)) * (len(markers) // 8 + 1)
    if not expected.startswith(markers):
        raise Refused(Refusal.DAMAGED)
    if intervals is not None and len(markers) not in (intervals - 1, intervals):
        raise Refused(Refusal.DAMAGED)
