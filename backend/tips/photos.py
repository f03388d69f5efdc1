"""Photos of a tip: cleaned before the transaction begins, sealed and stored inside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from backend.media import CleanPhoto, PhotoRefused, clean_photo, cleaning_slot, shown_name
from backend.storage import storage
from backend.tips import rules, sealed
from backend.tips.errors import TooManyPhotos
from backend.tips.models import TipPhoto


@dataclass(frozen=True, repr=False)
class PhotoFile:
    """A file as it came from the phone."""

    name: str
    data: bytes


@dataclass(frozen=True, repr=False)
class CheckedPhoto:
    """A cleaned picture, or the reason why the file is left out. `name`: see media.shown_name."""

    name: str
    clean: CleanPhoto | None
    refusal: PhotoRefused | None


def clean_photos(files: Sequence[PhotoFile]) -> list[CheckedPhoto]:
    """Clean each file, or refuse it alone. Raises TooManyPhotos, PhotosBusy.

    It takes seconds for large photos. Call it before the first query, so that it holds no connection.
    """
    if len(files) > rules.MOST_PHOTOS:
        raise TooManyPhotos(most=rules.MOST_PHOTOS, field="photos")
    if not files:
        return []
    with cleaning_slot():
        return [_check(file) for file in files]


def _check(file: PhotoFile) -> CheckedPhoto:
    name = shown_name(file.name)
    try:
        return CheckedPhoto(name, clean_photo(file.data, name=name), None)
    except PhotoRefused as refusal:
        return CheckedPhoto(name, None, refusal)


def seal_photos(
    ward_id: str, tip_id: UUID, data_key: bytes, photos: Sequence[CheckedPhoto]
) -> tuple[list[TipPhoto], tuple[sealed.PhotoName, ...]]:
    """Store the clean photos, encrypted under the tip's data key. Returns their rows and their sealed descriptions."""
    rows: list[TipPhoto] = []
    names: list[sealed.PhotoName] = []
    for photo in photos:
        if photo.clean is None:
            continue
        photo_id = uuid4()
        large = storage().put(sealed.pack_photo(data_key, photo_id, "large", photo.clean.large))
        small = storage().put(sealed.pack_photo(data_key, photo_id, "small", photo.clean.small))
        rows.append(TipPhoto(id=photo_id, ward_id=ward_id, tip_id=tip_id, seq=len(rows), large=large, small=small))
        names.append(sealed.PhotoName(photo_id, photo.name, photo.clean.width, photo.clean.height))
    return rows, tuple(names)
