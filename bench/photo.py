"""A 12 Mpx phone JPEG through `clean_photo`, against Pillow alone doing the same decode, turn, scaling and two encodes.

Pillow alone is written in the straightforward way and decodes at half size just as we do (`draft`), so the ratio is the
price of everything else: the checks before decoding, colour, stripping, the naming of errors. What `Image.thumbnail`
alone would cost (full decode) is printed beside it, and not compared.
"""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

from PIL import Image, ImageOps

from backend.media import LARGE_SIDE, QUALITY, SMALL_SIDE, clean_photo

ROUNDS = 31
SHARED = Path(os.environ.get("BINHYEN_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
PHOTO = SHARED / "photos" / "HMD_Nokia_8.3_5G.jpg"


def ours(data: bytes) -> list[bytes]:
    clean = clean_photo(data, name=PHOTO.name)
    return [clean.large, clean.small]


def pillow_alone(data: bytes) -> list[bytes]:
    picture = Image.open(BytesIO(data))
    scale = LARGE_SIDE / max(picture.size)
    size = round(picture.width * scale), round(picture.height * scale)
    picture.draft("RGB", size)
    large = ImageOps.exif_transpose(picture.resize(size, Image.Resampling.LANCZOS))
    small = large.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return [jpeg(large), jpeg(small)]


def pillow_thumbnail(data: bytes) -> list[bytes]:
    large = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    large.thumbnail((LARGE_SIDE, LARGE_SIDE))
    small = large.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return [jpeg(large), jpeg(small)]


def jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def seconds(act: Callable[[bytes], list[bytes]], data: bytes) -> float:
    start = perf_counter()
    act(data)
    return perf_counter() - start


def main() -> None:
    if not PHOTO.is_file():
        raise SystemExit(f"the phone's photo is not at {PHOTO}; BINHYEN_SHARED_DATA says where the data is")
    data = PHOTO.read_bytes()
    ways = (ours, pillow_alone, pillow_thumbnail)
    for way in ways:  # warm up, and show that all do the same work
        with Image.open(BytesIO(way(data)[0])) as large, Image.open(BytesIO(way(data)[1])) as small:
            print(f"{way.__name__}: {large.size} and {small.size}")
    times: dict[str, list[float]] = {way.__name__: [] for way in ways}
    for number in range(ROUNDS):
        for way in ways if number % 2 else reversed(ways):
            times[way.__name__].append(seconds(way, data))
    for name, taken in times.items():
        print(f"{name}: {median(taken) * 1000:.1f} ms (median of {ROUNDS})")
    # neighbours in time share the machine's mood: the ratio is taken round by round
    ratio = median(us / pillow for us, pillow in zip(times["ours"], times["pillow_alone"], strict=True))
    print(f"RESULT photo_vs_pillow={ratio:.3f} photo_ms_p50={median(times['ours']) * 1000:.1f}")


if __name__ == "__main__":
    main()
